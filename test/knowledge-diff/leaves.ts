/** Every kind of value that a rule book holds, and a copy of it with one of them changed. */

export type Path = readonly (string | number)[]

export interface Leaf {
  /** "rules.*.thresholds.*.values.*" */
  readonly kind: string
  readonly path: Path
  readonly value: string | number | boolean | RegExp
  /** another value that the same kind of leaf has somewhere */
  readonly other: string | number | boolean | RegExp
}

export interface LeavesOf {
  /** kinds that are no statements of their own */
  readonly except: readonly string[]
  /** kinds of objects whose keys are content, not fields */
  readonly keyed: RegExp
}

/** One leaf of each kind, with another value for it. */
export function leavesOf(whole: unknown, { except, keyed }: LeavesOf): readonly Leaf[] {
  const kinds = new Map<string, Leaf>()
  const visit = (value: unknown, path: Path, kind: readonly string[]) => {
    const name = kind.join('.')
    if (value === null || value === undefined || except.includes(name)) return
    if (value instanceof Map) {
      for (const [key, inner] of value) visit(inner, [...path, key], [...kind, '*'])
    } else if (Array.isArray(value)) {
      for (const [index, inner] of value.entries()) visit(inner, [...path, index], [...kind, '*'])
    } else if (typeof value === 'object' && !(value instanceof RegExp)) {
      const isKeyed = keyed.test(name)
      for (const [key, inner] of Object.entries(value))
        visit(inner, [...path, key], [...kind, isKeyed ? '*' : key])
    } else if (isPlain(value)) {
      const known = kinds.get(name)
      if (!known) kinds.set(name, { kind: name, path, value, other: different(value) })
      else if (
        String(known.other) === String(different(known.value)) &&
        String(value) !== String(known.value)
      )
        kinds.set(name, { ...known, other: value })
    }
  }
  visit(whole, [], [])
  return [...kinds.values()]
}

function isPlain(value: unknown): value is Leaf['value'] {
  return ['string', 'number', 'boolean'].includes(typeof value) || value instanceof RegExp
}

/** A value that no rule book has at that place. */
export function different(value: Leaf['value']): Leaf['value'] {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1
  if (value instanceof RegExp) return /(?:another)/gu
  return `${value} changed`
}

/** A deep copy in which one value is another; what the parts share they still share. */
export function withChange<T>(whole: T, path: Path, value: unknown): T {
  const copy = structuredClone(whole)
  let at: unknown = copy
  for (const key of path.slice(0, -1)) at = isMap(at) ? at.get(key) : (at as Record<string, unknown>)[key]
  const last = path.at(-1) ?? ''
  if (isMap(at)) at.set(last, value)
  else (at as Record<string, unknown>)[last] = value
  return copy
}

/** A clone's Maps are of another realm under Jest, so instanceof does not know them. */
function isMap(value: unknown): value is Map<unknown, unknown> {
  return Object.prototype.toString.call(value) === '[object Map]'
}
