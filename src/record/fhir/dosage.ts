/** Dosage (http://hl7.org/fhir/R4/dosage.html): texts, routes, and from when until when; amounts are not read. */
import type { Coded } from '../record.ts'
import type { When } from '../when.ts'
import { codedOf, conceptsOf, isUncoded, joined, UNCODED } from './concept.ts'
import { type Element, elementOf, elementsOf, textOf } from './json.ts'
import { type Span, spanOf } from './period.ts'

export interface RawDosage extends Span {
  readonly text: string
  readonly route: Coded
}

/** All dosages of one order or statement, or the one of an administration, taken together. */
export function dosageOf(value: unknown, zone: string): RawDosage {
  const dosages = elementsOf(value)
  if (dosages.length === 0) return NONE
  const texts = new Set<string>()
  const routes: Coded[] = []
  const bounds: Span[] = []
  for (const dosage of dosages) {
    for (const text of textsOf(dosage)) if (text !== '') texts.add(text)
    const route = codedOf(dosage.route)
    if (!isUncoded(route)) routes.push(route)
    bounds.push(boundsOf(dosage, zone))
  }
  return { text: [...texts].join('; '), route: joined(routes), start: earliest(bounds), end: latest(bounds) }
}

const NONE: RawDosage = { text: '', route: UNCODED, start: null, end: null }

function textsOf(dosage: Element): readonly string[] {
  const texts = [textOf(dosage.text), textOf(dosage.patientInstruction)]
  for (const { codings, text } of conceptsOf(dosage.additionalInstruction)) {
    texts.push(text, ...codings.map((coding) => coding.display))
  }
  return texts
}

function boundsOf(dosage: Element, zone: string): Span {
  return spanOf(elementOf(elementOf(dosage.timing)?.repeat)?.boundsPeriod, zone)
}

function earliest(bounds: readonly Span[]): When | null {
  return bounds.reduce<When | null>(
    (first, { start }) => (start !== null && (first === null || start.from < first.from) ? start : first),
    null,
  )
}

/** One dosage without an end goes on, so the order has none. */
function latest(bounds: readonly Span[]): When | null {
  let last: When | null = null
  for (const { end } of bounds) {
    if (end === null) return null
    if (last === null || end.to > last.to) last = end
  }
  return last
}
