import { observation, recordOf, without } from './resources.ts'

const valuesOf = (...resources: readonly unknown[]) =>
  recordOf(...resources).results.map(({ value }) => (value.kind === 'quantity' ? value.value : null))
const version = (value: number, over: Record<string, unknown> = {}) =>
  observation({ valueQuantity: { value }, ...over })

describe('a resource sent twice', () => {
  test('is one if both say the same, in whatever order their members stand', () => {
    const turned = Object.fromEntries(Object.entries(version(1)).reverse())
    expect(valuesOf(version(1), version(1), turned)).toEqual([1])
  })

  test('is the one that was changed last', () => {
    const older = version(1, { meta: { lastUpdated: '2026-11-20T08:00:00Z', versionId: '9' } })
    const newer = version(2, { meta: { lastUpdated: '2026-11-20T09:00:00+00:00', versionId: '1' } })
    expect(valuesOf(older, newer)).toEqual([2])
    expect(valuesOf(newer, older)).toEqual([2])
  })

  test('else the one with the greater version, compared as a number', () => {
    const [older, newer] = [
      version(1, { meta: { versionId: '9' } }),
      version(2, { meta: { versionId: '10' } }),
    ]
    expect(valuesOf(older, newer)).toEqual([2])
    expect(valuesOf(newer, older)).toEqual([2])
  })

  test.each([
    ['registered', 'preliminary'],
    ['preliminary', 'final'],
    ['final', 'amended'],
    ['amended', 'corrected'],
    ['corrected', 'cancelled'],
    ['cancelled', 'entered-in-error'],
    ['some-status', 'entered-in-error'],
  ])('else the later status: %s gives way to %s', (earlier, later) => {
    const [older, newer] = [version(1, { status: earlier }), version(2, { status: later })]
    expect(valuesOf(older, newer)).toEqual([2])
    expect(valuesOf(newer, older)).toEqual([2])
  })

  test('is both if nothing tells them apart', () => {
    expect(valuesOf(version(2), version(1))).toEqual(valuesOf(version(1), version(2)))
    expect(valuesOf(version(2), version(1))).toHaveLength(2)
    const opaque = [version(1, { meta: { versionId: 'b7' } }), version(2, { meta: { versionId: 'a9' } })]
    expect(valuesOf(...opaque)).toHaveLength(2)
  })

  test('the newer version decides whose it is', () => {
    const moved = version(1, { subject: { reference: 'Patient/p2' }, meta: { versionId: '2' } })
    const record = recordOf(version(1, { meta: { versionId: '1' } }), moved)
    expect(record.results).toEqual([])
    expect(record.refused).toMatchObject([{ reason: 'other-patient' }])
  })
})

test('without ids, exact copies are one and all else is kept', () => {
  const nameless = (value: number) => without(version(value), 'id')
  expect(valuesOf(nameless(1), nameless(2), nameless(1))).toEqual([1, 2])
  expect(recordOf(nameless(1)).results[0]?.reference).toBeNull()
})
