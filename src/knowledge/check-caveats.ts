import type { Report } from './check.ts'
import { forbiddenWord } from './check-words.ts'
import type { KnowledgeFiles } from './files.ts'

/** What the program fills in the sentence about the kidneys (caveats.yaml, about). */
const FILLED: readonly string[] = ['{value}', '{creatinine}']

/** Phrases that begin the text of a child; the others stand behind the filled text as they are. */
const isFilledPhrase = (key: string) => key.startsWith('child:')

/** The sentences about the kidneys: no forbidden phrase, and no placeholder that would stand on a card as it is. */
export function checkCaveats({ caveats }: KnowledgeFiles, report: Report): void {
  const check = (path: readonly string[], text: string, known: readonly string[]) => {
    const place = [...path, 'text']
    const word = forbiddenWord(text)
    if (word !== null) report(caveats, place, `the forbidden phrase "${word}"`)
    for (const reason of unfilled(text, known)) report(caveats, place, `${path.join('.')}: ${reason}`)
  }
  for (const [topic, bands] of Object.entries(caveats.value.topics)) {
    for (const [band, caveat] of Object.entries(bands))
      check(['topics', topic, band], caveat?.text ?? '', FILLED)
  }
  for (const [key, { text }] of Object.entries(caveats.value.phrases))
    check(['phrases', key], text, isFilledPhrase(key) ? FILLED : [])
}

function unfilled(text: string, known: readonly string[]): string[] {
  const used = text.match(/\{\w+\}/gu) ?? []
  const reasons = [...new Set(used)].flatMap((placeholder) => {
    if (!known.includes(placeholder))
      return [`no value for ${placeholder} here; known: ${known.join(', ') || 'none'}`]
    // it is filled where it stands first
    return used.filter((other) => other === placeholder).length > 1 ? [`${placeholder} stands twice`] : []
  })
  if (/[{}]/u.test(text.replaceAll(/\{\w+\}/gu, '')))
    reasons.push('a bracket without its other half, or with blanks inside: write {name}')
  return reasons
}
