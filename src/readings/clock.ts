import type { Truth } from '../quantity/interval.ts'
import type { When } from '../record/when.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
/** a result may be dated a little ahead by a clock that runs fast (rules.md 1.1) */
const TOLERANCE_AHEAD = 15 * 60_000

/**
 * Now, as an argument: the instant and the calendar day of the record's zone. Instants are compared by
 * elapsed time, days by counting calendar days, months and years only where every day of them gives the same
 * answer (rules.md 1.1).
 */
export interface Clock {
  readonly now: number
  /** today in the record's zone, counted from 1970-01-01 */
  readonly today: number
  /** age in days: fractional for an instant, whole for a day */
  readonly ageDays: (when: When) => number
  readonly liesAhead: (when: When) => Truth
  /** age <= days */
  readonly within: (when: When, days: number) => Truth
}

export function clockAt(now: number, today: number): Clock {
  const instant = (when: When) => when.precision === 'instant'
  return {
    now,
    today,
    ageDays: (when) => (instant(when) ? (now - when.from) / DAY : today - when.day),
    liesAhead: (when) => {
      if (instant(when)) return when.from > now + TOLERANCE_AHEAD ? 'yes' : 'no'
      if (when.day > today) return 'yes'
      return when.lastDay > today ? 'undecided' : 'no'
    },
    within: (when, days) => {
      if (instant(when)) return now - when.from <= days * DAY ? 'yes' : 'no'
      const oldest = today - when.day <= days
      const newest = today - when.lastDay <= days
      return oldest === newest ? (oldest ? 'yes' : 'no') : 'undecided'
    },
  }
}

/**
 * Hours from `earlier` to `later`; negative if it is the other way round. Where one of them is not an
 * instant, calendar days times 24 (0 on the same day).
 */
export function hoursBetween(earlier: When, later: When): number {
  if (earlier.precision === 'instant' && later.precision === 'instant')
    return (later.from - earlier.from) / HOUR
  return (later.day - earlier.day) * 24
}

/** Days from `earlier` to `later`, likewise. */
export function daysBetween(earlier: When, later: When): number {
  return hoursBetween(earlier, later) / 24
}

/** Two times that are one draw of blood, as far as times can tell: the same minute, or the same written day. */
export function sameMinute(a: When, b: When): boolean {
  if (a.precision === 'instant' && b.precision === 'instant') {
    return Math.floor(a.from / 60_000) === Math.floor(b.from / 60_000)
  }
  return a.precision === b.precision && a.day === b.day && a.lastDay === b.lastDay
}
