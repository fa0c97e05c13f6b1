/** CodeableConcept and Coding (http://hl7.org/fhir/R4/datatypes.html#CodeableConcept), as sent. */
import type { Coded, Coding } from '../record.ts'
import { type Element, elementsOf, isElement, textOf } from './json.ts'

const NO_CODINGS: readonly Coding[] = []
const NO_CONCEPTS: readonly Coded[] = []

/** No codes and no text. */
export const UNCODED: Coded = { codings: NO_CODINGS, text: '' }

/** The codes and the text of a CodeableConcept; a bare string is its text. */
export function codedOf(value: unknown): Coded {
  if (typeof value === 'string') return value === '' ? UNCODED : { codings: NO_CODINGS, text: value }
  if (!isElement(value)) return UNCODED
  return { codings: codingsOf(value.coding), text: textOf(value.text) }
}

/** Codings with a code or at least a display. */
export function codingsOf(value: unknown): readonly Coding[] {
  const sent = elementsOf(value)
  if (sent.length === 0) return NO_CODINGS
  // as nearly all are sent: nothing to leave out, nothing to put in, so nothing to copy
  if (sent.every(isWhole)) return sent
  const codings: Coding[] = []
  for (const entry of sent) {
    const coding = codingOf(entry)
    if (coding.code !== '' || coding.display !== '') codings.push(coding)
  }
  return codings
}

export function codingOf(value: Element): Coding {
  return { system: textOf(value.system), code: textOf(value.code), display: textOf(value.display) }
}

/** A Coding as it is read: with all three texts, and a code. */
function isWhole(coding: Element): coding is Element & Coding {
  const { system, code, display } = coding
  return typeof code === 'string' && code !== '' && typeof system === 'string' && typeof display === 'string'
}

export function isUncoded(coded: Coded): boolean {
  return coded.codings.length === 0 && coded.text === ''
}

/** A list of concepts, empty ones left out; a single concept or string is a list of one. */
export function conceptsOf(value: unknown): readonly Coded[] {
  if (value === undefined || value === null) return NO_CONCEPTS
  const concepts: Coded[] = []
  for (const one of Array.isArray(value) ? value : [value]) {
    const coded = codedOf(one)
    if (!isUncoded(coded)) concepts.push(coded)
  }
  return concepts
}

/** Several concepts as one: all their codes, their texts joined. */
export function joined(concepts: readonly Coded[]): Coded {
  const [only] = concepts
  if (only === undefined) return UNCODED
  if (concepts.length === 1) return only
  const texts = concepts.map((concept) => concept.text).filter((text) => text !== '')
  return { codings: concepts.flatMap((concept) => concept.codings), text: [...new Set(texts)].join('; ') }
}

/** The codes of a list of concepts; the text of one that has no code. */
export function codesOf(value: unknown): readonly string[] {
  const codes: string[] = []
  for (const { codings, text } of conceptsOf(value)) {
    const before = codes.length
    for (const { code } of codings) if (code !== '') codes.push(code)
    if (codes.length === before && text !== '') codes.push(text)
  }
  return codes
}

/**
 * The one code, in lower case, of an element such as Condition.clinicalStatus: the coding of the standard's
 * own system before any other, else the text. Servers older than R4 send a plain string (field case F106).
 */
export function statusCodeOf(value: unknown, systemEnding: string): string {
  const { codings, text } = codedOf(value)
  let chosen: Coding | null = null
  for (const coding of codings) {
    if (coding.code === '') continue
    if (coding.system.endsWith(systemEnding)) return coding.code.toLowerCase()
    chosen ??= coding
  }
  return (chosen?.code ?? text).toLowerCase()
}
