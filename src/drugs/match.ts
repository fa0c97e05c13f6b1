import type { Drug, DrugKnowledge } from '../knowledge/types.ts'
import { remembered } from '../quantity/remembered.ts'
import type { Coded, RawMedication } from '../record/record.ts'

/** What a medication of the record is, as far as its codes and texts tell. */
export interface Matched {
  readonly drugs: readonly Drug[]
  /** ATC codes as sent, without the drug's other ATC codes */
  readonly atc: readonly string[]
  /** recognised from text only: cards say "matched by name" */
  readonly byName: boolean
}

const RXNORM = new Set(['http://www.nlm.nih.gov/research/umls/rxnorm', 'urn:oid:2.16.840.1.113883.6.88'])
const ATC = new Set(['http://www.whocc.no/atc', 'http://www.whocc.no/atc/', 'urn:oid:2.16.840.1.113883.6.73'])

/**
 * Codes first (RxNorm ingredient, ATC), then the codes of the ingredients, then cleaned text with the false
 * friends taken out (orders.md 2). Text is read only where no code tells which drug it is: an unmapped product
 * code does not, an ATC code does.
 */
export function matchDrug(medication: RawMedication, knowledge: DrugKnowledge): Matched {
  const own = byCodes(medication.drug, knowledge)
  if (own.drugs.length > 0 || own.atc.length > 0) return own
  const parts = medication.ingredients.map((ingredient) => byCodes(ingredient, knowledge))
  const drugs = parts.flatMap((part) => part.drugs)
  const atc = parts.flatMap((part) => part.atc)
  if (drugs.length > 0 || atc.length > 0) return { drugs, atc, byName: false }
  const texts = [medication.drug, ...medication.ingredients].flatMap(({ text, codings }) => [
    text,
    ...codings.map(({ display }) => display),
  ])
  return { drugs: [...new Set(texts.flatMap((text) => byText(text, knowledge)))], atc: [], byName: true }
}

/** The same codes come with every patient: what they match is kept. */
const MATCHED = new WeakMap<DrugKnowledge, (codes: string) => Matched>()
const MOST_CODES = 5000
const NO_CODES: Matched = { drugs: [], atc: [], byName: false }

function byCodes({ codings }: Coded, knowledge: DrugKnowledge): Matched {
  let codes = ''
  for (const { system, code } of codings) {
    const kind = RXNORM.has(system) ? 'R' : ATC.has(system) ? 'A' : null
    if (kind !== null) codes += `${kind}${code}\n`
  }
  if (codes === '') return NO_CODES
  let matched = MATCHED.get(knowledge)
  if (matched === undefined) {
    matched = remembered((all) => matchedBy(all.split('\n'), knowledge), MOST_CODES)
    MATCHED.set(knowledge, matched)
  }
  return matched(codes)
}

/** @param codes an RxNorm code with R before it, an ATC code with A */
function matchedBy(codes: readonly string[], knowledge: DrugKnowledge): Matched {
  const drugs = new Set<Drug>()
  const atc: string[] = []
  for (const kindAndCode of codes) {
    const code = kindAndCode.slice(1)
    if (kindAndCode.startsWith('R')) {
      const drug = knowledge.byRxnorm.get(code)
      if (drug) drugs.add(drug)
    } else if (kindAndCode.startsWith('A')) {
      const upper = code.toUpperCase()
      atc.push(upper)
      for (const drug of knowledge.byAtc.get(upper) ?? []) drugs.add(drug)
    }
  }
  return { drugs: [...drugs], atc, byName: false }
}

/** Whole-word matches, the longest name first; what a longer name has taken is not read again. */
function byText(text: string, knowledge: DrugKnowledge): Drug[] {
  if (text === '') return []
  let rest = ` ${text
    .slice(0, 300)
    .toLowerCase()
    .replace(/[\s_/+,;()[\]-]+/gu, ' ')} `
  for (const friend of knowledge.falseFriends) rest = rest.replaceAll(friend, '\u0000')
  const found: Drug[] = []
  for (const { name, drug } of knowledge.byName) {
    const plain = name.replace(/[\s_/+,;()[\]-]+/gu, ' ')
    for (let at = rest.indexOf(plain); at >= 0; at = rest.indexOf(plain, at + 1)) {
      if (isLetter(rest[at - 1]) || isLetter(rest[at + plain.length])) continue
      found.push(drug)
      rest = `${rest.slice(0, at)}\u0000${rest.slice(at + plain.length)}`
    }
  }
  return found
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character)
}
