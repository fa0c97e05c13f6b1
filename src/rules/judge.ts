import { limitOf } from '../knowledge/limits.ts'
import type { AnalyteId } from '../knowledge/types.ts'
import { companion, type Facts } from '../labs/facts.ts'
import type { Judged } from '../labs/latest.ts'
import { isLow } from '../labs/range.ts'
import type { Truth } from '../quantity/interval.ts'
import { type Comparable, passes } from '../quantity/limit.ts'
import type { Reading } from '../readings/reading.ts'
import type { When } from '../record/when.ts'
import { type Detection, noData, notJudged, type RuleId, type Shown } from './rule.ts'

/** Why a rule has no result to judge: never measured, or measured and unusable (rules.md 1 no. 5). */
export function absent(facts: Facts, analytes: readonly AnalyteId[]): Detection {
  const [newest] = facts.unusable
    .filter(({ analyte }) => analyte !== null && analytes.includes(analyte))
    .sort((a, b) => (b.at?.from ?? 0) - (a.at?.from ?? 0))
  return newest ? notJudged(newest.reason, newest.detail) : noData('not measured')
}

/** Does a quantity pass a threshold of a rule? */
export function past(facts: Facts, of: Comparable, rule: RuleId, key: string): Truth {
  return passes(of, limitOf(facts.knowledge, rule, key))
}

/** Why a critical level would be lowered to warning (rules.md 4.2 f), as far as the judged result tells. */
export function capsOf(facts: Facts, judged: Judged, days = facts.knowledge.windows.critical): string[] {
  const caps: string[] = []
  if (facts.clock.within(judged.reading.at, days) !== 'yes') caps.push('old')
  if (judged.reading.provisional) caps.push('provisional')
  if (judged.tied !== null) caps.push('tied')
  if (judged.range === null && judged.reading.analyte.id !== 'vitamin-d-25oh') caps.push('noRange')
  return caps
}

export function shown(judged: Judged, derived: string | null = null): Shown {
  return {
    reading: judged.reading,
    range: judged.range,
    derived,
    tied: judged.tied,
    newerUnusable: judged.newerUnusable,
  }
}

/** Potassium below the limit that aggravates, beside a result: the newest clean one within 7 days. */
export function lowPotassium(facts: Facts, near: When): { reading: Reading; truth: Truth } | null {
  const reading = companion(facts, 'potassium', near, facts.knowledge.windows.companion)
  return reading && { reading, truth: past(facts, reading, 'MG-LOW', 'lowPotassium') }
}

/** The newest clean magnesium within 7 days of a result, and whether it is below its range. */
export function magnesiumBeside(facts: Facts, near: When): { reading: Reading; low: Truth } | null {
  const reading = companion(facts, 'magnesium', near, facts.knowledge.windows.companion)
  return reading && { reading, low: isLow(reading, facts.rangeOf(reading), reading.analyte) }
}

/** The conditions of these sets that count now. */
export function countingSets(facts: Facts, sets: readonly string[]): string[] {
  return sets.filter((set) => facts.patient.conditions.counts(set, facts.clock.today))
}
