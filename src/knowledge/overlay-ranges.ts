import { isMapping, type Mapping, type MergeProblem, missingUnits, notPositive } from './overlay-values.ts'
import type { Origin } from './places.ts'

const SIDES = ['low', 'high'] as const

/** Rows are matched by analyte, years and sex; a matched row is replaced, another one is added; both are the site's. */
export function mergedRanges(
  own: unknown,
  change: unknown,
  path: string[],
  problems: MergeProblem[],
): { value: unknown; origins: Origin[] } {
  if (!Array.isArray(own) || !Array.isArray(change))
    return { value: change, origins: [{ path, inSite: path }] }
  const keyOf = (row: unknown) =>
    isMapping(row) ? JSON.stringify([row.analyte, row.years ?? null, row.sex ?? null]) : ''
  const rows: unknown[] = [...own]
  const writtenAt = new Map<number, number>()
  for (const [index, row] of change.entries()) {
    const found = rows.findIndex((other) => keyOf(other) === keyOf(row))
    const at = found < 0 ? rows.length : found
    const place = [...path, String(index)]
    const earlier = writtenAt.get(at)
    if (earlier !== undefined) {
      const reason = `a second row for the same patients as ${path.join('.')}.${earlier}; one of them says it`
      problems.push({ path: place, reason })
    }
    problems.push(...rowProblems(rows[at], row, own, place))
    rows[at] = isMapping(row) ? { ...row, site: true } : row
    writtenAt.set(at, index)
  }
  const origins = rows.map((_, at): Origin => {
    const index = writtenAt.get(at)
    return { path: [...path, String(at)], inSite: index === undefined ? null : [...path, String(index)] }
  })
  return { value: rows, origins }
}

function rowProblems(before: unknown, row: unknown, published: unknown[], path: string[]): MergeProblem[] {
  if (!isMapping(row)) return []
  return SIDES.flatMap((side) => {
    const at = [...path, side]
    return [
      ...notPositive(publishedLimits(published, row.analyte), row[side], at),
      ...(isMapping(before) ? missingUnits(before[side], row[side], at) : []),
    ]
  })
}

/** All limits of the analyte, of whatever unit, side and patients. */
function publishedLimits(rows: readonly unknown[], analyte: unknown): Mapping {
  const limits = rows
    .filter(isMapping)
    .filter((row) => row.analyte === analyte)
    .flatMap((row) => SIDES.flatMap((side) => (isMapping(row[side]) ? Object.values(row[side]) : [])))
  return { ...limits }
}
