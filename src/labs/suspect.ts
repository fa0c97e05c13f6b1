import type { AnalyteId, Knowledge } from '../knowledge/types.ts'
import type { Clock } from '../readings/clock.ts'
import type { Reading, Readings } from '../readings/reading.ts'
import { type Sample, sampleOf } from '../readings/sample.ts'

/** A sample that cannot be trusted as it is. */
export interface SuspectSample {
  readonly sample: Sample
  /** the results that made it suspect */
  readonly shownBy: readonly Reading[]
  /** plain words for the card: "ALP below its range supports it" */
  readonly notes: readonly string[]
}

const CALCIUM: readonly AnalyteId[] = ['calcium', 'calcium-adjusted', 'calcium-ionised']

/**
 * The samples in which artefacts are looked for: those that hold the newest usable or doubtful Mg, Ca or P
 * inside the judging window (rules.md 4.2 a).
 */
export function judgedSamples(readings: Readings, knowledge: Knowledge, clock: Clock): readonly Sample[] {
  const newest = (analytes: readonly AnalyteId[]) =>
    analytes
      .map((analyte) => readings.of(analyte).find((reading) => !reading.code.shownOnly))
      .filter((reading) => reading !== undefined)
      .filter((reading) => clock.within(reading.at, knowledge.windows.minerals) === 'yes')
      .sort((a, b) => b.at.from - a.at.from)[0]
  const anchors = [newest(['magnesium']), newest(CALCIUM), newest(['phosphate'])].filter(
    (reading) => reading !== undefined,
  )
  const samples: Sample[] = []
  for (const anchor of anchors) {
    if (!samples.some((sample) => sample.readings.includes(anchor)))
      samples.push(sampleOf(anchor, readings.all))
  }
  return samples
}

/** The reading of an analyte in a sample; of several the first in their fixed order. */
export function inSample(sample: Sample, analyte: AnalyteId): Reading | null {
  return sample.readings.find((reading) => reading.analyte.id === analyte && !reading.code.shownOnly) ?? null
}
