/** For which ages the laboratory says that a range is. */
import { completedAge } from '../patient/age.ts'
import type { Patient } from '../patient/patient.ts'
import { foldedSpelling } from '../quantity/unit.ts'
import type { Reading } from '../readings/reading.ts'
import type { RawBound, RawRange } from '../record/record.ts'

type AgeUnit = 'years' | 'months' | 'days'

const AGE_UNITS: Readonly<Record<string, readonly [AgeUnit, number]>> = {
  a: ['years', 1],
  y: ['years', 1],
  yr: ['years', 1],
  yrs: ['years', 1],
  year: ['years', 1],
  years: ['years', 1],
  mo: ['months', 1],
  month: ['months', 1],
  months: ['months', 1],
  wk: ['days', 7],
  w: ['days', 7],
  week: ['days', 7],
  weeks: ['days', 7],
  d: ['days', 1],
  day: ['days', 1],
  days: ['days', 1],
}

/** In completed units of the limit, as ages are counted: "18-59 a" holds until the sixtieth birthday. */
function ageInUnitOf(
  { value, unit }: RawBound,
  reading: Reading,
  patient: Patient,
): { age: number; factor: number } | null | 'no-age' {
  const known = AGE_UNITS[foldedSpelling(unit.code || unit.text)]
  // nobody is younger than 0: such a limit was written for something else
  if (!known || value < 0) return null
  const age = completedAge(patient.birth, reading.at.day, known[0])
  return age === null ? 'no-age' : { age, factor: known[1] }
}

/** Has the patient reached the lower age limit of a range? null = the limit is not understood. */
export function reachesAge(limit: RawBound, reading: Reading, patient: Patient): 'yes' | 'no' | null {
  const known = ageInUnitOf(limit, reading, patient)
  if (known === null) return null
  return known !== 'no-age' && known.age >= limit.value * known.factor ? 'yes' : 'no'
}

/** Is the patient not yet past the upper age limit of a range? null = the limit is not understood. */
export function withinAge(limit: RawBound, reading: Reading, patient: Patient): 'yes' | 'no' | null {
  const known = ageInUnitOf(limit, reading, patient)
  if (known === null) return null
  return known !== 'no-age' && known.age < (limit.value + 1) * known.factor ? 'yes' : 'no'
}

/** The youngest age that a range is for, in years: of two that fit, "18 and over" is nearer to 18 than "1 month to 18 years". */
export function startsAt({ ageLow }: RawRange): number {
  if (ageLow === null) return 0
  const known = AGE_UNITS[foldedSpelling(ageLow.unit.code || ageLow.unit.text)]
  const perYear = { years: 1, months: 12, days: 365.25 }
  return known ? (ageLow.value * known[1]) / perYear[known[0]] : 0
}
