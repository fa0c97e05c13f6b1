import type { Knowledge } from '../knowledge/types.ts'
import { hitsOf } from '../patient/conditions.ts'
import type { Patient } from '../patient/patient.ts'
import type { Clock } from '../readings/clock.ts'
import type { Readings } from '../readings/reading.ts'
import type { PatientRecord } from '../record/record.ts'
import type { When } from '../record/when.ts'

/** Evidence of dialysis counts for so long (rules.md 3.1 no. 1) */
const DAYS = 90

export interface ReplacementTherapy {
  readonly dialysis: boolean
  /** acute dialysis or CRRT */
  readonly acute: boolean
  readonly transplant: boolean
  readonly evidence: readonly string[]
}

/**
 * Dialysis and transplant (rules.md 3.1 no. 1 and 2): a treatment procedure or a pre/post-dialysis result of
 * the last 90 days, or an active condition, and no later transplant. Without dates a transplant on the list
 * wins if there was no dialysis in 90 days.
 */
export function replacementTherapy(
  record: PatientRecord,
  readings: Readings,
  patient: Patient,
  knowledge: Knowledge,
  clock: Clock,
): ReplacementTherapy {
  const evidence: string[] = []
  let acute = false
  let lastTreatment: number | null = null
  let lastTransplant: number | null = null
  let transplantUndated = false

  for (const procedure of record.procedures) {
    if (procedure.status !== 'completed' && procedure.status !== 'in-progress') continue
    const time = procedure.end ?? procedure.start
    const sets = hitsOf(procedure.code, knowledge).map(({ set }) => set.id)
    if (sets.includes('dialysis-procedure') || sets.includes('dialysis-acute')) {
      const recent = time === null ? procedure.status === 'in-progress' : isRecent(time, clock)
      if (recent) {
        evidence.push('dialysis treatment within 90 days')
        acute ||= sets.includes('dialysis-acute')
        lastTreatment = Math.max(lastTreatment ?? Number.NEGATIVE_INFINITY, time?.day ?? clock.today)
      }
    }
    if (sets.includes('kidney-transplant-procedure')) {
      if (time === null) transplantUndated = true
      else if (time.day <= clock.today)
        lastTransplant = Math.max(lastTransplant ?? Number.NEGATIVE_INFINITY, time.day)
    }
  }
  for (const reading of readings.of('creatinine')) {
    if (reading.code.dialysis !== null && isRecent(reading.at, clock)) {
      evidence.push(`${reading.code.dialysis}-dialysis result within 90 days`)
      lastTreatment = Math.max(lastTreatment ?? Number.NEGATIVE_INFINITY, reading.at.day)
    }
  }
  const { conditions } = patient
  const onList = conditions.counting('dialysis', clock.today)
  if (onList.length > 0) evidence.push('dialysis on the problem list')
  for (const { since } of conditions.counting('kidney-transplant', clock.today)) {
    if (since === null) transplantUndated = true
    else lastTransplant = Math.max(lastTransplant ?? Number.NEGATIVE_INFINITY, since.day)
  }

  const transplant = lastTransplant !== null || transplantUndated
  const listed = onList.map(({ since }) => since?.day ?? null)
  const lastListed = listed.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null)
  const dialysis =
    lastTreatment !== null
      ? lastTransplant === null || lastTransplant <= lastTreatment
      : onList.length > 0 &&
        !(transplant && (lastTransplant === null || lastListed === null || lastTransplant > lastListed))
  return { dialysis, acute: acute && dialysis, transplant, evidence: [...new Set(evidence)] }
}

function isRecent(when: When, clock: Clock): boolean {
  return clock.liesAhead(when) === 'no' && clock.within(when, DAYS) === 'yes'
}
