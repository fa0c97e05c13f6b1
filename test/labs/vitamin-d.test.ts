import fc from 'fast-check'
import type { RawResult } from '../../src/record/record.ts'
import { ago, coded, LOINC, result, stagesOf } from '../readings/small-record.ts'

const facts = (...results: readonly RawResult[]) => stagesOf({ results }).facts
const judged = (...results: readonly RawResult[]) =>
  facts(...results).vitaminD?.reading.measured.interval.low ?? null
const AT = ago(5)

describe('25(OH)D', () => {
  test('a total beats a D3-only result of the same sample', () => {
    expect(judged(result('D', 45, { at: AT }), result('D3', 20, { at: AT }))).toBe(45)
    expect(judged(result('D3', 20, { at: AT }), result('D', 45, { at: AT }))).toBe(45)
  })

  test('not one of another sample: the newest is judged', () => {
    expect(judged(result('D', 45, { at: ago(50) }), result('D3', 20, { at: AT }))).toBe(20)
  })

  test('D3 with the D2 of its sample is their sum, on the printed digits', () => {
    expect(judged(result('D3', 20.1, { at: AT }), result('D2', 10.2, { at: AT }))).toBe(30.3)
    const [sum] = facts(result('D3', 20, { at: AT }), result('D2', 9, { at: AT })).sums
    expect(sum?.sum.reported.text).toMatch(/^29 nmol\/L/)
    expect(sum?.parts).toHaveLength(2)
  })

  test('a D2 of another sample is not added', () => {
    const { vitaminD, unusable } = facts(result('D3', 20, { at: AT }), result('D2', 15, { at: ago(30) }))
    expect(vitaminD?.reading.measured.interval.low).toBe(20)
    expect(unusable.map(({ reason }) => reason)).toContain('unlisted-code')
  })

  test('D2 alone is never judged, and listed', () => {
    const { vitaminD, unusable } = facts(result('D2', 15, { at: AT }))
    expect(vitaminD).toBeNull()
    expect(unusable.map(({ reason }) => reason)).toEqual(['unlisted-code'])
  })

  test('nothing is summed from a bound: D3 stands as it is', () => {
    expect(judged(result('D3', 20, { at: AT }), result('D2', 5, { at: AT, comparator: '<' }))).toBe(20)
  })

  test('D2 beside a total is part of it and not listed', () => {
    expect(facts(result('D', 45, { at: AT }), result('D2', 5, { at: AT })).unusable).toEqual([])
  })

  test('in ng/mL and in ug/L', () => {
    const mass = (test: 'D3' | 'D2', value: number, unit: string) =>
      result(test, value, {
        at: AT,
        unit,
        code: coded([LOINC, test === 'D3' ? '1989-3' : '49054-0']),
      })
    expect(judged(mass('D3', 8, 'ng/mL'), mass('D2', 3, 'ng/mL'))).toBe(11)
    expect(judged(mass('D3', 8, 'ng/mL'), mass('D2', 3, 'ug/L'))).toBe(11)
  })

  test('1,25-dihydroxyvitamin D is another test', () => {
    expect(judged(result('D', 100, { at: AT, code: coded([LOINC, '1649-3']) }))).toBeNull()
  })

  test('the sum is the same in any order and never below D3', () => {
    const value = fc.integer({ min: 40, max: 900 }).map((count) => count / 10)
    fc.assert(
      fc.property(value, value, (d3, d2) => {
        const [a, b] = [result('D3', d3, { at: AT }), result('D2', d2, { at: AT })]
        expect(judged(a, b)).toBe(judged(b, a))
        expect(judged(a, b)).toBeCloseTo(d3 + d2, 10)
      }),
    )
  })
})
