import { isMapping, type Mapping, type MergeProblem, notPositive, unitsOf } from './overlay-values.ts'

const SIDES = ['low', 'high'] as const

/** Rows are matched by analyte, years and sex; a matched row is replaced, another one is added; both are the site's. */
export function mergedRanges(
  own: unknown,
  change: unknown,
  path: string[],
  problems: MergeProblem[],
): unknown {
  if (!Array.isArray(own) || !Array.isArray(change)) return change
  const keyOf = (row: unknown) =>
    isMapping(row) ? JSON.stringify([row.analyte, row.years ?? null, row.sex ?? null]) : ''
  const rows: unknown[] = [...own]
  for (const [index, row] of change.entries()) {
    const at = rows.findIndex((other) => keyOf(other) === keyOf(row))
    const before: unknown = at < 0 ? null : rows[at]
    if (isMapping(row)) {
      for (const side of SIDES)
        problems.push(
          ...notPositive(publishedLimits(own, row.analyte), row[side], [...path, String(index), side]),
        )
    }
    if (isMapping(before) && isMapping(row)) {
      for (const side of SIDES) {
        const missing = unitsOf(before[side]).filter((unit) => !unitsOf(row[side]).includes(unit))
        if (missing.length > 0) {
          problems.push({
            path: [...path, String(index), side],
            reason: `give the changed limit in all of its units; missing: ${missing.join(', ')}`,
          })
        }
      }
    }
    const marked = isMapping(row) ? { ...row, site: true } : row
    if (at < 0) rows.push(marked)
    else rows[at] = marked
  }
  return rows
}

/** All limits of the analyte, of whatever unit, side and patients. */
function publishedLimits(rows: readonly unknown[], analyte: unknown): Mapping {
  const limits = rows
    .filter(isMapping)
    .filter((row) => row.analyte === analyte)
    .flatMap((row) => SIDES.flatMap((side) => (isMapping(row[side]) ? Object.values(row[side]) : [])))
  return { ...limits }
}
