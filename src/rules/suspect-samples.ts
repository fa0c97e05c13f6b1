/** What the rules about samples that cannot be trusted have in common (rules.md 4, DQ-EDTA, DQ-HAEMOLYSIS, DQ-DILUTION). */
import type { Facts } from '../labs/facts.ts'
import type { SuspectSample } from '../labs/suspect.ts'
import { daysBetween } from '../readings/clock.ts'
import type { Reading } from '../readings/reading.ts'
import {
  type Detection,
  type Finding,
  found,
  noData,
  type Phrase,
  type RuleId,
  type Shown,
  say,
  silent,
} from './rule.ts'
import { listed, shownReading, shownTime } from './show.ts'

const measured = (facts: Facts) =>
  (['magnesium', 'calcium', 'calcium-adjusted', 'calcium-ionised', 'phosphate'] as const).some(
    (analyte) => facts.readings.of(analyte).length > 0,
  )

/** The finding of samples that cannot be trusted: their results, each with its range, and the words of the rule. */
export function suspectFinding(
  facts: Facts,
  rule: RuleId,
  suspects: readonly SuspectSample[],
  say: Pick<Finding, 'grade' | 'summary' | 'phrases'>,
): Detection {
  const [first] = suspects
  if (!first) {
    return measured(facts)
      ? silent('no sample shows the pattern')
      : noData('magnesium, calcium and phosphate not measured')
  }
  const restsOn = eachOnce(suspects.flatMap(({ shownBy }) => shownBy))
  const newest = suspects.reduce((a, b) => (b.sample.anchor.at.from > a.sample.anchor.at.from ? b : a), first)
  return found({
    rule,
    restsOn,
    at: newest.sample.anchor.at,
    critical: 'no',
    caps: [],
    shows: restsOn.map(
      (reading): Shown => ({
        reading,
        range: facts.rangeOf(reading),
        derived: null,
        tied: null,
        newerUnusable: [],
      }),
    ),
    roles: () => [],
    ...say,
  })
}

export function eachOnce(readings: readonly Reading[]): Reading[] {
  return [...new Set(readings)]
}

/** "Mg 0.85 mmol/L on 19 Nov 2026": the newest clean value of another sample beside each suspect one; none = no sentence. */
export function lastClean(
  facts: Facts,
  suspects: readonly SuspectSample[],
  readings: readonly Reading[],
): Phrase[] {
  const days = facts.knowledge.windows.repeats
  const clean = readings.flatMap(({ analyte, at }) =>
    facts.readings
      .of(analyte.id)
      .filter(
        (other) =>
          other.at.from < at.from &&
          daysBetween(other.at, at) <= days &&
          facts.isClean(other) &&
          !suspects.some(({ sample }) => sample.readings.includes(other)),
      )
      .slice(0, 1),
  )
  if (clean.length === 0) return []
  const texts = clean.map(
    (other) => `${other.analyte.symbol} ${shownReading(other)} on ${shownTime(other.at)}`,
  )
  return [say('link', 'clean', { values: listed(texts) })]
}

/** "Mg 0.85 mmol/L, K 7.1 mmol/L" */
export const values = (readings: readonly Reading[]) =>
  listed(readings.map((reading) => `${reading.analyte.symbol} ${shownReading(reading)}`))
