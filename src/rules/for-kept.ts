import type { Kept } from './rule.ts'

/** What a finding says beside the findings that are kept: grade, words and fingerprint ask for the same again. */
export function forKept<T>(make: (kept: Kept) => T): (kept: Kept) => T {
  let last: { readonly kept: Kept; readonly value: T } | null = null
  return (kept) => {
    if (last?.kept !== kept) last = { kept, value: make(kept) }
    return last.value
  }
}
