/** Ways to damage a JSON document: what real senders do by mistake, and what nobody should do. */
import fc from 'fast-check'
import type { Json } from './ehr.ts'

const STRANGE: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  5e-324,
  '',
  ' ',
  'x',
  '<script>',
  '2026-02-30',
  '9999-12-31',
  '0001',
  [],
  {},
  [null],
  [[]],
  { __proto__: null },
  { constructor: 'x' },
  '__proto__',
  'constructor',
  '\ud800',
  '﷽',
  'a'.repeat(2000),
  '**x** [a](javascript:1)',
  { reference: '#' },
  { coding: 'x' },
  { value: '1' },
  { resourceType: 'Observation' },
  '1e400',
  '0x10',
  '1,234.5',
  '<',
  '<<1',
  '∞',
]

/** A value of any JSON shape, the known troublemakers most often. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...STRANGE) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
)

type Path = readonly (string | number)[]

export function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [
    path,
    ...Object.entries(value).flatMap(([key, member]) =>
      pathsOf(member, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ]
}

/** A copy with the value at the path replaced (or, with undefined, removed). */
export function replaced(value: unknown, [step, ...rest]: Path, by: unknown): unknown {
  if (step === undefined) return by
  if (Array.isArray(value))
    return value.map((item, index) => (index === step ? replaced(item, rest, by) : item))
  const copy = { ...(value as Json) }
  if (rest.length === 0 && by === undefined) delete copy[step]
  else copy[step] = replaced(copy[step], rest, by)
  return copy
}

/** One to three changes at random places of a document. */
export function damaged(document: unknown): fc.Arbitrary<unknown> {
  const change = fc.tuple(fc.nat(), fc.option(anything, { nil: undefined, freq: 6 }))
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) =>
    changes.reduce<unknown>((value, [at, by]) => {
      const paths = pathsOf(value)
      return replaced(value, paths[at % paths.length] ?? [], by)
    }, document),
  )
}
