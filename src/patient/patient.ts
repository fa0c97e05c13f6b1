import type { Knowledge } from '../knowledge/types.ts'
import { onceEach } from '../quantity/once.ts'
import type { Clock } from '../readings/clock.ts'
import type { PatientRecord } from '../record/record.ts'
import type { When } from '../record/when.ts'
import { ageSpan, ageYears, type Stage, stageAt } from './age.ts'
import { type Conditions, conditionsOf } from './conditions.ts'
import { type Pregnancy, pregnancyOf } from './pregnancy.ts'
import { type Stay, stayOf } from './stay.ts'

/** The patient as the rules see them: age and pregnancy at any time, conditions that count, where they lie. */
export interface Patient {
  readonly id: string
  readonly sex: 'male' | 'female' | 'other' | 'unknown'
  readonly birth: When | null
  /** completed years at now; null = no-age */
  readonly age: number | null
  /** the ages that a birth year or month alone allows */
  readonly ageSpan: { readonly youngest: number; readonly oldest: number } | null
  readonly ageAt: (when: When) => number | null
  readonly ageSpanAt: (when: When) => Patient['ageSpan']
  /** certainly under 18 now */
  readonly isChild: boolean
  readonly stageAt: (when: When) => Stage | null
  readonly pregnancy: Pregnancy
  /** pregnant, or delivered at most 48 hours before: ranges of pregnancy, no eGFR */
  readonly obstetricAt: (when: When) => boolean
  readonly conditions: Conditions
  readonly stay: Stay
  /** what a reader should know was not on file: "pregnancy status" */
  readonly notOnFile: readonly string[]
}

export function patientOf(record: PatientRecord, knowledge: Knowledge, clock: Clock): Patient {
  const { id, sex, birth } = record.patient
  const conditions = conditionsOf(record, knowledge)
  const pregnancy = pregnancyOf(record, conditions, knowledge, clock)
  const age = ageYears(birth, clock.today)
  const span = ageSpan(birth, clock.today)
  // asked for every result, and most results share their day
  const stageOn = onceEach((day: number) => stageAt(birth, day))
  const spanOn = onceEach((day: number) => ageSpan(birth, day))
  const notOnFile: string[] = []
  if (age === null) notOnFile.push('age')
  if (sex !== 'male' && sex !== 'female') notOnFile.push('sex')
  if (sex !== 'male' && age !== null && age >= 12 && age <= 55 && !pregnancy.onFile) {
    notOnFile.push('pregnancy status')
  }
  return {
    id,
    sex,
    birth,
    age,
    ageSpan: span,
    isChild: span !== null && span.oldest < 18,
    ageSpanAt: (when) => spanOn(when.day),
    ageAt: (when) => ageYears(birth, when.day),
    stageAt: (when) => stageOn(when.day),
    pregnancy,
    obstetricAt: (when) => {
      const { pregnant, delivered } = pregnancy.at(when)
      return pregnant || delivered
    },
    conditions,
    stay: stayOf(record, knowledge, clock),
    notOnFile,
  }
}
