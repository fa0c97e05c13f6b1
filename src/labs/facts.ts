import type { Drugs } from '../drugs/drugs.ts'
import type { KidneyStatus } from '../kidney/status.ts'
import type { AnalyteId, Knowledge } from '../knowledge/types.ts'
import type { Patient } from '../patient/patient.ts'
import { type Clock, daysBetween } from '../readings/clock.ts'
import type { Reading, Readings, Unusable } from '../readings/reading.ts'
import type { PatientRecord } from '../record/record.ts'
import type { When } from '../record/when.ts'
import type { JudgedCalcium } from './calcium.ts'
import type { FeMg } from './femg.ts'
import type { Judged } from './latest.ts'
import type { Range } from './range.ts'
import type { SuspectSample } from './suspect.ts'
import type { UnitDoubt } from './unit-doubt.ts'

/** Everything the rules decide from. Nothing in it has been graded. */
export interface Facts {
  readonly record: PatientRecord
  readonly clock: Clock
  readonly knowledge: Knowledge
  readonly patient: Patient
  readonly drugs: Drugs
  readonly kidney: KidneyStatus
  readonly readings: Readings
  readonly magnesium: Judged | null
  readonly phosphate: Judged | null
  readonly vitaminD: Judged | null
  readonly calcium: JudgedCalcium | null
  readonly dilution: readonly SuspectSample[]
  readonly edta: readonly SuspectSample[]
  readonly haemolysis: readonly SuspectSample[]
  /** doubtful results inside the judging window, newest first */
  readonly doubts: readonly UnitDoubt[]
  /** the range of any reading; null where none fits */
  readonly rangeOf: (reading: Reading) => Range | null
  /** neither doubtful nor implausible */
  readonly isUsable: (reading: Reading) => boolean
  /** usable and not of a suspect sample: may be an aggravator or a companion (rules.md 4.2 e) */
  readonly isClean: (reading: Reading) => boolean
  /** urine results that no FEMg used */
  readonly unusedUrine: readonly Reading[]
  /** everything that could not be judged so far */
  readonly unusable: readonly Unusable[]
  /** lists that could not be read completely */
  readonly incomplete: {
    /** resource types, or prefetch keys such as "Observation:body" */
    readonly lists: readonly string[]
    readonly medications: boolean
    readonly conditions: boolean
  }
  /** fractional excretions of magnesium, newest first */
  readonly femgs: readonly FeMg[]
  /** sums of 25(OH)D3 and D2, for the answer */
  readonly sums: readonly { readonly sum: Reading; readonly parts: readonly Reading[] }[]
}

/** The newest clean result of an analyte within so many days of a judged one. */
export function companion(facts: Facts, analyte: AnalyteId, near: When, days: number): Reading | null {
  return (
    facts.readings
      .of(analyte)
      .find((reading) => Math.abs(daysBetween(reading.at, near)) <= days && facts.isClean(reading)) ?? null
  )
}

/** The newest clean result of an analyte within so many days before now. */
export function recentResult(facts: Facts, analyte: AnalyteId, days: number): Reading | null {
  return (
    facts.readings
      .of(analyte)
      .find((reading) => facts.clock.within(reading.at, days) === 'yes' && facts.isClean(reading)) ?? null
  )
}

/** Up to three earlier clean results within 24 months, newest first (rules.md 4.4). */
export function earlierResults(facts: Facts, judged: Reading): readonly Reading[] {
  return facts.readings
    .of(judged.analyte.id)
    .filter(
      (reading) =>
        reading.at.from < judged.at.from &&
        daysBetween(reading.at, judged.at) <= facts.knowledge.windows.repeats &&
        reading.code.part === judged.code.part &&
        !reading.code.shownOnly &&
        facts.isClean(reading),
    )
    .slice(0, 3)
}
