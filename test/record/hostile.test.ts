import fc from 'fast-check'
import { recordFromResources } from '../../src/record/fhir/bundle.ts'
import { OPTIONS, observation, PATIENT, recordOf, sent } from './resources.ts'
import { WHOLE } from './whole.ts'

type Json = unknown

/** JSON of any shape, as a parser gives it: own members called __proto__, lone surrogates, huge numbers. */
const nasty: fc.Arbitrary<Json> = fc.oneof(
  fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }),
  fc.constantFrom(
    null,
    1e308,
    -0,
    '',
    '\ud800',
    '#',
    '/',
    'Patient/',
    '/_history/',
    'Observation/mg1',
    'urn:',
    [],
    {},
    [[]],
    [null],
    JSON.parse('{"__proto__": {"reference": "Patient/p2"}, "constructor": 1, "toString": null}') as Json,
    JSON.parse(
      '{"reference": {"__proto__": null}, "coding": [{"__proto__": []}], "hasOwnProperty": 7}',
    ) as Json,
  ),
)

/** The paths of all members and entries inside a value. */
function pathsIn(value: Json, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, [...path, name]))]
}

function replaced(value: Json, path: readonly string[], by: Json): Json {
  const [name, ...rest] = path
  if (name === undefined) return by
  const inner = replaced((value as Record<string, Json>)[name], rest, by)
  return Array.isArray(value)
    ? value.map((entry, index) => (String(index) === name ? inner : entry))
    : { ...(value as object), [name]: inner }
}

const paths = WHOLE.map((resource) => pathsIn(resource))
const edit = fc
  .nat({ max: WHOLE.length - 1 })
  .chain((index) => fc.tuple(fc.constant(index), fc.constantFrom(...(paths[index] ?? [[]])), nasty))

function edited(edits: readonly [number, readonly string[], Json][]): readonly Json[] {
  const resources: Json[] = [...WHOLE]
  for (const [index, path, by] of edits) {
    const target = resources[index]
    const fits = pathsIn(target).some((known) => known.join() === path.join())
    if (fits) resources[index] = replaced(target, path, by)
  }
  return resources
}

test('no JSON in any place of any resource throws', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      const reading = recordFromResources(sent(edited(edits)), OPTIONS)
      expect(typeof reading.ok).toBe('boolean')
    }),
    { numRuns: 3000 },
  )
})

test('no list of JSON values throws', () => {
  fc.assert(
    fc.property(fc.array(nasty), (values) => {
      const { refused } = recordOf(...values)
      expect(refused.length).toBeLessThanOrEqual(values.length)
    }),
  )
})

test('what is refused is described without a value that was sent', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      const secret = edits.map(([index, path]): [number, readonly string[], Json] => [index, path, 'S3CRET'])
      const reading = recordFromResources(sent(edited(secret)), { ...OPTIONS, patientId: 'p1' })
      const details = reading.ok ? reading.record.refused.map(({ detail }) => detail) : [reading.detail]
      // A resourceType is named as it was sent only if it is one of the standard's.
      expect(details.join()).not.toContain('S3CRET')
    }),
  )
})

test('a member called __proto__ is a member like any other', () => {
  const subject = JSON.parse('{"__proto__": {"reference": "Patient/p2"}}') as Json
  expect(recordOf(observation({ subject })).results).toHaveLength(1)
})

test('values nested deeper than the call stack', () => {
  let deep: Json = 1
  for (let i = 0; i < 20_000; i++) deep = i % 2 === 0 ? [deep] : { a: deep }
  const resources = ['Observation', 'Condition', 'Medication', 'Patient'].flatMap((resourceType) => [
    { resourceType, code: deep, value: deep, contained: deep },
    { resourceType, code: deep, value: deep, contained: deep },
    { resourceType, id: 'x', link: deep, hasMember: deep, extension: deep },
    { resourceType, id: 'x', link: deep, hasMember: deep, extension: [deep] },
  ])
  expect(recordFromResources(sent([PATIENT, ...resources]), { ...OPTIONS, patientId: 'p1' }).ok).toBe(true)
})

describe('a record made to take long does not', () => {
  const many = 20_000
  const list = <T>(make: (index: number) => T) => Array.from({ length: many }, (_, index) => make(index))
  const milliseconds = (resources: readonly Json[]) => {
    const start = performance.now()
    recordFromResources(sent([PATIENT, ...resources]), { ...OPTIONS, patientId: 'p1' })
    return performance.now() - start
  }

  test.each<[string, () => readonly Json[]]>([
    [
      'versions of one resource',
      () => list((value) => observation({ valueInteger: value, valueQuantity: undefined })),
    ],
    [
      'resources without an id',
      () => list((value) => ({ resourceType: 'Condition', code: { text: String(value) } })),
    ],
    [
      'reports of one panel with many members',
      () => [
        ...list((index) => observation({ id: `o${index}` })),
        observation({ id: 'panel', hasMember: list((index) => ({ reference: `Observation/o${index}` })) }),
        ...list((index) => ({
          resourceType: 'DiagnosticReport',
          id: `r${index}`,
          result: [{ reference: 'Observation/panel' }],
        })),
      ],
    ],
    [
      'a chain of merged patients',
      () =>
        list((index) => ({
          resourceType: 'Patient',
          id: `m${many - index}`,
          link: [{ type: 'replaces', other: { reference: `Patient/m${many - index - 1}` } }],
        })),
    ],
    [
      'one resource with many contained ones that it refers to',
      () => [
        {
          resourceType: 'DiagnosticReport',
          id: 'r',
          result: list((index) => ({ reference: `#o${index}` })),
          contained: list((index) => observation({ id: `o${index}`, specimen: { reference: '#s' } })),
        },
      ],
    ],
    [
      'one Medication with many ingredients, ordered often',
      () => [
        {
          resourceType: 'Medication',
          id: 'm',
          ingredient: list(() => ({ itemCodeableConcept: { text: 'x' } })),
        },
        ...list((index) => ({
          resourceType: 'MedicationRequest',
          id: `${index}`,
          medicationReference: { reference: 'Medication/m' },
        })),
      ],
    ],
    [
      'one specimen and one report with many notes, of many results',
      () => [
        { resourceType: 'Specimen', id: 's', note: list((index) => ({ text: `n${index}` })) },
        ...list((index) => observation({ id: `o${index}`, specimen: { reference: 'Specimen/s' } })),
      ],
    ],
  ])('%s', (_, make) => {
    expect(milliseconds(make())).toBeLessThan(5_000)
  })
})
