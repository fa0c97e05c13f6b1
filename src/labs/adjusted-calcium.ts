import { minus, plus, roundHalfUp, shift, times } from '../quantity/decimal.ts'
import { exactly } from '../quantity/interval.ts'
import type { Comparable } from '../quantity/limit.ts'
import { comparableOf } from '../readings/comparable.ts'
import { canonicalValueOf, exactValueOf, hasExactValue, type Reading } from '../readings/reading.ts'

/**
 * Albumin-adjusted calcium, on the printed digits (rules.md 1.3, labs.md 4.1):
 * mmol/L: Ca + 0.02 x (40 - albumin g/L), to 0.01; mg/dL: Ca + 0.8 x (4.0 - albumin g/dL), to 0.1; mEq/L is
 * halved first and read as mmol/L. Half up.
 *
 * @returns null for a bound: nothing is computed from one
 */
export function adjusted(total: Reading, albumin: Reading): Comparable | null {
  if (!hasExactValue(total) || !hasExactValue(albumin)) return null
  const gramsPerLitre = Number(canonicalValueOf(albumin).toPrecision(12))
  if (total.measured.unit === 'mg/dL') {
    const missing = minus(4, shift(gramsPerLitre, -1))
    const value = roundHalfUp(plus(exactValueOf(total), times(0.8, missing)), 1)
    return comparableOf(exactly(value), 'mg/dL', total.analyte)
  }
  const calcium = total.measured.unit === 'mmol/L' ? exactValueOf(total) : canonicalValueOf(total)
  const value = roundHalfUp(plus(calcium, times(0.02, minus(40, gramsPerLitre))), 2)
  return comparableOf(exactly(value), 'mmol/L', total.analyte)
}
