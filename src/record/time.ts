/**
 * FHIR date, dateTime and instant (http://hl7.org/fhir/R4/datatypes.html#dateTime), read as precisely as they
 * were written. A time that cannot be is no time: nothing is rounded, moved or filled in (rules.md 1.1).
 */
import { remembered } from '../quantity/remembered.ts'
import { dayNumber, isoDay } from './calendar.ts'
import type { When } from './when.ts'
import { instantsOf, offsetAt, startOfDay } from './zone.ts'

const DAY = 86_400_000
const MINUTE = 60_000
/** FHIR allows offsets up to 14 hours (Kiribati) */
const LARGEST_OFFSET = 14 * 60

/**
 * The point or span of time that a text states, or null where it states none (13th month, 30 February, 24:00,
 * a local time that the zone's clocks skip). `zone` (IANA) gives the meaning of days and of times without an
 * offset; a name that does not exist throws a RangeError. A local time that occurs twice is an instant whose
 * `from` and `to` are the two (an hour apart, mostly). Seconds may be left out; a leap second is the start of
 * the next minute.
 */
export function readWhen(text: unknown, zone: string): When | null {
  if (typeof text !== 'string') return null
  return timesOf(zone)(text)
}

const MOST_TIMES = 200
const MOST_ZONES = 4

/** The results of one draw share their times, and all of a message the time of its release: each is read once. */
const timesOf = remembered((zone) => remembered((text) => whenOf(text, zone), MOST_TIMES), MOST_ZONES)

function whenOf(text: string, zone: string): When | null {
  const length = text.length
  const year = digits(text, 0, 4)
  if (year < 1) return null
  if (length === 4) return span('year', dayNumber(year, 1, 1), dayNumber(year + 1, 1, 1) - 1, text, zone)
  const month = text[4] === '-' ? digits(text, 5, 2) : -1
  if (month < 1 || month > 12) return null
  const first = dayNumber(year, month, 1)
  const next = dayNumber(year, month + 1, 1)
  if (length === 7) return span('month', first, next - 1, text, zone)
  const dayOfMonth = text[7] === '-' ? digits(text, 8, 2) : -1
  if (dayOfMonth < 1 || first + dayOfMonth > next) return null
  const day = first + dayOfMonth - 1
  if (length === 10) return span('day', day, day, text, zone)
  return instant(text, day, zone)
}

/** The calendar day (counted from 1970-01-01) that the wall clocks of a zone show at an instant. */
export function dayOf(ms: number, zone: string): number {
  return Math.floor((ms + offsetAt(ms, zone)) / DAY)
}

/** A counted day as "2026-11-20". */
export function dayText(day: number): string {
  return isoDay(day)
}

function span(
  precision: 'day' | 'month' | 'year',
  day: number,
  lastDay: number,
  text: string,
  zone: string,
): When | null {
  const from = startOfDay(day, zone)
  const to = startOfDay(lastDay + 1, zone) - 1
  // Samoa had no 30 December 2011: a day that the zone skips is no day.
  return to < from ? null : { precision, from, to, day, lastDay, text }
}

/** The text from its 'T' on: HH:MM[:SS[.fraction]][Z or offset]. */
function instant(text: string, day: number, zone: string): When | null {
  const hour = digits(text, 11, 2)
  const minute = digits(text, 14, 2)
  if (text[10] !== 'T' || text[13] !== ':' || hour < 0 || hour > 23 || minute < 0 || minute > 59) return null
  let local = day * DAY + hour * 60 * MINUTE + minute * MINUTE
  let at = 16
  if (text[at] === ':') {
    const second = digits(text, 17, 2)
    if (second < 0 || second > 60) return null
    local += second * 1000
    at = 19
    if (text[at] === '.') {
      const end = endOfDigits(text, at + 1)
      if (end === at + 1) return null
      local += Number(text.slice(at + 1, Math.min(end, at + 4)).padEnd(3, '0'))
      at = end
    }
  }
  if (at === text.length) {
    const instants = instantsOf(local, zone)
    if (instants === null) return null
    return { precision: 'instant', from: instants.first, to: instants.last, day, lastDay: day, text }
  }
  const offset = offsetMinutes(text, at)
  if (offset === null) return null
  const ms = local - offset * MINUTE
  return { precision: 'instant', from: ms, to: ms, day, lastDay: day, text }
}

/** Z, +HH:MM or -HH:MM at the end of a text, in minutes; null where it is none of these. */
function offsetMinutes(text: string, at: number): number | null {
  const sign = text[at]
  if (sign === 'Z') return text.length === at + 1 ? 0 : null
  if ((sign !== '+' && sign !== '-') || text.length !== at + 6 || text[at + 3] !== ':') return null
  const hours = digits(text, at + 1, 2)
  const minutes = digits(text, at + 4, 2)
  if (hours < 0 || minutes < 0 || minutes > 59) return null
  const size = hours * 60 + minutes
  if (size > LARGEST_OFFSET) return null
  return sign === '-' ? -size : size
}

/** So many ASCII digits as a number, or -1. Character codes: a regular expression costs several times as much. */
function digits(text: string, start: number, count: number): number {
  let value = 0
  for (let i = start; i < start + count; i++) {
    const digit = text.charCodeAt(i) - 48
    if (!(digit >= 0 && digit <= 9)) return -1
    value = value * 10 + digit
  }
  return value
}

function endOfDigits(text: string, start: number): number {
  let end = start
  while (digits(text, end, 1) >= 0) end++
  return end
}
