/**
 * A copy without null, "", [] and {} anywhere: a CDS Hooks body carries none of them (cds-hooks.md 0). An
 * element of a list that is null or empty is left out too.
 */
export function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutEmpty).filter((item) => !isEmpty(item))
  }
  if (typeof value === 'object' && value !== null) {
    const kept: Record<string, unknown> = {}
    for (const [key, member] of Object.entries(value)) {
      const clean = withoutEmpty(member)
      if (!isEmpty(clean)) kept[key] = clean
    }
    return kept
  }
  return value
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && Object.keys(value).length === 0
}
