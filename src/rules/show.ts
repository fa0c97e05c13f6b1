import type { KnownDrug } from '../drugs/drugs.ts'
import { shownDay } from '../kidney/status.ts'
import type { Analyte } from '../knowledge/types.ts'
import type { Facts } from '../labs/facts.ts'
import { padded, roundHalfUp } from '../quantity/decimal.ts'
import type { Comparable, Limit } from '../quantity/limit.ts'
import type { Reading } from '../readings/reading.ts'
import type { When } from '../record/when.ts'

/** Numbers and names as the cards show them. Plain text: whoever renders a card escapes it. */

/** "20 Nov 2026 07:30": the day and time as they were written in the result. */
export function shownTime(when: When): string {
  const day = shownDay(when.day)
  if (when.precision === 'instant') return `${day} ${when.text.slice(11, 16)}`.trim()
  if (when.precision === 'day') return day
  return when.precision === 'month' ? day.split(' ').slice(1).join(' ') : day.slice(-4)
}

/** "2 hours old", "3 days old", "14 months old": as coarse as the age allows. */
export function shownAge(facts: Facts, when: When): string {
  const days = facts.clock.ageDays(when)
  if (days < 1) {
    const hours = Math.max(0, Math.round(days * 24))
    return when.precision === 'instant' ? plural(hours, 'hour') : 'of today'
  }
  if (days < 90) return plural(Math.floor(days), 'day')
  return plural(Math.floor(days / 30.44), 'month')
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'} old`
}

/** A threshold in the unit of a result: "0.50 mmol/L". */
export function shownLimit(limit: Limit, near: Comparable, analyte: Analyte): string {
  const unit = limit.values[near.measured.unit] !== undefined ? near.measured.unit : near.canonical.unit
  const value = limit.values[unit]
  if (value === undefined) {
    const [first] = Object.entries(limit.values)
    return first ? `${first[1]} ${first[0]}` : ''
  }
  return `${padded(value, analyte.units.get(unit)?.decimals ?? 0)} ${unit}`
}

/** A computed quantity in its compared unit: "2.34 mmol/L". */
export function shownValueOf(value: Comparable, analyte: Analyte): string {
  const { interval, unit } = value.measured
  const decimals = analyte.units.get(unit)?.decimals ?? 2
  return `${padded(roundHalfUp(interval.low, decimals), decimals)} ${unit}`
}

export function shownReading(reading: Reading): string {
  return reading.reported.text
}

/** "omeprazole 20 mg (since 1 Sep 2022)", "magnesium hydroxide (ended 10 Nov 2026)", several joined by commas. */
export function shownDrugs(drugs: readonly KnownDrug[]): string {
  return unique(drugs.map(shownDrug)).join(', ')
}

function shownDrug({ name, raw, use, matched }: KnownDrug): string {
  const notes: string[] = []
  if (!use.activeNow && raw.end) notes.push(`ended ${shownDay(raw.end.day)}`)
  else if (use.activeNow && raw.start) notes.push(`since ${shownDay(raw.start.day)}`)
  if (matched.byName) notes.push('matched by name')
  return notes.length === 0 ? name : `${name} (${notes.join(', ')})`
}

export function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}

/** "a, b and c" */
export function listed(texts: readonly string[]): string {
  const all = unique(texts)
  const last = all.at(-1)
  return all.length < 2 || last === undefined ? (last ?? '') : `${all.slice(0, -1).join(', ')} and ${last}`
}
