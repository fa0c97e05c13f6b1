/**
 * A text that two JSON values share exactly when they say the same, in whatever order their members stand.
 * Without recursion: a hostile resource may be nested deeper than the call stack, where JSON.stringify throws.
 */
export function contentOf(value: unknown): string {
  const written: string[] = []
  const pending: (Punctuation | { readonly value: unknown })[] = [{ value }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === 'string') written.push(next)
    else if (Array.isArray(next.value)) {
      pending.push(']')
      for (let i = next.value.length - 1; i >= 0; i--) pending.push(',', { value: next.value[i] })
      pending.push('[')
    } else if (typeof next.value === 'object' && next.value !== null) {
      const members = next.value as Readonly<Record<string, unknown>>
      pending.push('}')
      for (const name of Object.keys(members).sort().reverse()) {
        pending.push(',', { value: members[name] }, ':', { value: name })
      }
      pending.push('{')
    } else written.push(JSON.stringify(next.value) ?? 'null')
  }
  return written.join('')
}

type Punctuation = '[' | ']' | '{' | '}' | ',' | ':'
