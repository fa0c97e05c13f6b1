import { limitOf, numberOf } from '../knowledge/limits.ts'
import type { Band, Knowledge } from '../knowledge/types.ts'
import { times } from '../quantity/decimal.ts'
import { passes } from '../quantity/limit.ts'
import { canonicalValueOf, hasExactValue, type Reading, type Readings } from '../readings/reading.ts'
import type { Sample } from '../readings/sample.ts'
import { adjusted } from './adjusted-calcium.ts'
import { isHigh, isLow, type Range, standing } from './range.ts'
import { inSample, type SuspectSample } from './suspect.ts'

const RULE = 'DQ-EDTA'

export interface EdtaContext {
  readonly readings: Readings
  readonly band: Band
  readonly rangeOf: (reading: Reading) => Range | null
  /** the range of the total calcium for its adjusted value (rules.md 1.4) */
  readonly adjustedRangeOf: (total: Reading) => Range | null
  readonly knowledge: Knowledge
}

/**
 * Contamination by EDTA: in one sample potassium of 6.0 or more, calcium and magnesium below their ranges,
 * and a creatinine that does not explain it; where the kidneys could explain it, ALP must be low as well
 * (rules.md 4, DQ-EDTA).
 */
export function edtaSamples(samples: readonly Sample[], context: EdtaContext): readonly SuspectSample[] {
  return samples.map((sample) => edta(sample, context)).filter((suspect) => suspect !== null)
}

function edta(sample: Sample, context: EdtaContext): SuspectSample | null {
  const { rangeOf, band, knowledge } = context
  const potassium = inSample(sample, 'potassium')
  const magnesium = inSample(sample, 'magnesium')
  if (!potassium || !magnesium) return null
  if (passes(potassium, limitOf(knowledge, RULE, 'potassium')) !== 'yes') return null
  if (isLow(magnesium, rangeOf(magnesium), magnesium.analyte) !== 'yes') return null
  const calcium = lowCalcium(sample, context)
  if (calcium === null || isCreatinineRaised(sample, context)) return null
  const alp = inSample(sample, 'alp')
  const alpIsLow = alp !== null && isLow(alp, rangeOf(alp), alp.analyte) === 'yes'
  if (['dialysis', '<15', 'unstable'].includes(band) && !alpIsLow) return null
  return {
    sample,
    shownBy: [potassium, calcium, magnesium, ...(alpIsLow && alp ? [alp] : [])],
    notes: alpIsLow ? ['ALP below its range supports it'] : [],
  }
}

/** Total, laboratory-adjusted or computed: one of them below its lower limit. */
function lowCalcium(sample: Sample, { rangeOf, adjustedRangeOf }: EdtaContext): Reading | null {
  const reported = inSample(sample, 'calcium-adjusted')
  if (reported && isLow(reported, rangeOf(reported), reported.analyte) === 'yes') return reported
  const total = inSample(sample, 'calcium')
  if (!total) return null
  if (isLow(total, rangeOf(total), total.analyte) === 'yes') return total
  const albumin = inSample(sample, 'albumin')
  const value = albumin === null ? null : adjusted(total, albumin)
  return value !== null && standing(value, adjustedRangeOf(total), total.analyte) === 'low' ? total : null
}

/**
 * Not raised: at most the upper limit, or at most 1.25 times the previous one, or not measured; without an
 * upper limit (children, pregnancy) also with no previous one.
 */
function isCreatinineRaised(sample: Sample, { readings, rangeOf, knowledge }: EdtaContext): boolean {
  const creatinine = inSample(sample, 'creatinine')
  if (!creatinine) return false
  const range = rangeOf(creatinine)
  if (range?.high && isHigh(creatinine, range, creatinine.analyte) === 'no') return false
  const previous = readings
    .of('creatinine')
    .find(
      (other) =>
        other.at.from < creatinine.at.from &&
        other.code.dialysis === null &&
        hasExactValue(other) &&
        !sample.readings.includes(other),
    )
  if (!previous) return range?.high !== null && range?.high !== undefined
  if (!hasExactValue(creatinine)) return true
  const factor = numberOf(knowledge, RULE, 'creatinineFactor', 'times the previous one')
  return canonicalValueOf(creatinine) > times(canonicalValueOf(previous), factor)
}
