import { isNoEstimate, isSeverelyReduced } from '../kidney/band.ts'
import type { RecheckInterval } from '../knowledge/types.ts'
import type { Facts } from '../labs/facts.ts'
import { isoSecond } from '../record/calendar.ts'
import type { Graded } from './grade.ts'

/**
 * When to measure again: by rule, level, setting and kidney band (value-sets.md 7).
 *
 * @returns null where the table says nothing
 */
export function recheckOf(
  { finding, indicator }: Graded,
  { knowledge, kidney, patient }: Facts,
): RecheckInterval | null {
  const rows = knowledge.recheck.filter(({ rules }) => rules.includes(finding.rule))
  const row =
    rows.find((one) => one.indicator === 'critical' && indicator === 'critical') ??
    rows.find((one) => one.indicator === undefined)
  if (!row) return null
  const { band } = kidney
  if (band === 'dialysis' && row.dialysis) return row.dialysis
  const low = isSeverelyReduced(band) || isNoEstimate(band)
  if (patient.stay.inpatient) return row.inpatient && (low ? row.inpatient.low : row.inpatient.normal)
  if (!row.outpatient) return row.inpatient && (low ? row.inpatient.low : row.inpatient.normal)
  if (low) return row.outpatient.low
  return band === '30-44' ? row.outpatient.moderate : row.outpatient.normal
}

const HOUR = 3_600_000
const UNITS = { h: HOUR, d: 24 * HOUR, wk: 7 * 24 * HOUR, mo: 30 * 24 * HOUR } as const

/**
 * A FHIR Timing for the draft, counted from now, to the second: one moment ("24 hours") is an event, a span ("1-2
 * weeks") the bounds of a repetition. Null where only words fit ("next session").
 */
export function timingOf(
  { from, to, unit }: RecheckInterval,
  now: number,
): Readonly<Record<string, unknown>> | null {
  if (unit === undefined || to === undefined) return null
  const start = from ?? 0
  const at = (count: number) => isoSecond(now + count * UNITS[unit])
  return start === to ? { event: [at(to)] } : { repeat: { boundsPeriod: { start: at(start), end: at(to) } } }
}
