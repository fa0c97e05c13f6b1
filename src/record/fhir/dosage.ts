/** Dosage (http://hl7.org/fhir/R4/dosage.html): texts, routes, and from when until when; amounts are not read. */
import type { Coded } from '../record.ts'
import type { When } from '../when.ts'
import { codedOf, conceptsOf, isUncoded, joined } from './concept.ts'
import { type Element, elementOf, elementsOf, textOf } from './json.ts'
import { type Span, spanOf } from './period.ts'

export interface RawDosage extends Span {
  readonly text: string
  readonly route: Coded
}

/** All dosages of one order or statement, or the one of an administration, taken together. */
export function dosageOf(value: unknown, zone: string): RawDosage {
  const dosages = elementsOf(value)
  const texts = dosages.flatMap(textsOf).filter((text) => text !== '')
  const routes = dosages.map((dosage) => codedOf(dosage.route)).filter((route) => !isUncoded(route))
  const bounds = dosages.map((dosage) => boundsOf(dosage, zone))
  return {
    text: [...new Set(texts)].join('; '),
    route: joined(routes),
    start: earliest(bounds),
    end: latest(bounds),
  }
}

function textsOf(dosage: Element): readonly string[] {
  const additional = conceptsOf(dosage.additionalInstruction).flatMap(({ codings, text }) => [
    text,
    ...codings.map((coding) => coding.display),
  ])
  return [textOf(dosage.text), textOf(dosage.patientInstruction), ...additional]
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
