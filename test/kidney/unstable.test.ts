import fc from 'fast-check'
import type { RawResult } from '../../src/record/record.ts'
import {
  ago,
  coded,
  condition,
  dayAgo,
  daysAgo,
  ICD10CM,
  result,
  type Story,
  stagesOf,
  when,
} from '../readings/small-record.ts'

const kidney = (story: Story) => stagesOf(story).kidney
const band = (...results: readonly RawResult[]) => kidney({ results }).band
const umol = (value: number, hours: number) => result('creatinine', value, { at: ago(hours) })
const mg = (value: number, hours: number) => result('creatinine', value, { at: ago(hours), unit: 'mg/dL' })
const isUnstable = (...results: readonly RawResult[]) => band(...results) === 'unstable'

describe('a rise within 48 hours', () => {
  test('26.5 umol/L is one, 26.4 is none', () => {
    expect(isUnstable(umol(180, 30), umol(206.4, 2))).toBe(false)
    expect(isUnstable(umol(180, 30), umol(206.5, 2))).toBe(true)
    expect(isUnstable(umol(180, 30), umol(206.6, 2))).toBe(true)
  })

  test('0.3 mg/dL is one, on the printed digits', () => {
    expect(isUnstable(mg(2.0, 30), mg(2.2, 2))).toBe(false)
    expect(isUnstable(mg(2.0, 30), mg(2.3, 2))).toBe(true)
    expect(isUnstable(mg(2.0, 30), mg(2.29, 2))).toBe(false)
  })

  test('any two values 0.3 mg/dL apart are a rise: 1.2 - 0.9 is 0.3', () => {
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 700 }), (count) => {
        const [before, after] = [count / 100, (count + 30) / 100]
        expect([before, after, isUnstable(mg(before, 30), mg(after, 2))]).toEqual([before, after, true])
      }),
      { numRuns: 60 },
    )
  })

  test('48 hours count, a minute more does not', () => {
    expect(isUnstable(umol(180, 50), umol(207, 2))).toBe(true)
    expect(isUnstable(umol(180, 50 + 1 / 60), umol(207, 2))).toBe(false)
  })

  test('against any value of the 48 hours, not only the last', () => {
    expect(isUnstable(umol(180, 40), umol(190, 20), umol(207, 2))).toBe(true)
  })

  test('across units: 2.0 mg/dL to 204 umol/L is 27.2', () => {
    expect(isUnstable(mg(2.0, 30), umol(204, 2))).toBe(true)
    expect(isUnstable(mg(2.0, 30), umol(203, 2))).toBe(false)
  })

  test('a fall is no rise', () => {
    expect(isUnstable(umol(207, 30), umol(180, 2))).toBe(false)
  })
})

describe('1.5 times the baseline', () => {
  test('of the 7 days before: the lowest value', () => {
    expect(isUnstable(umol(40, 160), umol(50, 90), umol(59.9, 2))).toBe(false)
    expect(isUnstable(umol(40, 160), umol(50, 90), umol(60, 2))).toBe(true)
  })

  test('else the median of 8 to 365 days before', () => {
    const earlier = [umol(70, 24 * 30), umol(80, 24 * 60), umol(200, 24 * 90)]
    expect(isUnstable(...earlier, umol(119.9, 2))).toBe(false)
    expect(isUnstable(...earlier, umol(120, 2))).toBe(true)
    expect(isUnstable(umol(70, 24 * 30), umol(90, 24 * 60), umol(120, 2))).toBe(true)
  })

  test('nothing older than 365 days', () => {
    expect(
      isUnstable(result('creatinine', 60, { at: dayAgo(365) }), result('creatinine', 120, { at: dayAgo(0) })),
    ).toBe(true)
    expect(
      isUnstable(result('creatinine', 60, { at: dayAgo(366) }), result('creatinine', 120, { at: dayAgo(0) })),
    ).toBe(false)
  })

  test('an old baseline is said to be: acute or progression', () => {
    const { band: found, otherEvidence } = kidney({ results: [umol(80, 24 * 61), umol(130, 2)] })
    expect(found).toBe('unstable')
    expect(otherEvidence.join()).toMatch(/earlier value 2 months old/)
  })
})

describe('the two newest of 7 days', () => {
  test('a difference of more than 25 % of the older, up or down', () => {
    expect(isUnstable(umol(100, 100), umol(125, 2))).toBe(false)
    expect(isUnstable(umol(100, 100), umol(125.1, 2))).toBe(true)
    expect(isUnstable(umol(100, 100), umol(75, 2))).toBe(false)
    expect(isUnstable(umol(100, 100), umol(74.9, 2))).toBe(true)
  })

  test('7 days apart count, more does not', () => {
    expect(isUnstable(umol(100, 24 * 7 + 2), umol(74, 2))).toBe(true)
    expect(isUnstable(umol(100, 24 * 7 + 3), umol(74, 2))).toBe(false)
  })
})

describe('only a creatinine of the last 7 days tells', () => {
  test('7 days old tells, older does not', () => {
    expect(isUnstable(umol(100, 24 * 8), umol(200, 24 * 7))).toBe(true)
    expect(isUnstable(umol(100, 24 * 8), umol(200, 24 * 7.01))).toBe(false)
  })

  test('a bound and a dialysis result tell nothing', () => {
    expect(isUnstable(umol(100, 30), result('creatinine', 200, { at: ago(2), comparator: '>' }))).toBe(false)
  })

  test('no eGFR is shown', () => {
    const status = kidney({ results: [umol(100, 30), umol(200, 2), result('eGFR', 45, { at: ago(2) })] })
    expect(status).toMatchObject({ band: 'unstable', estimate: null, method: null, confidence: 'high' })
  })
})

describe('acute kidney injury on the problem list', () => {
  const aki = (days: number) => condition(coded([ICD10CM, 'N17.9']), { onset: when(dayAgo(days)) })

  test('that started at most 7 days ago', () => {
    expect(kidney({ conditions: [aki(7)], results: [umol(80, 2)] }).band).toBe('unstable')
    expect(kidney({ conditions: [aki(8)], results: [umol(80, 2)] }).band).not.toBe('unstable')
  })

  test('after delivery counts as well, after a procedure it does not say which', () => {
    const by = (code: string) =>
      kidney({ conditions: [condition(coded([ICD10CM, code]), { onset: when(dayAgo(2)) })] })
    expect(by('O90.4').band).toBe('unstable')
    expect(by('N99.0').band).toBe('unknown')
  })

  test('without a creatinine of these 7 days: confidence low', () => {
    expect(kidney({ conditions: [aki(3)], results: [umol(80, 24 * 7)] })).toMatchObject({
      band: 'unstable',
      confidence: 'high',
    })
    expect(kidney({ conditions: [aki(3)], results: [umol(80, 24 * 7.1)] })).toMatchObject({
      band: 'unstable',
      confidence: 'low',
    })
  })
})

test('one creatinine, or a steady one, is not unstable', () => {
  expect(isUnstable(umol(300, 2))).toBe(false)
  expect(isUnstable(umol(300, 30), umol(305, 2))).toBe(false)
  expect(isUnstable(result('creatinine', 300, { at: daysAgo(200) }), umol(310, 2))).toBe(false)
})
