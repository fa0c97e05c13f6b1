import { numberOf } from '../knowledge/limits.ts'
import type { AnalyteId, Knowledge } from '../knowledge/types.ts'
import { minus, times } from '../quantity/decimal.ts'
import { hoursBetween } from '../readings/clock.ts'
import {
  canonicalValueOf,
  exactValueOf,
  hasExactValue,
  type Reading,
  type Readings,
} from '../readings/reading.ts'
import { type Sample, sameSample, sampleOf } from '../readings/sample.ts'
import { inSample, type SuspectSample } from './suspect.ts'

const RULE = 'DQ-DILUTION'
const WITHIN_HOURS = 48
const AT_LEAST = 3

/**
 * Drip-arm dilution: at least three of albumin, calcium, magnesium and potassium fall by 20 % each against
 * the newest earlier sample within 48 h that holds three of them, while chloride, sodium or glucose moves the
 * way an infusion moves it (rules.md 4, DQ-DILUTION). Bounds are never compared.
 */
export function dilutedSamples(
  samples: readonly Sample[],
  readings: Readings,
  knowledge: Knowledge,
): readonly SuspectSample[] {
  return samples.map((sample) => dilution(sample, readings, knowledge)).filter((suspect) => suspect !== null)
}

function dilution(sample: Sample, readings: Readings, knowledge: Knowledge): SuspectSample | null {
  const later = dilutable(sample)
  if (later.length < AT_LEAST) return null
  const earlier = earlierSample(sample, readings)
  if (!earlier) return null
  const before = dilutable(earlier)
  const percent = numberOf(knowledge, RULE, 'fall', '%')
  const fallen = later.filter((reading) => {
    const other = before.find(({ analyte }) => analyte === reading.analyte)
    return other !== undefined && fallsBy(other, reading, percent)
  })
  if (fallen.length < AT_LEAST || !fluidMoved(earlier, sample, knowledge)) return null
  return { sample, shownBy: fallen, notes: [] }
}

/** Albumin, calcium (total; none: ionised), magnesium, potassium of the sample, where exact. */
function dilutable(sample: Sample): readonly Reading[] {
  const exact = (analyte: AnalyteId) => {
    const reading = inSample(sample, analyte)
    return reading && hasExactValue(reading) ? reading : null
  }
  return [
    exact('albumin'),
    exact('calcium') ?? exact('calcium-ionised'),
    exact('magnesium'),
    exact('potassium'),
  ].filter((reading) => reading !== null)
}

function earlierSample(sample: Sample, readings: Readings): Sample | null {
  const { anchor } = sample
  const candidates = (['albumin', 'calcium', 'calcium-ionised', 'magnesium', 'potassium'] as const)
    .flatMap((analyte) => readings.of(analyte))
    .filter((reading) => {
      if (sameSample(reading, anchor)) return false
      const hours = hoursBetween(reading.at, anchor.at)
      return hours >= 0 && hours <= WITHIN_HOURS && reading.at.from < anchor.at.from
    })
    .sort((a, b) => b.at.from - a.at.from)
  for (const candidate of candidates) {
    const earlier = sampleOf(candidate, readings.all)
    if (dilutable(earlier).length >= AT_LEAST) return earlier
  }
  return null
}

/** On the printed digits where the units are the same (rules.md 1.3). */
function fallsBy(before: Reading, after: Reading, percent: number): boolean {
  const same = before.measured.unit === after.measured.unit
  const [x, y] = same
    ? [exactValueOf(before), exactValueOf(after)]
    : [canonicalValueOf(before), canonicalValueOf(after)]
  return times(minus(x, y), 100) >= times(x, percent)
}

function fluidMoved(earlier: Sample, later: Sample, knowledge: Knowledge): boolean {
  const change = (analyte: AnalyteId) => {
    const before = inSample(earlier, analyte)
    const after = inSample(later, analyte)
    if (!before || !after || !hasExactValue(before) || !hasExactValue(after)) return 0
    return minus(canonicalValueOf(after), canonicalValueOf(before))
  }
  const salt = numberOf(knowledge, RULE, 'saltShift', 'mmol/L')
  const glucose = numberOf(knowledge, RULE, 'glucoseRise', 'mmol/L')
  return (
    Math.abs(change('chloride')) >= salt || Math.abs(change('sodium')) >= salt || change('glucose') >= glucose
  )
}
