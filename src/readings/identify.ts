import type { AnalyteId, CodeEntry, Knowledge, NameWords } from '../knowledge/types.ts'
import { oncePer } from '../quantity/once.ts'
import { remembered } from '../quantity/remembered.ts'
import type { Coded } from '../record/record.ts'

export type Identity =
  | CodeEntry
  /** it names one of our analytes, but by no code that is listed */
  | { readonly use: 'unlisted'; readonly analyte: AnalyteId | null; readonly detail: string }
  /** a concept that is read elsewhere: pregnancy status, haemolysis index … */
  | { readonly use: 'concept' }
  /** of no interest here: counted, if somebody asks (keyOf) */
  | { readonly use: 'foreign' }

/** Compared one after the other: for the one that nearly all send this is cheaper than a look-up. */
const isLoinc = (system: string) =>
  system === 'http://loinc.org' ||
  system === 'https://loinc.org' ||
  system === 'urn:oid:2.16.840.1.113883.6.1' ||
  system === 'LN'

/**
 * Which analyte a result is of: by listed LOINC codes only, never by name (labs.md 1.0 no. 1). A refused code
 * beside an allowed one wins; two allowed codes of different analytes are no identification. Names only decide
 * whether an unlisted result is told or merely counted (rules.md 1.8).
 */
export function identify(code: Coded, knowledge: Knowledge): Identity {
  let allowed: CodeEntry | null = null
  let refused: CodeEntry | null = null
  let isTwo = false
  let withoutSystem: AnalyteId | null = null
  for (const coding of code.codings) {
    const entry = knowledge.codes.get(coding.code)
    if (!entry) continue
    if (!isLoinc(coding.system)) {
      if (coding.system === '') withoutSystem ??= entry.analyte.id
    } else if (entry.use === 'refused') refused ??= entry
    else if (allowed === null) allowed = entry
    else if (allowed.analyte.id !== entry.analyte.id) isTwo = true
  }
  if (refused) return refused
  if (allowed && isTwo) {
    return { use: 'unlisted', analyte: allowed.analyte.id, detail: 'its codes name two different analytes' }
  }
  if (allowed) return allowed
  if (withoutSystem) {
    return { use: 'unlisted', analyte: withoutSystem, detail: 'the code names no code system' }
  }
  if (code.codings.some((coding) => isLoinc(coding.system) && isConcept(coding.code, knowledge))) {
    return CONCEPT
  }
  const named = namedAnalyte(code, knowledge)
  if (named) return { use: 'unlisted', analyte: named, detail: 'its code is not on the list' }
  return FOREIGN
}

const CONCEPT: Identity = { use: 'concept' }
const FOREIGN: Identity = { use: 'foreign' }

/** What foreign results are counted by: "http://loinc.org|718-7". */
export function keyOf({ codings: [first] }: Coded): string {
  return first ? `${first.system}|${first.code}` : 'no code'
}

function isConcept(code: string, { concepts }: Knowledge): boolean {
  return (
    code === concepts.pregnancyStatus.code ||
    code === concepts.expectedDelivery.code ||
    code === concepts.gestationalAge.code ||
    code === concepts.haemolysed.sample.code ||
    code === concepts.haemolysed.index.code
  )
}

/** A local code that is also a word ("MGS" is none, "MG" is) counts as well as display and text. */
function namedAnalyte({ text, codings }: Coded, { names }: Knowledge): AnalyteId | null {
  const texts = [text]
  for (const { system, code, display } of codings) {
    texts.push(display)
    if (!isLoinc(system)) texts.push(code)
  }
  let first: AnalyteId | null = null
  for (const sent of texts) {
    const named = namedBy(names)(sent)
    if (named === 'another test') return null
    first ??= named
  }
  return first
}

const MOST_NAMES = 5000

/**
 * What the name of a test says: one of our analytes, nothing, or another test, whatever else is named beside it. The
 * tests of a laboratory come again with every patient, and most of them are not ours.
 */
const namedBy = oncePer((names: NameWords) =>
  remembered((name): AnalyteId | 'another test' | null => {
    const text = name.slice(0, 300).toLowerCase()
    if (names.notWords.some((word) => text.includes(word))) return 'another test'
    const found = names.words.find(({ word, whole }) => (whole ? holdsWord(text, word) : text.includes(word)))
    return found?.analyte ?? null
  }, MOST_NAMES),
)

/** As a whole word, and not as a unit behind a number ("Aspirin 100 mg" is no magnesium). */
function holdsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = text.slice(0, at)
    const after = text[at + word.length] ?? ' '
    if (/[a-z0-9]$/u.test(before) || /[a-z0-9/]/u.test(after)) continue
    if (/\d\s*$/u.test(before)) continue
    return true
  }
  return false
}
