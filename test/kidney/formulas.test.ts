/** Every row of the shared clinical/formula-vectors.md that this program computes, to its three significant digits. */
import fc from 'fast-check'
import { akiStage } from '../../src/kidney/aki.ts'
import { bandOf } from '../../src/kidney/band.ts'
import {
  bedsideSchwartz,
  ckdEpi2012Cystatin,
  ckdEpi2021,
  ckdEpi2021Combined,
  cockcroftGault,
} from '../../src/kidney/formulas.ts'
import type { AnalyteId } from '../../src/knowledge/types.ts'
import { adjusted } from '../../src/labs/adjusted-calcium.ts'
import { femg } from '../../src/labs/femg.ts'
import { knowledge } from '../loaded-knowledge.ts'
import { readOne, result } from '../readings/small-record.ts'

const digits3 = (value: number) => Number(value.toPrecision(3))

/** A value in one unit of an analyte as another, by the factors of the knowledge. */
function converted(id: AnalyteId, value: number, from: string, to: string): number {
  const analyte = knowledge.analytes.get(id)
  const scale = (unit: string) => {
    const entry = analyte?.units.get(unit)
    if (!entry) throw new Error(`${id} has no ${unit}`)
    return entry.factor * 10 ** entry.shift
  }
  return (value * scale(from)) / scale(to)
}

describe('conversions by the factors of the knowledge', () => {
  test.each<[AnalyteId, number, string, string, number]>([
    ['magnesium', 2.0, 'mg/dL', 'mmol/L', 0.823],
    ['magnesium', 1.2, 'mg/dL', 'mmol/L', 0.494],
    ['magnesium', 1.7, 'mEq/L', 'mmol/L', 0.85],
    ['magnesium', 0.845, 'mmol/L', 'mg/dL', 2.05],
    ['magnesium', 0.845, 'mmol/L', 'mEq/L', 1.69],
    ['magnesium', 20, 'mg/L', 'mmol/L', 0.823],
    ['calcium', 9.4, 'mg/dL', 'mmol/L', 2.35],
    ['calcium', 4.7, 'mEq/L', 'mmol/L', 2.35],
    ['calcium-ionised', 4.8, 'mg/dL', 'mmol/L', 1.2],
    ['phosphate', 3.5, 'mg/dL', 'mmol/L', 1.13],
    ['phosphate', 1.13, 'mmol/L', 'mg/dL', 3.5],
    ['vitamin-d-25oh', 20, 'ng/mL', 'nmol/L', 49.9],
    ['vitamin-d-25oh', 50, 'nmol/L', 'ng/mL', 20],
    ['creatinine', 1.0, 'mg/dL', 'umol/L', 88.4],
    ['creatinine', 80, 'umol/L', 'mg/dL', 0.905],
    ['pth', 65, 'pg/mL', 'pmol/L', 6.9],
    ['beta-ctx', 470, 'pg/mL', 'ng/mL', 0.47],
    ['crp', 1.2, 'mg/dL', 'mg/L', 12],
    // CTCAE limits in mg/dL, in exact SI
    ['magnesium', 0.9, 'mg/dL', 'mmol/L', 0.37],
    ['magnesium', 0.7, 'mg/dL', 'mmol/L', 0.288],
    ['magnesium', 3.0, 'mg/dL', 'mmol/L', 1.23],
    ['magnesium', 8.0, 'mg/dL', 'mmol/L', 3.29],
    ['calcium', 8, 'mg/dL', 'mmol/L', 2],
    ['calcium', 7, 'mg/dL', 'mmol/L', 1.75],
    ['calcium', 6, 'mg/dL', 'mmol/L', 1.5],
    ['calcium', 11.5, 'mg/dL', 'mmol/L', 2.87],
    ['calcium', 12.5, 'mg/dL', 'mmol/L', 3.12],
    ['calcium', 13.5, 'mg/dL', 'mmol/L', 3.37],
    ['phosphate', 2.5, 'mg/dL', 'mmol/L', 0.807],
    ['phosphate', 2, 'mg/dL', 'mmol/L', 0.646],
    ['phosphate', 1, 'mg/dL', 'mmol/L', 0.323],
  ])('%s %d %s is %5$d %4$s', (analyte, value, from, to, expected) => {
    expect(digits3(converted(analyte, value, from, to))).toBe(expected)
  })

  test('there and back is the same number', () => {
    const unitsOf = [...knowledge.analytes.values()].flatMap(({ id, units }) =>
      [...units.keys()].flatMap((from) =>
        [...units.keys()].map((to): [AnalyteId, string, string] => [id, from, to]),
      ),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...unitsOf),
        fc.integer({ min: 1, max: 10_000 }),
        ([id, from, to], count) => {
          const value = count / 100
          expect(converted(id, converted(id, value, from, to), to, from)).toBeCloseTo(value, 9)
        },
      ),
    )
  })
})

describe('albumin-adjusted calcium', () => {
  function adjustedOf(
    calcium: number,
    unit: string,
    albumin: number,
    albuminUnit: string,
  ): number | undefined {
    const total = readOne(result('Ca', calcium, { unit })).reading
    const protein = readOne(result('albumin', albumin, { unit: albuminUnit })).reading
    if (!total || !protein) throw new Error('two readings expected')
    return adjusted(total, protein)?.measured.interval.low
  }

  test.each<[number, string, number, string, number]>([
    [2.0, 'mmol/L', 25, 'g/L', 2.3],
    [2.1, 'mmol/L', 40, 'g/L', 2.1],
    [2.55, 'mmol/L', 48, 'g/L', 2.39],
    [8.0, 'mg/dL', 2.5, 'g/dL', 9.2],
    [8.0, 'mg/dL', 25, 'g/L', 9.2],
    [2.0, 'mmol/L', 2.5, 'g/dL', 2.3],
    [4.0, 'mEq/L', 25, 'g/L', 2.3],
    [2000, 'umol/L', 25, 'g/L', 2.3],
  ])('Ca %d %s, albumin %d %s: %d', (calcium, unit, albumin, albuminUnit, expected) => {
    expect(adjustedOf(calcium, unit, albumin, albuminUnit)).toBe(expected)
  })

  test('is rounded half up on the printed digits: to 0.01 mmol/L and to 0.1 mg/dL', () => {
    // 2.00 + 0.02 x (40 - 39.75) = 2.005; 8.0 + 0.8 x (4.0 - 3.9375) = 8.05
    expect(adjustedOf(2.0, 'mmol/L', 39.75, 'g/L')).toBe(2.01)
    expect(adjustedOf(8.0, 'mg/dL', 39.375, 'g/L')).toBe(8.1)
    expect(adjustedOf(2.0, 'mmol/L', 39.8, 'g/L')).toBe(2)
  })

  test('an albumin of 40 g/L changes nothing, whatever the calcium', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 400 }), (count) => {
        expect(adjustedOf(count / 100, 'mmol/L', 40, 'g/L')).toBe(count / 100)
        expect(adjustedOf(count / 10, 'mg/dL', 4, 'g/dL')).toBe(count / 10)
      }),
    )
  })

  test('is never computed from a bound', () => {
    const total = readOne(result('Ca', 2.0, { comparator: '<' })).reading
    const exact = readOne(result('Ca', 2.0)).reading
    const low = readOne(result('albumin', 25, { comparator: '<' })).reading
    const protein = readOne(result('albumin', 25)).reading
    if (!total || !exact || !low || !protein) throw new Error('four readings expected')
    expect(adjusted(total, protein)).toBeNull()
    expect(adjusted(exact, low)).toBeNull()
  })
})

describe('CKD-EPI 2021 by creatinine', () => {
  test.each<[number, number, 'male' | 'female', number]>([
    [0.7, 50, 'female', 105.298],
    [0.9, 50, 'male', 104.049],
    [1.0, 65, 'female', 62.5203],
    [1.0, 65, 'male', 83.5245],
    [0.5, 30, 'female', 129.317],
    [2.0, 70, 'female', 26.3803],
    [1.5, 60, 'male', 52.9675],
    [4.5, 75, 'male', 12.9107],
    [0.9, 55, 'female', 75.4988],
    [80 / 88.4, 66, 'female', 70.0414],
    [80 / 88.4017, 66, 'female', 70.043],
  ])('creatinine %d mg/dL, %d years, %s: %d', (creatinine, age, sex, expected) => {
    const egfr = ckdEpi2021(creatinine, age, sex)
    expect(digits3(egfr)).toBe(digits3(expected))
    expect(Number(egfr.toPrecision(6))).toBe(expected)
  })

  test('falls with creatinine and with age', () => {
    const creatinine = fc.integer({ min: 30, max: 1500 })
    const sex = fc.constantFrom<'male' | 'female'>('male', 'female')
    fc.assert(
      fc.property(creatinine, creatinine, fc.integer({ min: 18, max: 110 }), sex, (a, b, age, of) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b) + 1]
        expect(ckdEpi2021(more / 100, age, of)).toBeLessThan(ckdEpi2021(less / 100, age, of))
        expect(ckdEpi2021(less / 100, age + 1, of)).toBeLessThan(ckdEpi2021(less / 100, age, of))
      }),
    )
  })
})

describe('other estimates', () => {
  test('CKD-EPI 2012 by cystatin C', () => {
    expect(digits3(ckdEpi2012Cystatin(1.2, 70, 'female'))).toBe(54.6)
    expect(digits3(ckdEpi2012Cystatin(0.7, 40, 'male'))).toBe(121)
  })

  test('CKD-EPI 2021 by creatinine and cystatin C', () => {
    expect(digits3(ckdEpi2021Combined(1.0, 1.2, 70, 'female'))).toBe(59.4)
  })

  test('bedside Schwartz', () => {
    expect(digits3(bedsideSchwartz(120, 0.5))).toBe(99.1)
    expect(digits3(bedsideSchwartz(120, 44.2 / 88.4))).toBe(99.1)
    expect(digits3(bedsideSchwartz(100, 0.4))).toBe(103)
  })

  test('Cockcroft-Gault', () => {
    expect(cockcroftGault(1.0, 60, 72, 'male')).toBeCloseTo(80, 10)
    expect(cockcroftGault(1.0, 60, 72, 'female')).toBeCloseTo(68, 10)
  })
})

describe('fractional excretion of magnesium', () => {
  test.each([
    [1.5, 80, 0.55, 6000, 5.19],
    [0.6, 70, 0.5, 9000, 1.33],
    [3.6, 0.9, 1.3, 60, 5.93],
  ])(
    'urine Mg %d, creatinine %d, serum Mg %d, urine creatinine %d: %d %%',
    (urineMg, serumCreatinine, serumMg, urineCreatinine, expected) => {
      expect(digits3(femg({ urineMg, serumCreatinine, serumMg, urineCreatinine }))).toBe(expected)
    },
  )
})

describe('KDIGO stages of acute kidney injury', () => {
  test.each<[number, number, number | null, number]>([
    [80, 100, 20, 0],
    [80, 106.5, 26.5, 1],
    [80, 106.4, 26.4, 0],
    [80, 107, null, 0],
    [80, 119.9, null, 0],
    [80, 120, null, 1],
    [80, 159, null, 1],
    [80, 160, null, 2],
    [80, 239, null, 2],
    [80, 240, null, 3],
    [320, 360, 40, 3],
    [320, 340, 20, 0],
    [330, 353.5, 27, 1],
    [330, 353.6, 27, 3],
  ])('baseline %d, now %d, rise in 48 h %s: stage %d', (baseline, current, riseIn48h, stage) => {
    expect(akiStage({ baseline, current, riseIn48h })).toBe(stage)
  })

  test('replacement therapy and a child’s eGFR below 35 are stage 3 once the definition is met', () => {
    expect(akiStage({ baseline: 80, current: 120, riseIn48h: null, replacementTherapy: true })).toBe(3)
    expect(akiStage({ baseline: 80, current: 120, riseIn48h: null, childEgfr: 34.9 })).toBe(3)
    expect(akiStage({ baseline: 80, current: 120, riseIn48h: null, childEgfr: 35 })).toBe(1)
    expect(
      akiStage({ baseline: 80, current: 100, riseIn48h: null, childEgfr: 20, replacementTherapy: true }),
    ).toBe(0)
  })
})

describe('the bands are half-open on the unrounded value', () => {
  test.each<[number, string]>([
    [90, '>=60'],
    [89.9, '>=60'],
    [60, '>=60'],
    [59.9, '45-59'],
    [45, '45-59'],
    [44.9, '30-44'],
    [30, '30-44'],
    [29.9, '15-29'],
    [15, '15-29'],
    [14.9, '<15'],
    [0, '<15'],
  ])('%d is %s', (egfr, band) => {
    expect(bandOf(egfr)).toBe(band)
  })
})
