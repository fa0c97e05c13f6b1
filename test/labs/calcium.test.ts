import fc from 'fast-check'
import type { RawResult } from '../../src/record/record.ts'
import {
  ago,
  coded,
  condition,
  dayAgo,
  encounter,
  ICD10CM,
  range,
  result,
  type Story,
  stagesOf,
  when,
} from '../readings/small-record.ts'

const AT = ago(5)
const NORMAL_KIDNEYS = result('eGFR', 90, { at: ago(6) })

function judged(results: readonly RawResult[], story: Story = {}) {
  return stagesOf({ ...story, results: [NORMAL_KIDNEYS, ...results] }).facts.calcium
}

const kind = (...results: readonly RawResult[]) => judged(results)?.kind ?? null
const ca = (value: number, at = AT, over = {}) => result('Ca', value, { at, ...over })
const adjCa = (value: number, at = AT, over = {}) => result('adjCa', value, { at, ...over })
const iCa = (value: number, at = AT, over = {}) => result('iCa', value, { at, ...over })
const albumin = (value: number, at = AT, over = {}) => result('albumin', value, { at, ...over })

describe('which calcium is judged', () => {
  test('within 24 hours: ionised, then the laboratory’s adjusted, then the computed, then the total alone', () => {
    expect(kind(ca(2.3), albumin(40), adjCa(2.3), iCa(1.2))).toBe('ionised')
    expect(kind(ca(2.3), albumin(40), adjCa(2.3))).toBe('laboratory-adjusted')
    expect(kind(ca(2.3), albumin(40))).toBe('computed')
    expect(kind(ca(2.3))).toBe('total')
    expect(kind()).toBeNull()
  })

  test('the newest sample wins where the better one is more than 24 hours older', () => {
    expect(kind(ca(2.3, ago(2)), iCa(1.2, ago(26)))).toBe('ionised')
    expect(kind(ca(2.3, ago(2)), iCa(1.2, ago(26.1)))).toBe('total')
    expect(kind(ca(2.3, ago(2)), adjCa(2.3, ago(26)))).toBe('laboratory-adjusted')
    expect(kind(ca(2.3, ago(2)), adjCa(2.3, ago(27)))).toBe('total')
    expect(kind(iCa(1.2, ago(2)), ca(2.3, ago(80)))).toBe('ionised')
  })

  test('an ionised calcium adjusted to pH 7.4 is shown only', () => {
    const at74 = iCa(1.2, AT, { code: coded(['http://loinc.org', '19072-8']) })
    expect(kind(at74)).toBeNull()
    expect(kind(ca(2.3), at74)).toBe('total')
  })

  test('an adjusted calcium of the laboratory is never adjusted again', () => {
    expect(judged([adjCa(2.1), albumin(25)])?.value.measured.interval.low).toBe(2.1)
  })

  test('whatever the order of arrival', () => {
    const pool = [
      ca(2.3),
      albumin(40),
      adjCa(2.31, ago(3)),
      iCa(1.2, ago(20)),
      ca(2.2, ago(30)),
      albumin(20, ago(30)),
    ]
    const answer = (list: readonly RawResult[]) => {
      const calcium = judged(list)
      return [calcium?.kind, calcium?.reading.observation, calcium?.albumin?.observation, calcium?.uncertain]
    }
    fc.assert(
      fc.property(
        fc
          .subarray(pool)
          .chain((some) =>
            fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
          ),
        ([some, shuffled]) => {
          expect(answer(shuffled)).toEqual(answer(some))
        },
      ),
    )
  })
})

describe('the albumin of the adjustment', () => {
  test('of the same sample before a nearer one', () => {
    const results = [
      ca(2.3, AT, { specimen: 's1' }),
      albumin(30, ago(8), { specimen: 's1' }),
      albumin(45, ago(5.1)),
    ]
    expect(judged(results)?.albumin?.reported.text).toBe('30 g/L')
  })

  test('else the nearest within 24 hours: reliable', () => {
    expect(judged([ca(2.3), albumin(40, ago(29))])).toMatchObject({ kind: 'computed', unreliable: [] })
  })

  test('24 hours to 7 days away: computed, but unreliable', () => {
    expect(judged([ca(2.3), albumin(40, ago(29.1))])).toMatchObject({
      kind: 'computed',
      unreliable: [expect.stringContaining('another day')],
    })
    expect(judged([ca(2.3), albumin(40, ago(5 + 168))])?.kind).toBe('computed')
    expect(judged([ca(2.3), albumin(40, ago(5 + 168.1))])?.kind).toBe('total')
  })

  test('a bound and a doubtful albumin are none', () => {
    expect(judged([ca(2.3), albumin(20, AT, { comparator: '<' })])?.kind).toBe('total')
    expect(judged([ca(2.3), albumin(4.2)])?.kind).toBe('total')
  })
})

describe('when the adjustment is unreliable', () => {
  const isUnreliable = (story: Story, protein = 40) =>
    (judged([ca(2.3), albumin(protein)], story)?.unreliable ?? []).length > 0

  test.each<[number, boolean]>([
    [19, true],
    [20, false],
    [40, false],
    [50, false],
    [51, true],
  ])('albumin %d g/L: %s', (value, expected) => {
    expect(isUnreliable({}, value)).toBe(expected)
  })

  test.each<[string, string, boolean]>([
    ['nephrotic syndrome', 'N04.9', true],
    ['sepsis of the last 14 days', 'A41.9', true],
    ['a paraprotein', 'C90.00', true],
    ['nephritic syndrome', 'N05.9', false],
  ])('%s (%s): %s', (_, code, expected) => {
    expect(
      isUnreliable({ conditions: [condition(coded([ICD10CM, code]), { onset: when(dayAgo(14)) })] }),
    ).toBe(expected)
  })

  test('sepsis of more than 14 days ago is over', () => {
    expect(
      isUnreliable({ conditions: [condition(coded([ICD10CM, 'A41.9']), { onset: when(dayAgo(15)) })] }),
    ).toBe(false)
  })

  test('in intensive care', () => {
    const locations = [
      { status: 'active', start: when(ago(30)), end: null, type: coded(['urn:hsloc', '1027-2']) },
    ]
    expect(isUnreliable({ encounters: [encounter({ locations })] })).toBe(true)
    expect(isUnreliable({ encounters: [encounter()] })).toBe(false)
  })

  test('reduced kidneys with an albumin below 30 g/L', () => {
    const reduced = (protein: number, egfr: number) =>
      stagesOf({ results: [result('eGFR', egfr, { at: ago(6) }), ca(2.3), albumin(protein)] }).facts.calcium
        ?.unreliable.length
    expect(reduced(29, 59)).toBe(1)
    expect(reduced(30, 59)).toBe(0)
    expect(reduced(29, 60)).toBe(0)
  })
})

describe('total and adjusted on different sides of a limit', () => {
  // total 2.05 is below 2.20; adjusted 2.05 + 0.02 x (40 - 29) = 2.27 is in range
  const apart = (protein: number, total: number, story: Story = {}) =>
    judged([ca(total), albumin(protein)], story)

  test('and an albumin below 30 g/L: uncertain', () => {
    expect(apart(29, 2.05)).toMatchObject({
      uncertain: true,
      standing: 'in-range',
      total: { standing: 'low' },
    })
  })

  test('and nothing that makes it doubtful: the adjusted one is judged', () => {
    expect(apart(30, 2.05)).toMatchObject({
      uncertain: false,
      standing: 'in-range',
      total: { standing: 'low' },
    })
  })

  test('and reduced kidneys, or unreliable: uncertain', () => {
    const reduced = stagesOf({ results: [result('eGFR', 50, { at: ago(6) }), ca(2.05), albumin(30)] }).facts
      .calcium
    expect(reduced?.uncertain).toBe(true)
    const sepsis = { conditions: [condition(coded([ICD10CM, 'A41.9']), { onset: when(dayAgo(2)) })] }
    expect(apart(30, 2.05, sepsis)?.uncertain).toBe(true)
  })

  test('the same side is never uncertain, a critical limit is no side', () => {
    expect(apart(25, 2.3)).toMatchObject({ uncertain: false, standing: 'in-range' }) // adjusted 2.60
    // total 1.85 and adjusted 2.05, both low, on two sides of 1.90
    expect(apart(30, 1.85, {})).toMatchObject({ uncertain: false, standing: 'low' })
    expect(apart(29, 1.85)).toMatchObject({ uncertain: false, standing: 'low' }) // adjusted 2.07
  })

  test('of the upper limit as well', () => {
    expect(apart(25, 2.5)).toMatchObject({
      uncertain: true,
      standing: 'high',
      total: { standing: 'in-range' },
    })
  })

  test('beside an ionised calcium it is never uncertain', () => {
    const calcium = judged([ca(2.05), albumin(29), iCa(1.2)])
    expect(calcium).toMatchObject({ kind: 'ionised', uncertain: false, unreliable: [] })
  })
})

describe('the range of the calcium that is judged', () => {
  const lowOf = (results: readonly RawResult[]) => judged(results)?.range?.low

  test('a total alone has its own range, else the built-in one of total calcium', () => {
    expect(lowOf([ca(2.3)])).toMatchObject({ value: 2.1, source: 'built-in' })
    expect(lowOf([ca(2.3, AT, { ranges: [range(2.15, 2.55)] })])).toMatchObject({
      value: 2.15,
      source: 'own',
    })
  })

  test('a computed one has the own range of its total, else the built-in adjusted one', () => {
    expect(lowOf([ca(2.3), albumin(40)])).toMatchObject({ value: 2.2, source: 'built-in' })
    expect(lowOf([ca(2.3, AT, { ranges: [range(2.15, 2.55)] }), albumin(40)])).toMatchObject({
      value: 2.15,
      source: 'own',
    })
  })

  test('the laboratory’s adjusted one has its own, else the own one of the total, else the built-in adjusted one', () => {
    const own = (low: number) => ({ ranges: [range(low, 2.55)] })
    expect(lowOf([adjCa(2.3)])).toMatchObject({ value: 2.2, source: 'built-in' })
    expect(lowOf([adjCa(2.3), ca(2.3, AT, own(2.12))])).toMatchObject({ value: 2.12, source: 'own' })
    expect(lowOf([adjCa(2.3, AT, own(2.18)), ca(2.3, AT, own(2.12))])).toMatchObject({
      value: 2.18,
      source: 'own',
    })
  })
})

describe('the laboratory’s adjusted calcium beside its total', () => {
  test('is uncertain by the same conditions, each figure on its own range', () => {
    const beside = (protein: number) => judged([adjCa(2.27), ca(2.05), albumin(protein)])
    expect(beside(29)).toMatchObject({ kind: 'laboratory-adjusted', uncertain: true })
    expect(beside(30)).toMatchObject({ kind: 'laboratory-adjusted', uncertain: false })
  })

  test('a total of more than 24 hours away is not beside it', () => {
    expect(judged([adjCa(2.27), ca(2.05, ago(29.1)), albumin(29)])?.total).toBeNull()
  })
})
