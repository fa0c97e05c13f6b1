import { earlierResults, type Facts } from '../labs/facts.ts'
import type { Range, RangeSource, Side } from '../labs/range.ts'
import { minus, padded } from '../quantity/decimal.ts'
import { daysBetween } from '../readings/clock.ts'
import { exactValueOf, hasExactValue, type Reading } from '../readings/reading.ts'
import type { Shown } from '../rules/rule.ts'
import { shownAge, shownReading, shownTime } from '../rules/show.ts'
import { inert } from './escape.ts'
import { frame } from './sentences.ts'

/** One result as a card shows it: value, range and whose, time and age, trend, and what is odd about it. */
export function resultText({ reading, range, derived, tied, newerUnusable }: Shown, facts: Facts): string {
  const { knowledge } = facts
  const say = (key: string, values: Readonly<Record<string, string>> = {}) => frame(knowledge, key, values)
  const common = {
    analyte: reading.analyte.name,
    range: rangeText(reading, range, facts),
    time: shownTime(reading.at),
    age: shownAge(facts, reading.at),
  }
  const lines = [
    derived
      ? say('resultDerived', { ...common, derived: inert(derived) })
      : say('result', { ...common, value: inert(shownReading(reading)) }),
  ]
  if (reading.provisional) lines.push(say('provisional'))
  if (reading.raw.effectiveFrom === 'issued') lines.push(say('timeOfReport'))
  if (tied) lines.push(say('tied', { value: inert(shownReading(tied)) }))
  if (newerUnusable.length > 0) {
    lines.push(say('newer', { reasons: [...new Set(newerUnusable.map(({ reason }) => reason))].join(', ') }))
  }
  lines.push(...trend(reading, facts))
  return lines.join(' ')
}

function rangeText(reading: Reading, range: Range | null, { knowledge }: Facts): string {
  if (reading.analyte.id === 'vitamin-d-25oh') return frame(knowledge, 'decisionLimits')
  if (!range || (!range.low && !range.high)) return frame(knowledge, 'noRange')
  const { low, high } = range
  const number = ({ value, unit }: Side) => padded(value, reading.analyte.units.get(unit)?.decimals ?? 0)
  const source = (of: RangeSource) => frame(knowledge, of === 'own' ? 'sourceOwn' : 'sourceBuiltIn')
  if (low && high) {
    const sources =
      low.source === high.source
        ? source(low.source)
        : frame(knowledge, 'sourceMixed', { lowSource: source(low.source), highSource: source(high.source) })
    const lowUnit = low.unit === high.unit ? '' : ` ${low.unit}`
    return frame(knowledge, 'range', {
      low: number(low) + lowUnit,
      high: number(high),
      unit: high.unit,
      source: sources,
    })
  }
  const side = low ?? high
  if (!side) return frame(knowledge, 'noRange')
  const key = low ? 'rangeLow' : 'rangeHigh'
  return frame(knowledge, key, {
    low: number(side),
    high: number(side),
    unit: side.unit,
    source: source(side.source),
  })
}

/** Up to three earlier clean results, the difference to the last of them, a rate only within a week (rules.md 4.4). */
function trend(reading: Reading, facts: Facts): string[] {
  const earlier = earlierResults(facts, reading)
  const [last] = earlier
  if (!last) return []
  const { knowledge } = facts
  const values = earlier.map((other) => `${inert(shownReading(other))} on ${shownTime(other.at)}`).join(', ')
  const lines = [frame(knowledge, 'trend', { values })]
  if (!hasExactValue(reading) || !hasExactValue(last) || last.measured.unit !== reading.measured.unit)
    return lines
  const days = daysBetween(last.at, reading.at)
  const decimals = reading.analyte.units.get(reading.measured.unit)?.decimals ?? 2
  const difference = minus(exactValueOf(reading), exactValueOf(last))
  const signed = (value: number) => `${value > 0 ? '+' : ''}${padded(value, decimals)}`
  const rate =
    days >= 1 && days <= 7
      ? frame(knowledge, 'rate', {
          rate: `${signed(Number((difference / days).toFixed(decimals)))} ${reading.measured.unit}`,
        })
      : ''
  lines.push(
    frame(knowledge, 'change', {
      difference: `${signed(difference)} ${reading.measured.unit}`,
      time:
        days < 1
          ? frame(knowledge, 'withinADay')
          : frame(knowledge, 'inDays', { days: String(Math.round(days)) }),
      rate,
    }),
  )
  return lines
}
