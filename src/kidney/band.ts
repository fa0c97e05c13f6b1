import type { Band } from '../knowledge/types.ts'
import type { Interval } from '../quantity/interval.ts'

/** Bands with half-open limits on the unrounded value: 59.9 is 45-59 (rules.md 3). */
export function bandOf(egfr: number): Band {
  if (egfr >= 60) return '>=60'
  if (egfr >= 45) return '45-59'
  if (egfr >= 30) return '30-44'
  return egfr >= 15 ? '15-29' : '<15'
}

/** Laboratories that report whole numbers write ">59" and mean 60 or more [default] (rules.md 3.1 no. 6). */
const MEANT: Readonly<Record<number, number>> = { 59: 60, 44: 45, 29: 30, 14: 15 }

/**
 * The band of an estimate that may be a bound: ">59" is >=60, ">30" the band that holds 30, "<60" the band just below 60.
 *
 * @returns the band, whether a bound decided it, and a value that stands for it where ages of estimates are judged
 */
export function bandOfInterval(interval: Interval): { band: Band; bound: boolean; value: number } {
  const { low, high } = interval
  if (low === high) return { band: bandOf(low), bound: false, value: low }
  if (Number.isFinite(low) && !Number.isFinite(high)) {
    const value = interval.lowOpen ? (MEANT[low] ?? low) : low
    return { band: bandOf(value), bound: true, value }
  }
  // "<60" and "a range up to 60": the highest value that it allows, never more
  const justBelow = interval.highOpen ? high - 1e-6 : high
  return { band: bandOf(Math.max(justBelow, 0)), bound: true, value: Math.max(justBelow, 0) }
}

/** `reduced`: the bands in which clearance is known to be lowered (rules.md, head). */
export function isReduced(band: Band): boolean {
  return ['45-59', '30-44', '15-29', '<15', 'dialysis', 'unstable'].includes(band)
}

/** `no-estimate`: nothing is known; never the same as normal. */
export function isNoEstimate(band: Band): boolean {
  return band === 'unknown' || band === 'not-applicable'
}

/** Bands in which mix-up zones of Mg and P are no surprise, and FEMg says nothing (rules.md 4.3, MG-LOW-RENAL-WASTING). */
export function isSeverelyReduced(band: Band): boolean {
  return ['15-29', '<15', 'dialysis', 'unstable'].includes(band)
}
