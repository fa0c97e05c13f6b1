import fc from 'fast-check'
import type { PatientRecord } from '../../src/record/record.ts'
import { recordFrom, recordFromSorted } from './resources.ts'
import { MEDICATION, WHOLE } from './whole.ts'

type Json = Readonly<Record<string, unknown>>

const FULL = WHOLE.map((resource) => ({ resource: resource as unknown, fullUrl: null as string | null }))
const expected = recordFromSorted(FULL)

/** The same resource with every reference made absolute. */
function absolute(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(absolute)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) =>
      name === 'reference' && typeof inner === 'string' && /^[A-Z]/.test(inner)
        ? [name, `https://ehr.example/fhir/${inner}/_history/3`]
        : [name, absolute(inner)],
    ),
  )
}

/** The same resources named by urn:uuid: instead of type and id. */
function byFullUrl(): readonly { resource: unknown; fullUrl: string | null }[] {
  const urls = new Map(
    WHOLE.map((resource, index) => [`${resource.resourceType}/${resource.id}`, `urn:uuid:${index}`]),
  )
  const named = JSON.parse(JSON.stringify(WHOLE), (name, value) =>
    name === 'reference' ? (urls.get(value) ?? value) : value,
  ) as readonly Json[]
  return named.map((resource, index) => ({ resource, fullUrl: `urn:uuid:${index}` }))
}

test('the whole patient is read', () => {
  const count = ({
    results,
    conditions,
    procedures,
    medications,
    nutrition,
    encounters,
    refused,
  }: PatientRecord) =>
    [results, conditions, procedures, medications, nutrition, encounters, refused].map((list) => list.length)
  expect(count(expected)).toEqual([5, 1, 1, 2, 1, 1, 0])
  expect(expected.results.map(({ reference, notes }) => [reference, notes])).toEqual([
    ['DiagnosticReport/r1#c', ['see above']],
    ['Observation/bmp#component-1', ['see above']],
    ['Observation/bmp#component-2', ['see above']],
    ['Observation/mg1', ['called', 'half full', 'see above', 'haemolysed']],
    ['Observation/panel#in', ['see above', 'haemolysed']],
  ])
})

test('the order of the resources changes nothing', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(FULL, { minLength: FULL.length }), (shuffled) => {
      expect(recordFromSorted(shuffled)).toEqual(expected)
    }),
  )
})

test('copies change nothing', () => {
  fc.assert(
    fc.property(fc.subarray(FULL), fc.nat(), (copies, seed) => {
      const all = [
        ...FULL,
        ...copies.map(({ resource }) => ({ resource: structuredClone(resource), fullUrl: null })),
      ]
      const at = seed % all.length
      expect(recordFromSorted([...all.slice(at), ...all.slice(0, at)])).toEqual(expected)
    }),
  )
})

test('relative and absolute references, and those by full url, are the same', () => {
  expect(
    recordFromSorted(FULL.map(({ resource }) => ({ resource: absolute(resource), fullUrl: null }))),
  ).toEqual(expected)
  expect(recordFromSorted(byFullUrl())).toEqual(expected)
})

test('a Medication contained or beside the order is the same', () => {
  const contained = WHOLE.filter((resource) => resource !== MEDICATION).map((resource) =>
    resource.medicationReference === undefined
      ? resource
      : { ...resource, contained: [{ ...MEDICATION, id: 'm' }], medicationReference: { reference: '#m' } },
  )
  expect(recordFromSorted(contained.map((resource) => ({ resource, fullUrl: null })))).toEqual(expected)
})

test('versions that cannot be told apart give the same results in whatever order they came', () => {
  const versions = [1, 2, 3].map((value) => ({
    resource: { ...WHOLE[1], meta: undefined, valueQuantity: { value } } as unknown,
    fullUrl: null,
  }))
  const inOrder = recordFromSorted([...FULL.slice(0, 1), ...versions])
  fc.assert(
    fc.property(fc.shuffledSubarray(versions, { minLength: 3 }), (shuffled) => {
      expect(recordFromSorted([...shuffled, ...FULL.slice(0, 1)])).toEqual(inOrder)
    }),
  )
  expect(inOrder.results).toHaveLength(3)
})

test('what was incomplete is passed on, sorted and once; so is whether the units are vouched for', () => {
  const record = recordFrom(FULL, {
    incomplete: ['Observation:body', 'Condition', 'Condition'],
    unitsVerified: true,
  })
  expect(record.incomplete).toEqual(['Condition', 'Observation:body'])
  expect([record.unitsVerified, record.zone]).toEqual([true, 'Europe/Berlin'])
})
