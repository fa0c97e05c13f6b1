import type { AnalyteId, Knowledge, MixUpZone } from '../knowledge/types.ts'
import { canonicalValueOf, exactValueOf, hasExactValue, type Reading } from '../readings/reading.ts'
import { boundsOf } from './own-range.ts'

/** The analytes that are judged and that DQ-UNIT speaks about; all others are helpers (rules.md 4.3). */
export const JUDGED: ReadonlySet<AnalyteId> = new Set([
  'magnesium',
  'calcium',
  'calcium-adjusted',
  'calcium-ionised',
  'phosphate',
  'vitamin-d-25oh',
])

/** Outside the limits of what a body can hold. Not applied to a bound. */
export function isImplausible(reading: Reading): boolean {
  const { hardLimits } = reading.analyte
  if (hardLimits === null || !hasExactValue(reading)) return false
  const value = canonicalValueOf(reading)
  return value < hardLimits.low || value > hardLimits.high
}

/** The mix-up zone that the value lies in, bounds included; null for a bound. */
export function zoneOf(reading: Reading): MixUpZone | null {
  if (!hasExactValue(reading)) return null
  const value = exactValueOf(reading)
  return (
    reading.analyte.zones.find(
      (zone) => zone.unit === reading.measured.unit && value >= zone.low && value <= zone.high,
    ) ?? null
  )
}

/**
 * Why a helper (albumin, creatinine, PTH, K …) is not used: implausible, or in its mix-up zone without any
 * range in its own unit. It makes no card (rules.md 4.3).
 */
export function helperProblem(
  reading: Reading,
  knowledge: Knowledge,
): 'implausible-value' | 'unit-doubtful' | null {
  if (isImplausible(reading)) return 'implausible-value'
  if (zoneOf(reading) === null) return null
  const carriesRange = reading.raw.ranges.some((range) => {
    const bounds = boundsOf(range, reading, knowledge)
    return bounds.ok && (bounds.low ?? bounds.high)?.unit === reading.measured.unit
  })
  return carriesRange ? null : 'unit-doubtful'
}
