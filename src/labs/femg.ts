import { canonicalValueOf, hasExactValue, type Reading, type Readings } from '../readings/reading.ts'
import { sameSample } from '../readings/sample.ts'
import type { When } from '../record/when.ts'

/** serum creatinine is kept in umol/L, urine creatinine in mmol/L */
const UMOL_PER_MMOL = 1000

/** The formula, in any units as long as the two magnesium and the two creatinine values share theirs (formula-vectors.md). */
export function femg(of: {
  urineMg: number
  serumCreatinine: number
  serumMg: number
  urineCreatinine: number
}): number {
  return (100 * of.urineMg * of.serumCreatinine) / (0.7 * of.serumMg * of.urineCreatinine)
}

/** Fractional excretion of magnesium in percent, reported or computed. */
export interface FeMg {
  readonly percent: number
  readonly at: When
  readonly from: readonly Reading[]
  readonly computed: boolean
}

/**
 * FEMg % = 100 x (urine Mg x serum creatinine) / (0.7 x serum Mg x urine creatinine), from urine Mg and
 * creatinine of one sample and serum Mg and creatinine of the same day (labs.md 4.4). Nothing is computed from
 * a bound.
 *
 * @returns newest first, reported and computed ones
 */
export function fractionalExcretions(
  readings: Readings,
  isUsable: (reading: Reading) => boolean,
): readonly FeMg[] {
  const found: FeMg[] = readings
    .of('femg')
    .filter((reading) => hasExactValue(reading) && isUsable(reading))
    .map((reading) => ({
      percent: canonicalValueOf(reading),
      at: reading.at,
      from: [reading],
      computed: false,
    }))
  const usable = (reading: Reading) => hasExactValue(reading) && isUsable(reading)
  for (const urineMg of readings.of('urine-magnesium').filter(usable)) {
    if (urineMg.measured.unit !== 'mmol/L' && urineMg.measured.unit !== 'mg/dL') continue // not a concentration
    const urineCreatinine = readings
      .of('urine-creatinine')
      .find((other) => usable(other) && sameSample(other, urineMg))
    const sameDay = (other: Reading) =>
      usable(other) && other.at.day === urineMg.at.day && other.code.dialysis === null
    const serumMg = readings.of('magnesium').find(sameDay)
    const serumCreatinine = readings.of('creatinine').find(sameDay)
    if (!urineCreatinine || !serumMg || !serumCreatinine) continue
    const percent = femg({
      urineMg: canonicalValueOf(urineMg),
      serumCreatinine: canonicalValueOf(serumCreatinine) / UMOL_PER_MMOL,
      serumMg: canonicalValueOf(serumMg),
      urineCreatinine: canonicalValueOf(urineCreatinine),
    })
    if (!Number.isFinite(percent)) continue
    found.push({
      percent,
      at: urineMg.at,
      from: [urineMg, urineCreatinine, serumMg, serumCreatinine],
      computed: true,
    })
  }
  return found.sort((a, b) => b.at.from - a.at.from)
}
