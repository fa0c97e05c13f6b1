/** A unit that may be another one: rules.md 4, DQ-UNIT. */
import { criticalLimits } from '../labs/critical.ts'
import type { Facts } from '../labs/facts.ts'
import { isHigh, isLow } from '../labs/range.ts'
import type { UnitDoubt } from '../labs/unit-doubt.ts'
import { passes } from '../quantity/limit.ts'
import type { Reading } from '../readings/reading.ts'
import { found, noData, type Phrase, type Rule, say, silent } from './rule.ts'
import { shownReading, shownTime, shownValueOf } from './show.ts'
import { values } from './suspect-samples.ts'

/** The doubtful results that are newer than the judged one of their analyte, or of an analyte that has none. */
function firing(facts: Facts): readonly UnitDoubt[] {
  return facts.doubts.filter(({ reading }) => {
    const judged = judgedOf(facts, reading)
    return judged === null || reading.at.from > judged.at.from
  })
}

function judgedOf(facts: Facts, { analyte }: Reading): Reading | null {
  switch (analyte.id) {
    case 'magnesium':
      return facts.magnesium?.reading ?? null
    case 'phosphate':
      return facts.phosphate?.reading ?? null
    case 'vitamin-d-25oh':
      return facts.vitaminD?.reading ?? null
    default:
      return facts.calcium?.reading.analyte.id === analyte.id ? facts.calcium.reading : null
  }
}

export const dqUnit: Rule = {
  id: 'DQ-UNIT',
  thresholds: [],
  sentences: ['summary', 'zone', 'range', 'implausible', 'reading', 'printed', 'confirm', 'ring'],
  detect: (facts) => {
    const doubts = firing(facts)
    const [first] = doubts
    if (!first) {
      return facts.readings.all.length === 0
        ? noData('nothing measured')
        : silent('no doubtful unit newer than what is judged')
    }
    const critical = doubts.some(({ couldBeCritical }) => couldBeCritical)
    const newest = doubts.reduce((a, b) => (b.reading.at.from > a.reading.at.from ? b : a), first)
    return found({
      rule: 'DQ-UNIT',
      restsOn: doubts.map(({ reading }) => reading),
      at: newest.reading.at,
      critical: 'no',
      caps: [],
      shows: [],
      grade: () => ({ indicator: critical ? 'warning' : 'info', undecided: [] }),
      summary: () => say('because', 'summary', { values: values(doubts.map(({ reading }) => reading)) }),
      phrases: () => [
        ...doubts.flatMap((doubt) => doubtPhrases(facts, doubt)),
        say('option', 'confirm'),
        ...(critical ? [say('option', 'ring')] : []),
      ],
      roles: () => [],
    })
  },
}

function doubtPhrases(facts: Facts, doubt: UnitDoubt): Phrase[] {
  const { reading, couldBe, because } = doubt
  const value = `${reading.analyte.symbol} ${shownReading(reading)}`
  const key = because === 'hard limits' ? 'implausible' : because === 'mix-up zone' ? 'zone' : 'range'
  return [
    say('because', key, { value, date: shownTime(reading.at) }),
    ...(because === 'hard limits'
      ? []
      : [say('because', 'printed', { value, meaning: meaningOf(facts, reading, reading) })]),
    ...couldBe.map((other) =>
      say('because', 'reading', {
        reading: `${other.analyte.name.toLowerCase()} ${shownValueOf(other.value, other.analyte)}`,
        meaning: meaningOf(facts, { ...reading, ...other.value, analyte: other.analyte }, reading),
      }),
    ),
  ]
}

/** "low, past a critical limit", "in range": against the built-in range of the patient's age; not graded. */
function meaningOf(facts: Facts, as: Reading, printed: Reading): string {
  const reading: Reading = { ...as, reported: printed.reported, raw: { ...printed.raw, ranges: [] } }
  const range = facts.rangeOf(reading)
  const side =
    isLow(reading, range, reading.analyte) === 'yes'
      ? 'low'
      : isHigh(reading, range, reading.analyte) === 'yes'
        ? 'high'
        : 'in range'
  const critical = criticalLimits(reading.analyte.id, facts.knowledge).some(
    (limit) => passes(reading, limit) === 'yes',
  )
  return critical ? `${side}, past a critical limit` : side
}
