import type { Clock } from '../readings/clock.ts'
import type { RawMedication } from '../record/record.ts'

/** When a medication was in use, in ms; what is not known to have been in use is not in the span. */
export interface Span {
  readonly from: number
  readonly to: number
}

export interface Use {
  readonly activeNow: boolean
  readonly span: Span | null
  /** the start as recorded (period, administration, else authoredOn) */
  readonly start: number | null
  /** the end as recorded */
  readonly end: number | null
}

const ORDERED = new Set(['', 'order', 'original-order', 'reflex-order', 'filler-order', 'instance-order'])

/** status that means "was in use, and is no more" */
const ENDED = new Set(['completed', 'stopped', 'on-hold', 'ended'])

/**
 * Active: a MedicationRequest `active` that is an order, a MedicationStatement `active`, an Administration
 * `in-progress`, with now inside its period where it has one (rules.md 1.7). An ended use without a recorded
 * end is only known to have been in use at its start.
 */
export function useOf(medication: RawMedication, clock: Clock): Use {
  const { kind, status, intent, doNotPerform } = medication
  const start = medication.start?.from ?? medication.authored?.from ?? null
  const end = medication.end?.to ?? null
  const none: Use = { activeNow: false, span: null, start, end }
  if (doNotPerform || (kind === 'request' && !ORDERED.has(intent))) return none

  const running = kind === 'administration' ? status === 'in-progress' : status === 'active'
  if (running) {
    const span = { from: start ?? Number.NEGATIVE_INFINITY, to: end ?? Number.POSITIVE_INFINITY }
    const startsLater = medication.start !== null && medication.start.from > clock.now
    return { activeNow: !startsLater && span.to >= clock.now, span, start, end }
  }
  if (!ENDED.has(status) || start === null) {
    return ENDED.has(status) && end !== null ? { ...none, span: { from: end, to: end } } : none
  }
  return { ...none, span: { from: start, to: end ?? medication.start?.to ?? start } }
}

export function overlaps(span: Span | null, from: number, to: number): boolean {
  return span !== null && span.from <= to && span.to >= from
}
