/**
 * Calendar days as whole numbers counted from 1970-01-01, in the proleptic Gregorian calendar. No time zone
 * is involved: a day is the one that was written (rules.md 1.5).
 */

export interface Civil {
  readonly year: number
  /** 1 to 12 */
  readonly month: number
  readonly day: number
}

const DAYS_PER_ERA = 146_097 // 400 years

/** The day number of a date; the month may lie outside 1-12 (13 is January of the next year). */
export function dayNumber(year: number, month: number, day: number): number {
  const shifted = year * 12 + (month - 1) - 2 // months since March of year 0
  const y = Math.floor(shifted / 12)
  const m = shifted - y * 12
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * m + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * DAYS_PER_ERA + dayOfEra - 719_468
}

/** Year, month and day of a day number. */
export function civilOf(dayNumber: number): Civil {
  const z = dayNumber + 719_468
  const era = Math.floor(z / DAYS_PER_ERA)
  const dayOfEra = z - era * DAYS_PER_ERA
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const m = Math.floor((5 * dayOfYear + 2) / 153)
  const month = m < 10 ? m + 3 : m - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * m + 2) / 5) + 1,
  }
}

/** "2026-11-20" */
export function isoDay(dayNumber: number): string {
  const { year, month, day } = civilOf(dayNumber)
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`
}

/** An instant in ms as "2026-11-20T09:30:00Z", to the second. */
export function isoSecond(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const day = Math.floor(seconds / 86_400)
  const rest = seconds - day * 86_400
  const time = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60].map(twoDigits).join(':')
  return `${isoDay(day)}T${time}Z`
}

function twoDigits(count: number): string {
  return count < 10 ? `0${count}` : String(count)
}

/** The same day of the month so many months earlier; where that day does not exist, the last day of that month. */
export function monthsBefore(day: number, months: number): number {
  const { year, month, day: dayOfMonth } = civilOf(day)
  const first = dayNumber(year, month - months, 1)
  const next = dayNumber(year, month - months + 1, 1)
  return Math.min(first + dayOfMonth - 1, next - 1)
}
