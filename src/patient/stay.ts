import type { Knowledge } from '../knowledge/types.ts'
import type { Clock } from '../readings/clock.ts'
import type { PatientRecord, RawEncounter } from '../record/record.ts'
import type { When } from '../record/when.ts'

export interface Stay {
  readonly inpatient: boolean
  readonly intensiveCare: boolean
}

const OVER = new Set(['finished', 'cancelled', 'entered-in-error', 'planned', 'completed', 'discontinued'])

/** Is the patient in hospital now, and in intensive care? (value-sets.md 3: inpatient, ICU) */
export function stayOf(record: PatientRecord, { concepts }: Knowledge, clock: Clock): Stay {
  const current = record.encounters.filter(
    (encounter) => concepts.inpatientClasses.includes(encounter.class) && isCurrent(encounter, clock),
  )
  return {
    inpatient: current.length > 0,
    intensiveCare: current.some(({ locations }) =>
      locations.some(
        ({ status, start, end, type }) =>
          (status === '' || status === 'active') &&
          holdsNow(start, end, clock) &&
          type.codings.some(({ code }) => concepts.intensiveCare.codes.includes(code)),
      ),
    ),
  }
}

function isCurrent({ status, start, end }: RawEncounter, clock: Clock): boolean {
  if (OVER.has(status)) return false
  if (start === null && end === null) return status === 'in-progress'
  return holdsNow(start, end, clock)
}

/** A start is the beginning of its day, an end the end of its day (value-sets.md 4). */
export function holdsNow(start: When | null, end: When | null, clock: Clock): boolean {
  return (start === null || start.from <= clock.now) && (end === null || end.to >= clock.now)
}
