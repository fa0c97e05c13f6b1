import type { Limit, Unit } from '../quantity/limit.ts'
import { oncePer } from '../quantity/once.ts'
import type { AnalyteId, BuiltInRange, Knowledge } from './types.ts'

/**
 * A threshold of a rule by its key. Other rules may read it too: each number is kept in one place.
 *
 * @throws if there is none: the loader has compared code and knowledge both ways, so this is a defect
 */
export function limitOf(knowledge: Knowledge, rule: string, key: string): Limit {
  const limit = knowledge.rules.get(rule)?.thresholds[key]
  if (!limit) throw new Error(`no threshold ${rule}.${key}`)
  return limit
}

/** The number of a threshold that is kept in one unit only ("%", "mmol/L", "h"). */
export function numberOf(knowledge: Knowledge, rule: string, key: string, unit: Unit): number {
  const value = limitOf(knowledge, rule, key).values[unit]
  if (value === undefined) throw new Error(`threshold ${rule}.${key} has no value in ${unit}`)
  return value
}

/** The built-in adult range of an analyte, the first where there are several; undefined where there is none. */
export function adultRangeOf({ ranges }: Knowledge, analyte: AnalyteId): BuiltInRange | undefined {
  return adultRanges(ranges).get(analyte)
}

const adultRanges = oncePer((ranges: readonly BuiltInRange[]) => {
  const byAnalyte = new Map<AnalyteId, BuiltInRange>()
  for (const range of ranges) {
    if (range.applies === 'adult' && !byAnalyte.has(range.analyte)) byAnalyte.set(range.analyte, range)
  }
  return byAnalyte
})
