/** Period (http://hl7.org/fhir/R4/datatypes.html#Period): from and until when, either end may be open. */
import { readWhen } from '../time.ts'
import type { When } from '../when.ts'
import { elementOf } from './json.ts'

export interface Span {
  readonly start: When | null
  readonly end: When | null
}

const OPEN: Span = { start: null, end: null }

export function spanOf(period: unknown, zone: string): Span {
  const sent = elementOf(period)
  if (sent === null) return OPEN
  return { start: readWhen(sent.start, zone), end: readWhen(sent.end, zone) }
}
