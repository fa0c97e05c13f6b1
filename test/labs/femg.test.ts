import type { RawResult } from '../../src/record/record.ts'
import { ago, assessed, coded, LOINC, result, stagesOf } from '../readings/small-record.ts'

const MORNING = '2026-11-20T07:00:00Z'
const LATER = '2026-11-20T10:00:00Z'
const facts = (...results: readonly RawResult[]) => stagesOf({ results }).facts
const percents = (...results: readonly RawResult[]) =>
  facts(...results).femgs.map(({ percent }) => Number(percent.toPrecision(3)))

const urine = (mg = 1.5, creatinine = 6, at = MORNING) => [
  result('urineMg', mg, { at }),
  result('urineCreatinine', creatinine, { at }),
]
const serum = (mg = 0.55, creatinine = 80, at = LATER) => [
  result('Mg', mg, { at }),
  result('creatinine', creatinine, { at }),
]

describe('the fractional excretion of magnesium', () => {
  test('from urine Mg and creatinine of one sample and serum Mg and creatinine of the same day', () => {
    expect(percents(...urine(), ...serum())).toEqual([5.19])
    expect(percents(...urine(0.6, 9), ...serum(0.5, 70))).toEqual([1.33])
  })

  test('in mg/dL throughout', () => {
    const inMg = (test: 'urineMg' | 'urineCreatinine' | 'Mg' | 'creatinine', value: number, at: string) =>
      result(test, value, { at, unit: 'mg/dL' })
    expect(
      percents(
        inMg('urineMg', 3.6, MORNING),
        inMg('urineCreatinine', 60, MORNING),
        inMg('Mg', 1.3, LATER),
        inMg('creatinine', 0.9, LATER),
      ),
    ).toEqual([5.93])
  })

  test('not from urine of two samples', () => {
    expect(
      percents(
        result('urineMg', 1.5, { at: MORNING }),
        result('urineCreatinine', 6, { at: LATER }),
        ...serum(),
      ),
    ).toEqual([])
  })

  test('not from serum of another day, or without one of the four', () => {
    expect(percents(...urine(), ...serum(0.55, 80, '2026-11-19T23:00:00Z'))).toEqual([])
    const all = [...urine(), ...serum()]
    for (const missing of all) expect(percents(...all.filter((one) => one !== missing))).toEqual([])
  })

  test('not from a bound, and not from a 24-hour amount', () => {
    expect(
      percents(...urine(), result('Mg', 0.55, { at: LATER, comparator: '<' }), serum()[1] as RawResult),
    ).toEqual([])
    const daily = result('urineMg', 4, { at: MORNING, unit: 'mmol/(24.h)', code: coded([LOINC, '2599-9']) })
    expect(percents(daily, urine()[1] as RawResult, ...serum())).toEqual([])
  })

  test('a reported one counts as it is', () => {
    expect(percents(result('FEMg', 4.2, { at: ago(10) }))).toEqual([4.2])
  })

  test('the urine it used is not listed as urine, another one is', () => {
    const listed = (...results: readonly RawResult[]) =>
      assessed({ results })
        .notJudged.filter(({ analyte }) => analyte === 'urine-magnesium')
        .map(({ reason }) => reason)
    expect(listed(...urine(), ...serum())).toEqual([])
    expect(listed(...urine())).toEqual(['not-serum'])
  })
})
