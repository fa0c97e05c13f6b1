type Members = Readonly<Record<string, unknown>>

/**
 * A copy without null, "", [] and {} anywhere: a CDS Hooks body carries none of them (cds-hooks.md 0). An
 * element of a list that is null or empty is left out too.
 */
export function withoutEmpty<T extends Members>(value: T): Partial<T> {
  return (cleaned(value) ?? {}) as Partial<T>
}

/** undefined = nothing is left of it. Written without intermediate lists: it runs over all that a card carries. */
function cleaned(value: unknown): unknown {
  if (value === null || value === undefined || value === '') return undefined
  if (typeof value !== 'object') return value
  return Array.isArray(value) ? cleanedList(value) : cleanedMembers(value as Members)
}

function cleanedList(list: readonly unknown[]): readonly unknown[] | undefined {
  const kept: unknown[] = []
  for (const item of list) {
    const clean = cleaned(item)
    if (clean !== undefined) kept.push(clean)
  }
  return kept.length === 0 ? undefined : kept
}

function cleanedMembers(members: Members): Members | undefined {
  const kept: Record<string, unknown> = {}
  let isEmpty = true
  for (const key of Object.keys(members)) {
    const clean = cleaned(members[key])
    if (clean === undefined) continue
    kept[key] = clean
    isEmpty = false
  }
  return isEmpty ? undefined : kept
}
