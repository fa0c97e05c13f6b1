/** Card text made ready for the patterns of phrases.json, as its `convention` describes. */
import type { AdvisoryView } from '../../src/advisories/assessment.ts'
import { phrases } from './case-files.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
  '&apos;': "'",
  '&nbsp;': ' ',
}

const WRITTEN_OUT: readonly (readonly [RegExp, string])[] = [
  [/\biCa\b/g, 'ionised calcium'],
  [/\bMg\b/g, 'magnesium'],
  [/\bCa\b/g, 'calcium'],
  [/\bK\b/g, 'potassium'],
  [/\bPO4\b/g, 'phosphate'],
  [/\bP\b/g, 'phosphate'],
]

export function prepared(text: string): string {
  let plain = text.normalize('NFKC').replace(/&(?:lt|gt|amp|quot|apos|nbsp|#39);/g, (entity) => ENTITIES[entity] ?? '')
  plain = plain.replace(/[*_`#]+/g, ' ')
  plain = plain.replace(/[\u2010-\u2015\u2212]/g, '-').replace(/[\u2018\u2019]/g, "'").replace(/[\u201c\u201d]/g, '"')
  for (const [symbol, name] of WRITTEN_OUT) plain = plain.replace(symbol, name)
  return plain
    .toLowerCase()
    .replace(/aem/g, 'em')
    .replace(/oed/g, 'ed')
    .replace(/ionis/g, 'ioniz')
    .replace(/sulph/g, 'sulf')
    .replace(/\s+/g, ' ')
    .trim()
}

export function cardText(advisory: AdvisoryView): string {
  return prepared(`${advisory.summary} ${advisory.detail}`)
}

/** Does the card carry the words, whatever their case and spelling? */
export function says(advisory: AdvisoryView, words: string): boolean {
  return cardText(advisory).includes(prepared(words))
}

/** A pattern of phrases.json as a regular expression over prepared text. */
export function pattern(source: string): RegExp {
  let filled = source
  for (let round = 0; round < 3; round += 1) {
    filled = filled.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => phrases.terms[name] ?? whole)
  }
  // "in a pattern [^.] does not stop at a decimal point"
  filled = filled.replace(/\[\^\.([^\]]*)\]/g, '(?:[^.$1]|(?<=\\d)\\.(?=\\d))')
  return new RegExp(filled)
}

/** The text of the card that shows a forbidden behaviour ("eGFR", "ADULT-DOSE" …), or null. */
export function behaviourShown(advisory: AdvisoryView, behaviour: string): string | null {
  const text = cardText(advisory)
  for (const source of phrases.behaviours[behaviour] ?? []) {
    const found = pattern(source).exec(text)
    if (found !== null) return found[0]
  }
  return null
}
