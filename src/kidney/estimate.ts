import type { Band, KidneyKnowledge } from '../knowledge/types.ts'
import type { Patient } from '../patient/patient.ts'
import { exactly, type Interval } from '../quantity/interval.ts'
import type { Clock } from '../readings/clock.ts'
import { canonicalValueOf, hasExactValue, type Reading, type Readings } from '../readings/reading.ts'
import { sameSample } from '../readings/sample.ts'
import { bandOf, bandOfInterval } from './band.ts'
import { bedsideSchwartz, ckdEpi2021, ckdEpi2021Combined } from './formulas.ts'

/** One estimate of kidney function: reported by the laboratory, or computed here. */
export interface Estimate {
  readonly reading: Reading
  readonly interval: Interval
  readonly band: Band
  /** stands for the estimate where its size matters (a bound: the value just inside) */
  readonly value: number
  /** the value that may be shown; null where only a bound is known */
  readonly shown: number | null
  readonly method: string
  readonly rank: number
  readonly confidence: 'high' | 'low'
  readonly computed: boolean
  /** both estimates where the sex is not known */
  readonly estimates: readonly number[]
}

const COMPUTED_RANK = 8

/**
 * Every estimate that may count, newest sample first and in one sample by method preference (rules.md 3.1
 * no. 4-6). For an adult: reported ones and those computed from plain creatinine; for a child: bedside
 * Schwartz; without a usable age: reported adult ones, confidence low.
 *
 * @param creatinines plain ones, newest first
 */
export function estimatesOf(
  readings: Readings,
  creatinines: readonly Reading[],
  patient: Patient,
  isUsable: (reading: Reading) => boolean,
  knowledge: KidneyKnowledge,
  clock: Clock,
): readonly Estimate[] {
  const { isChild } = patient
  const reported = readings
    .of('egfr')
    .filter(isUsable)
    .map((reading) => reportedEstimate(reading, patient, isChild, knowledge))
    .filter((estimate) => estimate !== null)
  const computed = isChild
    ? schwartzEstimates(readings, creatinines, patient, clock)
    : computedEstimates(readings, creatinines, patient, isUsable)
  return inOrder([...reported, ...computed])
}

/** By time; the best method of the newest sample comes first. */
function inOrder(estimates: readonly Estimate[]): readonly Estimate[] {
  const byTime = [...estimates].sort((a, b) => b.reading.at.from - a.reading.at.from || a.rank - b.rank)
  const [newest] = byTime
  if (!newest) return byTime
  const best = byTime
    .filter((other) => sameSample(other.reading, newest.reading))
    .reduce((a, b) => (b.rank < a.rank ? b : a))
  return [best, ...byTime.filter((other) => other !== best)]
}

function reportedEstimate(
  reading: Reading,
  patient: Patient,
  isChild: boolean,
  knowledge: KidneyKnowledge,
): Estimate | null {
  const method = knowledge.methods.get(reading.code.code)
  if (!method || method.children !== isChild) return null
  if (method.sex !== null && method.sex !== patient.sex) return null
  const interval = reading.canonical.interval
  const { band, bound, value } = bandOfInterval(interval)
  return {
    reading,
    interval,
    band,
    value,
    shown: bound ? null : value,
    method: method.method,
    rank: method.rank,
    confidence: bound || patient.age === null ? 'low' : method.confidence,
    computed: false,
    estimates: bound ? [] : [value],
  }
}

const UMOL_PER_MG_DL = 88.4

function inMgPerDl(creatinine: Reading): number {
  return creatinine.measured.unit === 'mg/dL'
    ? creatinine.measured.interval.low
    : canonicalValueOf(creatinine) / UMOL_PER_MG_DL
}

function computedEstimates(
  readings: Readings,
  creatinines: readonly Reading[],
  patient: Patient,
  isUsable: (reading: Reading) => boolean,
): Estimate[] {
  const { ageSpan } = patient
  if (ageSpan === null || ageSpan.youngest < 18) return []
  const ages = ageSpan.youngest === ageSpan.oldest ? [ageSpan.oldest] : [ageSpan.youngest, ageSpan.oldest]
  const cystatins = readings.of('cystatin-c').filter((reading) => isUsable(reading) && hasExactValue(reading))
  const sexes =
    patient.sex === 'male' || patient.sex === 'female' ? [patient.sex] : (['female', 'male'] as const)
  const computed = creatinines.map((reading): Estimate | null => {
    const creatinine = inMgPerDl(reading)
    const cystatin = cystatins.find((other) => sameSample(other, reading))
    const estimates = sexes.flatMap((sex) =>
      ages.map((age) =>
        cystatin
          ? ckdEpi2021Combined(creatinine, canonicalValueOf(cystatin), age, sex)
          : ckdEpi2021(creatinine, age, sex),
      ),
    )
    const value = Math.min(...estimates)
    // a birth year alone counts where every day of it gives the same band (rules.md 1.5)
    if (ages.length > 1 && new Set(estimates.map((estimate) => bandOf(estimate))).size > 1) return null
    return {
      reading,
      interval: exactly(value),
      band: bandOfInterval(exactly(value)).band,
      value,
      shown: value,
      method: cystatin ? 'computed CKD-EPI 2021 creatinine + cystatin C' : 'computed CKD-EPI 2021',
      rank: COMPUTED_RANK,
      confidence: estimates.length === 1 ? 'high' : 'low',
      computed: true,
      estimates,
    }
  })
  return computed.filter((estimate) => estimate !== null)
}

const HEIGHT_DAYS = 365

function schwartzEstimates(
  readings: Readings,
  creatinines: readonly Reading[],
  patient: Patient,
  clock: Clock,
): Estimate[] {
  if (patient.ageSpan === null || patient.ageSpan.youngest < 1) return []
  const heights = readings
    .of('height')
    .filter((height) => hasExactValue(height) && clock.within(height.at, HEIGHT_DAYS) === 'yes')
  const estimates: Estimate[] = []
  for (const reading of creatinines) {
    const [height] = heights
    if (!height) continue
    const value = bedsideSchwartz(canonicalValueOf(height), inMgPerDl(reading))
    estimates.push({
      reading,
      interval: exactly(value),
      band: bandOfInterval(exactly(value)).band,
      value,
      shown: value,
      method: 'schwartz',
      rank: COMPUTED_RANK,
      confidence: 'low',
      computed: true,
      estimates: [value],
    })
  }
  return estimates
}
