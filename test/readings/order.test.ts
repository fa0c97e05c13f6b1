import fc from 'fast-check'
import { assess } from '../../src/assess.ts'
import { areTied } from '../../src/readings/order.ts'
import { readResults } from '../../src/readings/read.ts'
import type { Reading } from '../../src/readings/reading.ts'
import type { RawResult } from '../../src/record/record.ts'
import { knowledge } from '../loaded-knowledge.ts'
import { ago, CODES, clockOf, coded, LOINC, NOW, range, recordOf, result } from './small-record.ts'

function readAll(...results: readonly RawResult[]): readonly Reading[] {
  return readResults(recordOf({ results }), knowledge, clockOf()).all
}

const shown = (readings: readonly Reading[]) => readings.map(({ reported }) => reported.text)
const AT = '2026-11-20T07:30:00Z'
const MASS = coded([LOINC, '19123-9'])

describe('newest first', () => {
  test('by effective time', () => {
    const readings = readAll(result('Mg', 0.6, { at: ago(5) }), result('Mg', 0.7, { at: ago(4) }))
    expect(shown(readings)).toEqual(['0.70 mmol/L', '0.60 mmol/L'])
  })

  test('for a tie by the time of report', () => {
    const readings = readAll(
      result('Mg', 0.6, { id: 'a', at: AT, issuedAt: '2026-11-20T08:00:00Z' }),
      result('Mg', 0.7, { id: 'b', at: AT, issuedAt: '2026-11-20T09:00:00Z' }),
    )
    expect(shown(readings)).toEqual(['0.70 mmol/L', '0.60 mmol/L'])
  })

  test('for a tie of both by the later version', () => {
    const readings = readAll(
      result('Mg', 0.6, { id: 'a', at: AT, revised: 2 }),
      result('Mg', 0.7, { id: 'b', at: AT, revised: 1 }),
    )
    expect(shown(readings)).toEqual(['0.60 mmol/L', '0.70 mmol/L'])
  })

  test('the order of arrival never decides', () => {
    const anyResult = fc
      .record({
        id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        hours: fc.integer({ min: 1, max: 3 }),
        value: fc.integer({ min: 40, max: 120 }),
        issued: fc.option(fc.integer({ min: 0, max: 1 })),
        revised: fc.option(fc.integer({ min: 1, max: 2 })),
      })
      .map(({ id, hours, value, issued, revised }) =>
        result('Mg', value / 100, {
          id: `${id}-${hours}-${value}-${issued}-${revised}`,
          at: ago(hours),
          ...(issued === null ? {} : { issuedAt: ago(issued) }),
          revised,
        }),
      )
    const results = fc.uniqueArray(anyResult, { selector: ({ reference }) => reference, maxLength: 6 })
    fc.assert(
      fc.property(
        results.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([list, shuffled]) => {
          const ids = (all: readonly RawResult[]) => readAll(...all).map(({ observation }) => observation)
          expect(ids(shuffled)).toEqual(ids(list))
        },
      ),
    )
  })
})

describe('ties', () => {
  const tied = (a: RawResult, b: RawResult) => {
    const [first, second] = readAll(a, b)
    if (!first || !second) throw new Error('two readings expected')
    return areTied(first, second)
  }

  test('two values of one time that nothing puts in order are tied', () => {
    expect(tied(result('Mg', 0.6, { id: 'a', at: AT }), result('Mg', 0.7, { id: 'b', at: AT }))).toBe(true)
  })

  test('a report or a version that is later unties them', () => {
    const a = result('Mg', 0.6, { id: 'a', at: AT, issuedAt: '2026-11-20T08:00:00Z' })
    expect(tied(a, result('Mg', 0.7, { id: 'b', at: AT, issuedAt: '2026-11-20T08:01:00Z' }))).toBe(false)
    expect(
      tied(
        result('Mg', 0.6, { id: 'a', at: AT, revised: 1 }),
        result('Mg', 0.7, { id: 'b', at: AT, revised: 2 }),
      ),
    ).toBe(false)
  })

  test('a second apart is not a tie', () => {
    expect(
      tied(
        result('Mg', 0.6, { id: 'a', at: AT }),
        result('Mg', 0.7, { id: 'b', at: '2026-11-20T07:30:01Z' }),
      ),
    ).toBe(false)
  })

  test('a day without a time ties with any moment of that day, not with the day before', () => {
    const day = result('Mg', 0.6, { id: 'a', at: '2026-11-20' })
    expect(tied(day, result('Mg', 0.7, { id: 'b', at: AT }))).toBe(true)
    expect(tied(day, result('Mg', 0.7, { id: 'b', at: '2026-11-19T23:59:00Z' }))).toBe(false)
  })
})

describe('one measurement from two feeds or under two codes is one result', () => {
  test('the same value at the same minute', () => {
    const readings = readAll(
      result('Mg', 0.62, { id: 'a', at: '2026-11-20T07:30:05Z' }),
      result('Mg', 0.62, { id: 'b', at: '2026-11-20T07:30:50Z' }),
    )
    expect(readings).toHaveLength(1)
  })

  test('the next minute is another result', () => {
    const readings = readAll(
      result('Mg', 0.62, { id: 'a', at: '2026-11-20T07:30:59Z' }),
      result('Mg', 0.62, { id: 'b', at: '2026-11-20T07:31:00Z' }),
    )
    expect(readings).toHaveLength(2)
  })

  test('in mmol/L and in mg/dL, within one step of the coarser unit: the finer is kept', () => {
    // 1.5 mg/dL is 0.617 mmol/L; a step of mg/dL is 0.041 mmol/L
    const readings = readAll(
      result('Mg', 1.5, { id: 'a', at: AT, unit: 'mg/dL', code: MASS }),
      result('Mg', 0.62, { id: 'b', at: AT }),
    )
    expect(shown(readings)).toEqual(['0.62 mmol/L'])
  })

  test('a step of mg/dL or more away is another value', () => {
    const readings = readAll(
      result('Mg', 1.5, { id: 'a', at: AT, unit: 'mg/dL', code: MASS }),
      result('Mg', 0.66, { id: 'b', at: AT }),
    )
    expect(readings).toHaveLength(2)
  })

  test('one step of one unit apart is another value', () => {
    expect(
      readAll(result('Mg', 0.62, { id: 'a', at: AT }), result('Mg', 0.63, { id: 'b', at: AT })),
    ).toHaveLength(2)
    expect(
      readAll(
        result('Mg', 1.5, { id: 'a', at: AT, unit: 'mg/dL' }),
        result('Mg', 1.6, { id: 'b', at: AT, unit: 'mg/dL' }),
      ),
    ).toHaveLength(2)
  })

  test('the one with an own range is kept', () => {
    const readings = readAll(
      result('Mg', 0.62, { id: 'a', at: AT }),
      result('Mg', 0.62, { id: 'b', at: AT, ranges: [range(0.7, 1.0, 'mmol/L')] }),
    )
    expect(readings.map(({ observation }) => observation)).toEqual(['Observation/b'])
  })

  test('a bound and its number are two results, two equal bounds are one', () => {
    expect(
      readAll(
        result('Mg', 0.3, { id: 'a', at: AT }),
        result('Mg', 0.3, { id: 'b', at: AT, comparator: '<' }),
      ),
    ).toHaveLength(2)
    expect(
      readAll(
        result('Mg', 0.3, { id: 'a', at: AT, comparator: '<' }),
        result('Mg', 0.3, { id: 'b', at: AT, comparator: '<' }),
      ),
    ).toHaveLength(1)
  })

  test('D2 and D3 of the same number stay two, and so do pre- and post-dialysis creatinine', () => {
    expect(readAll(result('D2', 20, { at: AT }), result('D3', 20, { at: AT }))).toHaveLength(2)
    const dialysis = (code: string) =>
      result('creatinine', 400, { id: code, at: AT, code: coded([LOINC, code]) })
    expect(readAll(dialysis('51619-5'), dialysis('51620-3'), dialysis(CODES.creatinine))).toHaveLength(3)
  })
})

describe('more results of one patient than a function takes arguments', () => {
  test.each([
    ['usable', 'Mg', 0.8],
    ['implausible', 'Mg', 90],
    ['implausible, of a helper', 'K', 90],
  ] as const)('%s ones are all read', (_, analyte, value) => {
    const results = Array.from({ length: 130_000 }, (_result, index) =>
      result(analyte, value + index / 1e6, { id: `o${index}`, at: ago(index / 60) }),
    )
    const { notJudged, results: judged } = assess(recordOf({ results }), knowledge, NOW)
    const told = new Set([...notJudged, ...judged].map(({ observation }) => observation))
    // of the implausible helpers and of old results nothing may be said; of what is said nothing is lost
    expect(told.size).toBeGreaterThan(40_000)
  })
})
