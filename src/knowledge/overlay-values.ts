/** What the parts of the merge (overlay.ts) read off a value of either file. */

export interface MergeProblem {
  readonly path: readonly string[]
  readonly reason: string
}

export type Mapping = Readonly<Record<string, unknown>>

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function unitsOf(limits: unknown): string[] {
  return isMapping(limits) ? Object.keys(limits) : []
}

/** Counts of digits: zero and less are as good as any. */
const ANY_SIGN = ['decimals', 'power']

/** No concentration, age or time is zero or less: such a number, where the published ones are positive, is a slip. */
export function notPositive(own: unknown, change: unknown, path: readonly string[]): MergeProblem[] {
  if (ANY_SIGN.includes(path.at(-1) ?? '')) return []
  if (typeof change === 'number') {
    const published = isMapping(own) ? Object.values(own) : [own]
    const isSlip = change <= 0 && published.length > 0 && published.every((number) => Number(number) > 0)
    return isSlip ? [{ path, reason: `${change} is not above zero, as the published number is` }] : []
  }
  if (!isMapping(change)) return []
  return Object.entries(change).flatMap(([unit, number]) =>
    typeof number === 'number' ? notPositive(own, number, [...path, unit]) : [],
  )
}

/** A limit is kept in several units, and the one of the report decides: all are changed, or none. */
export function missingUnits(own: unknown, change: unknown, path: readonly string[]): MergeProblem[] {
  const missing = unitsOf(own).filter((unit) => !unitsOf(change).includes(unit))
  if (missing.length === 0) return []
  return [{ path, reason: `give the changed limit in all of its units; missing: ${missing.join(', ')}` }]
}
