/** Every kind of value that a rule book holds, and a copy of the rule book with one of them changed. */
import type { Knowledge } from '../../src/knowledge/types.ts'

export type Path = readonly (string | number)[]

/** Made from other parts by the loader: what they say is said where it was read. */
const DERIVED = [
  'version',
  'codes',
  'conditionIndex',
  'drugs.byRxnorm',
  'drugs.byAtc',
  'drugs.byName',
  'drugs.groupsByAtc',
  'drugs.groupsByRole',
]

/** Notes beside the values in the files: for who edits them, not read by the program and not on the page yet. */
const NOTES =
  /^(?:concepts|names|overrideReasons)\.(?:about|source)$|^concepts\..*name$|^analytes\.\*\.zones\.\*\.source$|^kidney\.(?:methods\.\*|recency)\.source$/u

/** Objects whose keys are content, not fields. */
const KEYED = ['thresholds', 'sentences', 'values', 'low', 'high', 'wording', 'phrases']

export interface Leaf {
  /** "rules.*.thresholds.*.values.*" */
  readonly kind: string
  readonly path: Path
  readonly value: string | number | boolean | RegExp
  /** another value that the same kind of leaf has somewhere */
  readonly other: string | number | boolean | RegExp
}

/** One leaf of each kind, with another value for it. */
export function leavesOf(knowledge: Knowledge): readonly Leaf[] {
  const kinds = new Map<string, Leaf>()
  const visit = (value: unknown, path: Path, kind: readonly string[]) => {
    const name = kind.join('.')
    if (value === null || value === undefined || DERIVED.includes(name) || NOTES.test(name)) return
    if (value instanceof Map) {
      for (const [key, inner] of value) visit(inner, [...path, key], [...kind, '*'])
    } else if (value instanceof Set) {
      return
    } else if (Array.isArray(value)) {
      for (const [index, inner] of value.entries()) visit(inner, [...path, index], [...kind, '*'])
    } else if (typeof value === 'object' && !(value instanceof RegExp)) {
      const keyed = KEYED.includes(kind.at(-1) ?? '')
      for (const [key, inner] of Object.entries(value))
        visit(inner, [...path, key], [...kind, keyed ? '*' : key])
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
  visit(knowledge, [], [])
  return [...kinds.values()]
}

function isPlain(value: unknown): value is Leaf['value'] {
  return ['string', 'number', 'boolean'].includes(typeof value) || value instanceof RegExp
}

function different(value: Leaf['value']): Leaf['value'] {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1
  if (value instanceof RegExp) return /(?:another)/gu
  return `${value} changed`
}

/** A deep copy in which one value is another; what the parts share they still share. */
export function withChange(knowledge: Knowledge, path: Path, value: unknown): Knowledge {
  const copy = structuredClone(knowledge)
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
