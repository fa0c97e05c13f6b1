import type { Drugs } from '../drugs/drugs.ts'
import type { Band, Knowledge } from '../knowledge/types.ts'
import type { Patient } from '../patient/patient.ts'
import type { Clock } from '../readings/clock.ts'
import type { Reading, Readings } from '../readings/reading.ts'
import { civilOf, monthsBefore } from '../record/calendar.ts'
import type { PatientRecord } from '../record/record.ts'
import { instabilityOf, plainCreatinines } from './creatinine.ts'
import { replacementTherapy } from './dialysis.ts'
import { type Estimate, estimatesOf } from './estimate.ts'

/** What is known about the patient's kidneys now, and how (rules.md 3). */
export interface KidneyStatus {
  readonly band: Band
  /** the estimate that decides; null for dialysis, unstable, not-applicable, unknown or by diagnosis */
  readonly estimate: Estimate | null
  readonly confidence: 'high' | 'low'
  readonly flags: readonly ('acute' | 'transplant')[]
  /** one clause for the card: "eGFR 36 reported on 18 Nov 2026" */
  readonly basis: string
  readonly method: string | null
  /** not-applicable: why */
  readonly notApplicable: 'child' | 'pregnancy' | null
  /** found by a diagnosis code only */
  readonly byDiagnosis: boolean
  /** inpatient, and older than the inpatient window: "recheck before acting" */
  readonly recheckFirst: boolean
  /** another estimate of the same day is below 30 while this one is not */
  readonly discordant: boolean
  readonly newestCreatinine: Reading | null
  readonly otherEvidence: readonly string[]
  /** newest creatinine and eGFR that are too old to count, for the not-judged list */
  readonly tooOld: readonly Reading[]
}

/** The decisions of rules.md 3.1 in order; the first that holds is the answer. */
export function kidneyStatusOf(
  record: PatientRecord,
  readings: Readings,
  patient: Patient,
  drugs: Drugs,
  isUsable: (reading: Reading) => boolean,
  knowledge: Knowledge,
  clock: Clock,
): KidneyStatus {
  const creatinines = plainCreatinines(readings.of('creatinine').filter(isUsable))
  const newestCreatinine = creatinines[0] ?? null
  const therapy = replacementTherapy(record, readings, patient, knowledge, clock)
  const estimates = estimatesOf(readings, creatinines, patient, isUsable, knowledge.kidney, clock)
  const severe = therapy.transplant || drugs.active('mg-source').length > 0
  const isCurrent = (estimate: Estimate) =>
    estimate.reading.at.day >= oldestDay(estimate, severe, knowledge, clock)

  const evidence = [...therapy.evidence]
  const base = {
    estimate: null,
    confidence: 'high' as const,
    flags: [
      ...(therapy.acute ? (['acute'] as const) : []),
      ...(therapy.transplant ? (['transplant'] as const) : []),
    ],
    method: null,
    notApplicable: null,
    byDiagnosis: false,
    recheckFirst: false,
    discordant: false,
    newestCreatinine,
    otherEvidence: evidence,
    tooOld: tooOldResults(readings, creatinines, estimates, isUsable, isCurrent, clock),
  }

  if (therapy.dialysis) {
    return { ...base, band: 'dialysis', basis: 'on dialysis: no eGFR is used' }
  }

  const akiCondition = patient.conditions.counting('aki', clock.today)
  const instability = instabilityOf(creatinines, clock)
  if (akiCondition.length > 0 || instability) {
    if (instability && instability.baselineDays !== null) {
      evidence.push(
        `acute or progression: earlier value ${Math.max(1, Math.round(instability.baselineDays / 30))} months old`,
      )
    }
    const recent = newestCreatinine !== null && clock.within(newestCreatinine.at, 7) === 'yes'
    return {
      ...base,
      band: 'unstable',
      confidence: instability || recent ? 'high' : 'low',
      basis: instability?.because ?? 'acute kidney injury on the problem list',
    }
  }

  const now = {
    precision: 'instant' as const,
    from: clock.now,
    to: clock.now,
    day: clock.today,
    lastDay: clock.today,
    text: '',
  }
  if (patient.obstetricAt(now)) {
    return {
      ...base,
      band: 'not-applicable',
      notApplicable: 'pregnancy',
      basis: 'no eGFR is valid in pregnancy',
    }
  }
  const { isChild } = patient

  const chosen = estimates[0] ?? null
  if (chosen && isCurrent(chosen)) {
    const sameDay = estimates.filter(
      (other) => other !== chosen && other.reading.at.day === chosen.reading.at.day,
    )
    for (const other of sameDay) evidence.push(`${other.method}: ${shownValue(other)} on the same day`)
    const { stay } = patient
    const recheckFirst = stay.inpatient && isOldForInpatient(chosen, severe, knowledge, clock)
    evidence.push(...disagreements(chosen, patient, clock))
    return {
      ...base,
      band: chosen.band,
      estimate: chosen,
      confidence: recheckFirst ? 'low' : chosen.confidence,
      basis: `eGFR ${shownValue(chosen)}, ${chosen.method}, ${shownDay(chosen.reading.at.day)}`,
      method: chosen.method,
      recheckFirst,
      discordant: chosen.value >= 30 && sameDay.some((other) => other.value < 30),
    }
  }
  if (chosen)
    evidence.push(`eGFR ${shownValue(chosen)} of ${shownDay(chosen.reading.at.day)} is too old to count`)
  if (isChild) {
    return {
      ...base,
      band: 'not-applicable',
      notApplicable: 'child',
      basis: 'no kidney estimate for this child',
    }
  }

  const stage = stageByDiagnosis(patient, therapy.transplant, clock)
  if (stage) {
    return {
      ...base,
      band: stage,
      confidence: 'low',
      byDiagnosis: true,
      method: 'problem list',
      basis: 'by problem list, no recent result',
    }
  }
  return { ...base, band: 'unknown', confidence: 'low', basis: 'no kidney function on file' }
}

/** The first day on which an estimate of this size still counts (rules.md 3.1 no. 7). */
function oldestDay({ value }: Estimate, severe: boolean, { kidney }: Knowledge, clock: Clock): number {
  const months = kidney.recency.outpatientMonths
  if (severe || value < 30) return monthsBefore(clock.today, months.severe)
  return monthsBefore(clock.today, value < 60 ? months.moderate : months.normal)
}

function isOldForInpatient(
  estimate: Estimate,
  severe: boolean,
  { kidney }: Knowledge,
  clock: Clock,
): boolean {
  const hours = kidney.recency.inpatientHours
  const limit =
    severe || estimate.value < 30 ? hours.severe : estimate.value < 60 ? hours.moderate : hours.normal
  return clock.ageDays(estimate.reading.at) * 24 > limit
}

/** Stage codes by the lowest band of the stage, lowest first; N18.9 says nothing (rules.md 3.1 no. 8). */
const STAGES: readonly (readonly [string, Band])[] = [
  ['ckd-5', '<15'],
  ['ckd-4', '15-29'],
  ['ckd-3b', '30-44'],
  ['ckd-3', '30-44'],
  ['ckd-3a', '45-59'],
  ['ckd-1-2', '>=60'],
]

function stageByDiagnosis({ conditions }: Patient, transplant: boolean, clock: Clock): Band | null {
  for (const [set, band] of STAGES) {
    if (set === 'ckd-5' && transplant) continue
    if (conditions.counts(set, clock.today)) return band
  }
  return null
}

function disagreements(chosen: Estimate, { conditions }: Patient, clock: Clock): string[] {
  const listed = STAGES.find(([set]) => conditions.counts(set, clock.today))
  return listed && listed[1] !== chosen.band
    ? [`the problem list says ${listed[0].toUpperCase().replace('-', ' ')}`]
    : []
}

/** Newest creatinine and newest eGFR, each only if none of its kind is inside the window. */
function tooOldResults(
  readings: Readings,
  creatinines: readonly Reading[],
  estimates: readonly Estimate[],
  isUsable: (reading: Reading) => boolean,
  isCurrent: (estimate: Estimate) => boolean,
  clock: Clock,
): Reading[] {
  const newestEgfr = readings.of('egfr').find(isUsable)
  return [creatinines[0], newestEgfr].filter((reading): reading is Reading => {
    if (!reading) return false
    const estimate = estimates.find((other) => other.reading === reading)
    const current = (other: Estimate) => other.reading.analyte === reading.analyte && isCurrent(other)
    if (estimate) return !estimates.some(current)
    return reading.at.day < monthsBefore(clock.today, 12)
  })
}

/** Whole numbers, as laboratories report an estimate; one decimal next to a band limit; a bound as reported. */
export function shownValue({ shown, reading, estimates }: Estimate): string {
  if (shown === null) return reading.reported.text
  const text = (value: number) => {
    const whole = Math.round(value)
    return [60, 45, 30, 15].includes(whole) && value < whole ? value.toFixed(1) : String(whole)
  }
  return estimates.length > 1 ? estimates.map(text).join(' or ') : text(shown)
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** "18 Nov 2026": no reader takes it for another order of day and month. */
export function shownDay(day: number): string {
  const { year, month, day: dayOfMonth } = civilOf(day)
  return `${dayOfMonth} ${MONTHS[month - 1]} ${year}`
}
