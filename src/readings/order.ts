import { decimalsOf } from '../quantity/decimal.ts'
import { sameMinute } from './clock.ts'
import type { Reading } from './reading.ts'
import { exactValueOf, hasExactValue } from './reading.ts'

/**
 * Newest first: by effective time, for a tie by `issued`, then by version (rules.md 1.1). What is left equal
 * is put in an order that depends on the content only, so that the order of arrival never decides.
 */
function newestFirst(a: Reading, b: Reading): number {
  return (
    b.at.from - a.at.from ||
    issuedAt(b) - issuedAt(a) ||
    (b.raw.revised ?? 0) - (a.raw.revised ?? 0) ||
    a.canonical.interval.low - b.canonical.interval.low ||
    byText(a.code.code, b.code.code) ||
    byText(a.reported.text, b.reported.text) ||
    byText(a.observation ?? '', b.observation ?? '')
  )
}

/** Sorted in place; most senders send the newest first, and then there is nothing to sort. */
export function newestToOldest(readings: Reading[]): readonly Reading[] {
  for (let index = 1; index < readings.length; index += 1) {
    const [newer, older] = [readings[index - 1], readings[index]]
    if (newer && older && newestFirst(newer, older) > 0) return readings.sort(newestFirst)
  }
  return readings
}

function issuedAt({ raw }: Reading): number {
  return raw.issued?.from ?? 0
}

/** In the order of their code units, the same in every language and place. */
export function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/** Are the two left tied by time, release and version: nothing says which is the later one? */
export function areTied(a: Reading, b: Reading): boolean {
  if (!timesOverlap(a, b)) return false
  if (a.raw.issued && b.raw.issued && a.raw.issued.from !== b.raw.issued.from) return false
  return (a.raw.revised ?? 0) === (b.raw.revised ?? 0)
}

/** A day without a time may be any moment of that day. */
function timesOverlap(a: Reading, b: Reading): boolean {
  if (a.at.precision === 'instant' && b.at.precision === 'instant') return a.at.from === b.at.from
  return a.at.day <= b.at.lastDay && b.at.day <= a.at.lastDay
}

/**
 * The sorted readings of one analyte with each measurement once: an equal value at the same minute from two
 * feeds or under two codes is one result; the one with an own range is kept, else the one with more digits.
 */
export function withoutRepeats(sorted: readonly Reading[]): readonly Reading[] {
  if (sorted.length < 2) return sorted
  const kept: Reading[] = []
  for (const reading of sorted) {
    const index = repeatOf(reading, kept)
    const other = kept[index]
    if (!other) kept.push(reading)
    else if (isBetter(reading, other)) kept[index] = reading
  }
  return kept
}

function repeatOf(reading: Reading, kept: readonly Reading[]): number {
  for (let index = kept.length - 1; index >= 0; index -= 1) {
    const other = kept[index]
    if (!other || other.at.from - reading.at.from > 60_000) return -1
    if (isRepeat(other, reading)) return index
  }
  return -1
}

function isRepeat(a: Reading, b: Reading): boolean {
  if (!sameMinute(a.at, b.at) || a.code.part !== b.code.part || a.code.dialysis !== b.code.dialysis)
    return false
  if (a.code.shownOnly !== b.code.shownOnly) return false
  const x = a.canonical.interval
  const y = b.canonical.interval
  if (!hasExactValue(a) || !hasExactValue(b)) {
    return (
      a.measured.unit === b.measured.unit &&
      x.low === y.low &&
      x.high === y.high &&
      x.lowOpen === y.lowOpen &&
      x.highOpen === y.highOpen
    )
  }
  if (x.low === y.low) return true
  // one step of the coarser unit: two exports of one measurement differ by rounding, never by a whole step
  const step = Math.max(stepOf(a), stepOf(b))
  return Math.abs(x.low - y.low) < step * (1 - 1e-9)
}

function stepOf({ unit, analyte }: Reading): number {
  const compared = analyte.units.get(unit.comparedIn) ?? unit
  return 10 ** -compared.decimals * compared.factor
}

function isBetter(a: Reading, b: Reading): boolean {
  const ranges = Number(a.raw.ranges.length > 0) - Number(b.raw.ranges.length > 0)
  if (ranges !== 0) return ranges > 0
  if (a.measured.unit !== b.measured.unit) return stepOf(a) < stepOf(b)
  // two exports of one measurement: the one with more digits (field-notes.md 10)
  return hasExactValue(a) && hasExactValue(b) && decimalsOf(exactValueOf(a)) > decimalsOf(exactValueOf(b))
}
