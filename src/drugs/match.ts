import type { Drug, DrugGroup, DrugKnowledge } from '../knowledge/types.ts'
import { oncePer } from '../quantity/once.ts'
import { remembered } from '../quantity/remembered.ts'
import type { Coded, RawMedication } from '../record/record.ts'
import { groupsOf } from './groups.ts'

/** What a medication of the record is, as far as its codes and texts tell. */
export interface Matched {
  readonly drugs: readonly Drug[]
  /** ATC codes as sent, without the drug's other ATC codes */
  readonly atc: readonly string[]
  readonly groups: readonly DrugGroup[]
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
  if (drugs.length > 0 || atc.length > 0) return matchedAs(drugs, atc, false, knowledge)
  const texts = [medication.drug, ...medication.ingredients].flatMap(({ text, codings }) => [
    text,
    ...codings.map(({ display }) => display),
  ])
  return matchedAs([...new Set(texts.flatMap((text) => byText(text, knowledge)))], [], true, knowledge)
}

function matchedAs(
  drugs: readonly Drug[],
  atc: readonly string[],
  byName: boolean,
  knowledge: DrugKnowledge,
): Matched {
  return { drugs, atc, groups: groupsOf({ drugs, atc }, knowledge), byName }
}

const NO_CODES: Matched = { drugs: [], atc: [], groups: [], byName: false }

function byCodes({ codings }: Coded, knowledge: DrugKnowledge): Matched {
  let codes = ''
  for (const { system, code } of codings) {
    const kind = RXNORM.has(system) ? 'R' : ATC.has(system) ? 'A' : null
    // no code has a line break; one that was sent must not read as two codes
    if (kind !== null && !code.includes('\n')) codes += `${kind}${code}\n`
  }
  return codes === '' ? NO_CODES : matchedBy(knowledge)(codes)
}

const MOST_CODES = 5000

/** The same codes come with every patient. */
const matchedBy = oncePer((knowledge: DrugKnowledge) =>
  remembered((codes) => matchCodes(codes.split('\n'), knowledge), MOST_CODES),
)

/** @param codes an RxNorm code with R before it, an ATC code with A */
function matchCodes(codes: readonly string[], knowledge: DrugKnowledge): Matched {
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
  return matchedAs([...drugs], atc, false, knowledge)
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
