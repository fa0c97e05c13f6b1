import fc from 'fast-check'
import { entriesOf } from '../../src/record/fhir/entries.ts'
import { observation, PATIENT } from './resources.ts'

const bundle = (type: unknown, entry: unknown, over: Record<string, unknown> = {}) => ({
  resourceType: 'Bundle',
  type,
  entry,
  ...over,
})
const placeOf = (value: unknown) => {
  const read = entriesOf(value)
  return read.ok ? null : read.place
}

describe('the resources of a Bundle', () => {
  test.each(['collection', 'searchset', 'batch-response'])('type %s', (type) => {
    const fullUrl = 'urn:uuid:1'
    expect(entriesOf(bundle(type, [{ fullUrl, resource: PATIENT }, { resource: observation() }]))).toEqual({
      ok: true,
      resources: [
        { resource: PATIENT, fullUrl },
        { resource: observation(), fullUrl: null },
      ],
      next: false,
      total: null,
    })
  })

  test('an empty Bundle holds nothing', () => {
    expect(entriesOf(bundle('searchset', undefined, { total: 0 }))).toEqual({
      ok: true,
      resources: [],
      next: false,
      total: 0,
    })
  })

  test('Bundles inside are opened, and one of their next pages counts', () => {
    const page = bundle('searchset', [{ resource: observation() }], {
      link: [{ relation: 'next', url: 'x' }],
      total: 90,
    })
    const read = entriesOf(
      bundle('batch-response', [{ response: { status: '200 OK' }, resource: page }, { resource: PATIENT }]),
    )
    expect(read).toMatchObject({ ok: true, next: true, total: null })
    expect(read.ok && read.resources.map(({ resource }) => resource)).toEqual([observation(), PATIENT])
  })

  test('outcomes of a search are left out', () => {
    const outcome = { search: { mode: 'outcome' }, resource: { resourceType: 'OperationOutcome' } }
    expect(
      entriesOf(bundle('searchset', [outcome, { resource: PATIENT, search: { mode: 'match' } }])),
    ).toMatchObject({
      resources: [{ resource: PATIENT }],
    })
  })
})

describe('a problem names the place and no value', () => {
  test.each([
    ['<html>502</html>', 'Bundle'],
    [null, 'Bundle'],
    [[], 'Bundle'],
    [{ resourceType: 'OperationOutcome' }, 'Bundle'],
    [bundle('transaction', []), 'Bundle.type'],
    [bundle(undefined, []), 'Bundle.type'],
    [bundle('collection', { resource: PATIENT }), 'Bundle.entry'],
    [bundle('collection', [{ resource: PATIENT }, null]), 'Bundle.entry[1]'],
    [bundle('collection', [{ resource: PATIENT }, { fullUrl: 'x' }]), 'Bundle.entry[1].resource'],
    [bundle('collection', [{ resource: 'html' }]), 'Bundle.entry[0].resource'],
    [
      bundle('batch-response', [{ resource: bundle('searchset', [{}]) }]),
      'Bundle.entry[0].resource.entry[0].resource',
    ],
    [bundle('batch-response', [{ response: { status: '404' } }]), 'Bundle.entry[0].response'],
    [
      bundle('batch-response', [{ resource: { resourceType: 'OperationOutcome' } }]),
      'Bundle.entry[0].response',
    ],
    [bundle('collection', [{ modifierExtension: [{ url: 'urn:x' }], resource: PATIENT }]), 'Bundle.entry[0]'],
  ])('%j', (value, place) => {
    expect(placeOf(value)).toBe(place)
  })

  test('Bundles in Bundles without end', () => {
    let deep: unknown = PATIENT
    for (let i = 0; i < 50_000; i++) deep = bundle('collection', [{ resource: deep }])
    expect(entriesOf(deep)).toMatchObject({ ok: false, detail: 'is too deep inside other Bundles' })
  })

  test('nothing throws', () => {
    const hostile = fc.letrec((tie) => ({
      value: fc.oneof(fc.jsonValue(), tie('bundle'), fc.array(tie('entry'), { maxLength: 3 })),
      entry: fc.record(
        { resource: tie('value'), search: tie('value'), response: tie('value') },
        { requiredKeys: [] },
      ),
      bundle: fc.record(
        {
          resourceType: fc.constant('Bundle'),
          type: fc.oneof(fc.constantFrom('collection', 'batch-response'), fc.jsonValue()),
          entry: fc.oneof(fc.array(tie('entry'), { maxLength: 3 }), fc.jsonValue()),
          link: tie('value'),
        },
        { requiredKeys: ['resourceType'] },
      ),
    }))
    fc.assert(fc.property(hostile.bundle, (value) => void entriesOf(value)))
  })
})
