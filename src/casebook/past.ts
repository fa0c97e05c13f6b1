import { civilOf, dayNumber, isoDay } from '../record/calendar.ts'
import { dayOf, readWhen } from '../record/time.ts'
import type { When } from '../record/when.ts'
import { timesOnly } from './built-in-range.ts'
import { CaseError, evaluate, hoursOf, type Quantity } from './expression.ts'

/** Cases are told in one zone, so that they say the same wherever they run. */
export const ZONE = 'UTC'
const HOUR = 3_600_000

/** Times of a case: how long before now. */
export interface Past {
  readonly hours: (text: string) => number
  readonly at: (text: string) => When
  /** the birth date of somebody whose birthday was so many hours ago */
  readonly birth: (years: number, hoursAgo: number) => When
}

export function pastOf(now: Date, limit: Quantity | null): Past {
  const hours = (text: string) => hoursOf(evaluate(text, timesOnly(limit)))
  return {
    hours,
    at: (text) => instant(now.getTime() - Math.round(hours(text) * HOUR)),
    birth: (years, hoursAgo) => birthDay(dayOf(now.getTime() - hoursAgo * HOUR, ZONE), years),
  }
}

function instant(ms: number): When {
  return written(new Date(ms).toISOString())
}

/** Whole years back from a day, then the days of the fraction: 24.997 years is the day before the 25th birthday. */
function birthDay(day: number, years: number): When {
  const whole = Math.floor(years)
  const { year, month, day: dayOfMonth } = civilOf(day - Math.round((years - whole) * 365))
  // born on 29 February: there is one in every year only if it is taken as the 28th
  const leap = month === 2 && dayOfMonth === 29
  return written(isoDay(dayNumber(year - whole, month, leap ? 28 : dayOfMonth)))
}

function written(text: string): When {
  const when = readWhen(text, ZONE)
  if (when === null) throw new CaseError(`${text} is no time`)
  return when
}
