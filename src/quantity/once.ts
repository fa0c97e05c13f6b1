/** A value that is made when it is first asked for, and then kept. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** What belongs to an object that lives longer than one patient (a rule, a code, a rule book): made once for each. */
export function oncePer<K extends WeakKey, T>(make: (key: K) => T): (key: K) => T {
  return kept(new WeakMap<K, T>(), make)
}

/** The same for a key within one patient; forgotten with the function. */
export function onceEach<K, T>(make: (key: K) => T): (key: K) => T {
  return kept(new Map<K, T>(), make)
}

/** The last answer is kept: for what is asked again and again in a row, such as the time of all results of one draw. */
export function again<K, T>(make: (key: K) => T): (key: K) => T {
  let last: { readonly key: K; readonly value: T } | null = null
  return (key) => {
    if (last === null || last.key !== key) last = { key, value: make(key) }
    return last.value
  }
}

function kept<K, T>(
  made: { readonly get: (key: K) => T | undefined; readonly set: (key: K, value: T) => unknown },
  make: (key: K) => T,
): (key: K) => T {
  return (key) => {
    let value = made.get(key)
    if (value === undefined) {
      value = make(key)
      made.set(key, value)
    }
    return value
  }
}
