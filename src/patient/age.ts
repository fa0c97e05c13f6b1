import { civilOf } from '../record/calendar.ts'
import type { When } from '../record/when.ts'

/** No human being gets older; a greater age is a shifted or wrong birth date (rules.md 1.5). */
const OLDEST = 120

/**
 * Completed years on a day.
 *
 * @param birth the birth date; a year or a month only counts where every day of it gives the same answer
 * @param day calendar day number, as written in the result
 * @returns null = no-age: no birth date, born after that day, older than 120, or not decided by what is known
 */
export function ageYears(birth: When | null, day: number): number | null {
  const span = ageSpan(birth, day)
  return span !== null && span.oldest === span.youngest ? span.oldest : null
}

/** The completed years that a birth year or month allows on a day; null where no birth date is usable. */
export function ageSpan(birth: When | null, day: number): { youngest: number; oldest: number } | null {
  if (birth === null) return null
  const oldest = completedYears(birth.day, day)
  const youngest = completedYears(birth.lastDay, day)
  return youngest < 0 || oldest > OLDEST ? null : { youngest, oldest }
}

/** Days since birth, where the birth date is a day. */
export function ageDays(birth: When | null, day: number): number | null {
  if (birth === null || birth.day !== birth.lastDay || birth.day > day) return null
  return day - birth.day
}

function completedYears(birthDay: number, day: number): number {
  const birth = civilOf(birthDay)
  const at = civilOf(day)
  const before = at.month < birth.month || (at.month === birth.month && at.day < birth.day)
  return at.year - birth.year - (before ? 1 : 0)
}

/** Completed years, months or days on a day; null as for ageYears, and for months and days without a birth day. */
export function completedAge(
  birth: When | null,
  day: number,
  unit: 'years' | 'months' | 'days',
): number | null {
  if (unit === 'years') return ageYears(birth, day)
  const days = ageDays(birth, day)
  if (unit === 'days' || days === null || birth === null) return days
  const from = civilOf(birth.day)
  const at = civilOf(day)
  return (at.year - from.year) * 12 + (at.month - from.month) - (at.day < from.day ? 1 : 0)
}

export type Stage = 'newborn' | 'child' | 'adult'

/** Under 28 days, to the day before the eighteenth birthday, or adult; null = no-age (rules.md 1.2). */
export function stageAt(birth: When | null, day: number): Stage | null {
  const span = ageSpan(birth, day)
  if (span === null || birth === null) return null
  // a birth year can still decide: every day of it must
  if (span.youngest >= 18) return 'adult'
  if (span.oldest >= 18) return null
  if (span.youngest >= 1) return 'child'
  const days = ageDays(birth, day)
  if (days !== null) return days < 28 ? 'newborn' : 'child'
  return day - birth.lastDay >= 28 ? 'child' : null
}
