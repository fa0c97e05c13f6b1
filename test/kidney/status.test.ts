import fc from 'fast-check'
import type { RawResult } from '../../src/record/record.ts'
import {
  ATC,
  ago,
  assessed,
  coded,
  condition,
  dayAgo,
  encounter,
  ICD10CM,
  LOINC,
  medication,
  procedure,
  result,
  SNOMED,
  type Story,
  stagesOf,
  when,
} from '../readings/small-record.ts'

const kidney = (story: Story) => stagesOf(story).kidney
const egfr = (value: number | string, day: string, code = '98979-8') =>
  result('eGFR', value, { id: `${code}-${day}-${value}`, at: day, code: coded([LOINC, code]) })
const bandOn = (value: number | string, day: string, story: Story = {}) =>
  kidney({ results: [egfr(value, day)], ...story }).band
const snomed = (code: string, over = {}) => condition(coded([SNOMED, code]), over)
const icd = (code: string, over = {}) => condition(coded([ICD10CM, code]), over)
const HAEMODIALYSIS = coded([SNOMED, '302497006'])
const TRANSPLANT = coded([SNOMED, '70536003'])

describe('1. dialysis', () => {
  test('a treatment of the last 90 days', () => {
    expect(kidney({ procedures: [procedure(HAEMODIALYSIS, dayAgo(90))] }).band).toBe('dialysis')
    expect(kidney({ procedures: [procedure(HAEMODIALYSIS, dayAgo(91))] }).band).toBe('unknown')
    expect(kidney({ procedures: [procedure(HAEMODIALYSIS, ago(90 * 24))] }).band).toBe('dialysis')
    expect(kidney({ procedures: [procedure(HAEMODIALYSIS, ago(90 * 24 + 1))] }).band).toBe('unknown')
  })

  test.each(['not-done', 'preparation', 'entered-in-error'])('not a treatment that is %s', (status) => {
    expect(kidney({ procedures: [procedure(HAEMODIALYSIS, dayAgo(5), { status })] }).band).toBe('unknown')
  })

  test('not one that lies ahead', () => {
    expect(kidney({ procedures: [procedure(HAEMODIALYSIS, ago(-2))] }).band).toBe('unknown')
  })

  test('acute and continuous treatment too, with the flag acute', () => {
    expect(kidney({ procedures: [procedure(HAEMODIALYSIS, dayAgo(5))] }).flags).toEqual([])
    expect(kidney({ procedures: [procedure(coded([SNOMED, '714749008']), dayAgo(5))] })).toMatchObject({
      band: 'dialysis',
      flags: ['acute'],
    })
  })

  test('an active condition', () => {
    expect(kidney({ conditions: [snomed('105502003')] }).band).toBe('dialysis')
    expect(kidney({ conditions: [icd('Z99.2')] }).band).toBe('dialysis')
    expect(kidney({ conditions: [icd('Z99.2', { clinicalStatus: 'resolved' })] }).band).toBe('unknown')
    expect(kidney({ conditions: [snomed('161693006')] }).band).toBe('unknown')
    expect(kidney({ conditions: [snomed('236561002')] }).band).toBe('unknown')
  })

  test('a result before or after dialysis of the last 90 days', () => {
    const drawn = (code: string, day: string) =>
      kidney({ results: [result('creatinine', 500, { at: day, code: coded([LOINC, code]) })] }).band
    expect(drawn('51619-5', dayAgo(90))).toBe('dialysis')
    expect(drawn('51620-3', dayAgo(90))).toBe('dialysis')
    expect(drawn('51619-5', dayAgo(91))).toBe('unknown')
  })

  test('no eGFR is used or shown', () => {
    expect(kidney({ conditions: [icd('Z99.2')], results: [egfr(70, dayAgo(3))] })).toMatchObject({
      band: 'dialysis',
      estimate: null,
      method: null,
    })
  })
})

describe('2. transplant', () => {
  test('adds its flag, and the estimate decides', () => {
    expect(kidney({ conditions: [icd('Z94.0')], results: [egfr(70, dayAgo(30))] })).toMatchObject({
      band: '>=60',
      flags: ['transplant'],
    })
  })

  test('later than the dialysis ends it, earlier does not', () => {
    const story = (dialysis: number, transplant: number) => ({
      procedures: [procedure(HAEMODIALYSIS, dayAgo(dialysis)), procedure(TRANSPLANT, dayAgo(transplant))],
      results: [egfr(70, dayAgo(1))],
    })
    expect(kidney(story(40, 20))).toMatchObject({ band: '>=60', flags: ['transplant'] })
    expect(kidney(story(20, 40)).band).toBe('dialysis')
  })

  test('without dates wins if there was no dialysis in 90 days', () => {
    expect(kidney({ conditions: [icd('Z94.0'), icd('Z99.2')], results: [egfr(70, dayAgo(1))] }).band).toBe(
      '>=60',
    )
    expect(
      kidney({ conditions: [icd('Z94.0')], procedures: [procedure(HAEMODIALYSIS, dayAgo(20))] }).band,
    ).toBe('dialysis')
  })

  test('failure with a graft is a flag, not dialysis', () => {
    expect(kidney({ conditions: [snomed('236436003')], results: [egfr(20, dayAgo(1))] })).toMatchObject({
      band: '15-29',
      flags: ['transplant'],
    })
  })

  test('autotransplantation and a donor are none', () => {
    expect(kidney({ conditions: [snomed('175899003')] }).flags).toEqual([])
    expect(kidney({ conditions: [icd('Z52.4')] }).flags).toEqual([])
  })
})

describe('4. pregnancy and children', () => {
  const pregnant = snomed('77386006', { onset: when(dayAgo(100)) })

  test('pregnant or delivered: not applicable, whatever is reported', () => {
    const story = { sex: 'female' as const, birth: '1994-05-01', results: [egfr(100, dayAgo(2))] }
    expect(kidney({ ...story, conditions: [pregnant] })).toMatchObject({
      band: 'not-applicable',
      notApplicable: 'pregnancy',
      estimate: null,
    })
    expect(kidney({ ...story, procedures: [procedure(coded([SNOMED, '11466000']), ago(20))] }).band).toBe(
      'not-applicable',
    )
    expect(kidney({ ...story, procedures: [procedure(coded([SNOMED, '11466000']), ago(50))] }).band).toBe(
      '>=60',
    )
  })

  test('unstable comes before pregnancy', () => {
    const results = [result('creatinine', 60, { at: ago(30) }), result('creatinine', 100, { at: ago(2) })]
    expect(kidney({ sex: 'female', birth: '1994-05-01', conditions: [pregnant], results }).band).toBe(
      'unstable',
    )
  })

  const child = (results: readonly RawResult[], birth = '2018-05-01') => kidney({ birth, results })
  const creatinine = (value: number, day = dayAgo(2)) => result('creatinine', value, { at: day })
  const height = (value: number, day: string) => result('height', value, { at: day })

  test('a child: bedside Schwartz from creatinine and height, confidence low', () => {
    const status = child([creatinine(44.2), height(120, dayAgo(30))])
    expect(status).toMatchObject({ band: '>=60', method: 'schwartz', confidence: 'low' })
    expect(status.estimate?.value).toBeCloseTo(99.12, 6)
  })

  test('a height in metres is the same height', () => {
    const metres = result('height', 1.2, { at: dayAgo(30), unit: 'm' })
    expect(child([creatinine(44.2), metres]).estimate?.value).toBeCloseTo(99.12, 6)
  })

  test('a height older than 12 months is none', () => {
    expect(child([creatinine(44.2, dayAgo(0)), height(120, dayAgo(365))]).band).toBe('>=60')
    expect(child([creatinine(44.2, dayAgo(0)), height(120, dayAgo(366))])).toMatchObject({
      band: 'not-applicable',
      notApplicable: 'child',
    })
  })

  test('under one year, or without a height: not applicable', () => {
    expect(child([creatinine(30), height(70, dayAgo(5))], '2025-11-20').band).not.toBe('not-applicable')
    expect(child([creatinine(30), height(70, dayAgo(5))], '2025-11-21').band).toBe('not-applicable')
    expect(child([creatinine(30)]).band).toBe('not-applicable')
    expect(child([]).band).toBe('not-applicable')
  })

  test('a reported Schwartz counts, an adult eGFR is never used for a child', () => {
    const reported = result('schwartz', 40, { at: dayAgo(2) })
    expect(child([reported])).toMatchObject({ band: '30-44', confidence: 'low' })
    expect(child([egfr(40, dayAgo(2))])).toMatchObject({ band: 'not-applicable', estimate: null })
    expect(kidney({ birth: '2008-11-20', results: [egfr(40, dayAgo(2))] }).band).toBe('30-44')
    expect(kidney({ birth: '2008-11-21', results: [egfr(40, dayAgo(2))] }).band).toBe('not-applicable')
  })

  test('a reported Schwartz is never used for an adult', () => {
    expect(kidney({ results: [result('schwartz', 40, { at: dayAgo(2) })] }).band).toBe('unknown')
  })

  test('no birth date: only a reported eGFR, confidence low', () => {
    expect(kidney({ birth: null, results: [egfr(70, dayAgo(2))] })).toMatchObject({
      band: '>=60',
      confidence: 'low',
    })
    expect(kidney({ birth: null, results: [creatinine(80)] }).band).toBe('unknown')
    expect(kidney({ birth: '1890-01-01', results: [creatinine(80)] }).band).toBe('unknown')
  })
})

describe('5. which estimate', () => {
  test('computed from creatinine, age and sex where nothing is reported', () => {
    const status = kidney({
      sex: 'female',
      birth: '1960-03-05',
      results: [result('creatinine', 80, { at: dayAgo(2) })],
    })
    expect(status).toMatchObject({ band: '>=60', confidence: 'high', method: 'computed CKD-EPI 2021' })
    expect(status.estimate?.value).toBeCloseTo(70.0414, 3)
  })

  test('the newest sample wins, whatever its method', () => {
    const results = [egfr(70, ago(30)), result('creatinine', 200, { at: ago(26) })]
    expect(kidney({ results })).toMatchObject({ band: '30-44', method: 'computed CKD-EPI 2021' })
  })

  test('in one sample reported before computed, and by the order of methods', () => {
    const at = ago(20)
    const all = [
      result('creatinine', 200, { at }),
      egfr(50, at, '69405-9'),
      egfr(51, at, '77147-7'),
      egfr(52, at, '62238-1'),
      egfr(53, at, '50210-4'),
      egfr(54, at, '98979-8'),
      egfr(55, at, '94677-2'),
      egfr(56, at, '98980-6'),
    ]
    for (let count = all.length; count > 0; count -= 1) {
      const { estimate } = kidney({ results: all.slice(0, count) })
      expect(estimate?.shown ?? null).toBe(count === 1 ? (estimate?.value ?? null) : 48 + count)
    }
  })

  test('the order of arrival never decides', () => {
    const at = ago(20)
    const all = [
      result('creatinine', 90, { at }),
      egfr(50, at, '69405-9'),
      egfr(54, at, '98979-8'),
      egfr(61, ago(200)),
      result('creatinine', 88, { at: ago(200) }),
    ]
    const answer = (results: readonly RawResult[]) => {
      const { band, method, basis, otherEvidence } = kidney({ results })
      return { band, method, basis, otherEvidence: [...otherEvidence].sort() }
    }
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        expect(answer(shuffled)).toEqual(answer(all))
      }),
    )
  })

  test('a race pair and a clearance are never used; the creatinine is', () => {
    const at = ago(20)
    expect(kidney({ results: [egfr(90, at, '48642-3'), egfr(99, at, '48643-1')] }).band).toBe('unknown')
    expect(kidney({ results: [egfr(90, at, '48642-3'), result('creatinine', 200, { at })] }).band).toBe(
      '30-44',
    )
    expect(kidney({ results: [egfr(90, at, '78006-4')] }).band).toBe('unknown')
  })

  test('MDRD for women counts only for women', () => {
    const story = (sex: 'male' | 'female', code: string) =>
      kidney({ sex, results: [egfr(50, dayAgo(2), code)] })
    expect(story('female', '50044-7')).toMatchObject({ band: '45-59', confidence: 'low' })
    expect(story('male', '50044-7').band).toBe('unknown')
    expect(story('male', '70969-1').band).toBe('45-59')
    expect(story('female', '70969-1').band).toBe('unknown')
  })

  test.each(['male', 'female'] as const)('%s: one estimate, confidence high', (sex) => {
    const { estimate, confidence } = kidney({ sex, results: [result('creatinine', 88.4, { at: dayAgo(2) })] })
    expect([estimate?.estimates.length, confidence]).toEqual([1, 'high'])
  })

  test.each(['other', 'unknown'] as const)('sex %s: both, the lower band counts, confidence low', (sex) => {
    const { estimate, confidence, band } = kidney({
      sex,
      results: [result('creatinine', 100, { at: dayAgo(2) })],
    })
    expect(estimate?.estimates).toHaveLength(2)
    expect(estimate?.value).toBe(Math.min(...(estimate?.estimates ?? [])))
    expect([band, confidence]).toEqual(['45-59', 'low'])
  })

  test('with a cystatin C of the same sample the combined formula', () => {
    const at = ago(20)
    const results = [result('creatinine', 88.4, { at }), result('cystatin', 1.2, { at })]
    const status = kidney({ sex: 'female', birth: '1956-03-05', results })
    expect(status.method).toMatch(/cystatin/)
    expect(status.estimate?.value).toBeCloseTo(59.4156, 3)
    const apart = [result('creatinine', 88.4, { at }), result('cystatin', 1.2, { at: ago(30) })]
    expect(kidney({ sex: 'female', birth: '1956-03-05', results: apart }).method).toBe(
      'computed CKD-EPI 2021',
    )
  })
})

describe('6. eGFR in words', () => {
  test.each<[string, string]>([
    ['>59', '>=60'],
    ['>60', '>=60'],
    ['>90', '>=60'],
    ['>44', '45-59'],
    ['>45', '45-59'],
    ['>29', '30-44'],
    ['>14', '15-29'],
    ['<60', '45-59'],
    ['<50', '45-59'],
    ['<20', '15-29'],
    ['<15', '<15'],
    ['>60 mL/min/1.73m2', '>=60'],
  ])('"%s" is %s, confidence low', (text, band) => {
    expect(kidney({ results: [egfr(text, dayAgo(2))] })).toMatchObject({ band, confidence: 'low' })
  })

  test('a bound is shown as it was reported', () => {
    expect(kidney({ results: [egfr('>60', dayAgo(2))] }).basis).toMatch(/^eGFR >60,/)
  })
})

describe('7. how long an estimate counts', () => {
  test.each<[number, string, string]>([
    [60, '2025-11-20', '2025-11-19'],
    [59.9, '2026-05-20', '2026-05-19'],
    [30, '2026-05-20', '2026-05-19'],
    [29.9, '2026-08-20', '2026-08-19'],
  ])('eGFR %d: of %s, not of %s', (value, inside, outside) => {
    expect(bandOn(value, inside)).not.toBe('unknown')
    expect(bandOn(value, outside)).toBe('unknown')
  })

  test('three months with a transplant or an active magnesium source', () => {
    const transplant = { conditions: [icd('Z94.0')] }
    const source = { medications: [medication(coded([ATC, 'A12CC10']))] }
    for (const story of [transplant, source]) {
      expect(bandOn(80, '2026-08-20', story)).toBe('>=60')
      expect(bandOn(80, '2026-08-19', story)).toBe('unknown')
    }
    expect(
      bandOn(80, '2026-08-19', { medications: [medication(coded([ATC, 'A12CC10']), { status: 'stopped' })] }),
    ).toBe('>=60')
  })

  test('what is too old is shown, and listed as too old', () => {
    const status = kidney({ results: [egfr(50, '2026-05-01')] })
    expect(status.band).toBe('unknown')
    expect(status.otherEvidence.join()).toMatch(/eGFR 50 of 1 May 2026 is too old/)
    expect(status.tooOld).toHaveLength(1)
    expect(
      assessed({ results: [egfr(50, '2026-05-01')] })
        .notJudged.map(({ reason }) => reason)
        .sort(),
    ).toEqual(['no-kidney-function', 'too-old'])
  })

  test.each<[number, number]>([
    [75, 168],
    [45, 72],
    [20, 48],
  ])(
    'an inpatient: eGFR %d still counts after %d hours, but confidence is low and it is to be rechecked',
    (value, hours) => {
      const inpatient = (at: number) => kidney({ results: [egfr(value, ago(at))], encounters: [encounter()] })
      expect(inpatient(hours)).toMatchObject({ recheckFirst: false, confidence: 'high' })
      expect(inpatient(hours + 1)).toMatchObject({
        recheckFirst: true,
        confidence: 'low',
        band: inpatient(hours).band,
      })
    },
  )

  test('an outpatient is not asked for that', () => {
    expect(kidney({ results: [egfr(20, ago(200))] }).recheckFirst).toBe(false)
    expect(
      kidney({ results: [egfr(20, ago(200))], encounters: [encounter({ class: 'AMB' })] }).recheckFirst,
    ).toBe(false)
  })
})

describe('8. a stage on the problem list', () => {
  test.each<[string, string]>([
    ['N18.1', '>=60'],
    ['N18.2', '>=60'],
    ['N18.31', '45-59'],
    ['N18.30', '30-44'],
    ['N18.32', '30-44'],
    ['N18.4', '15-29'],
    ['N18.5', '<15'],
    ['N18.6', '<15'],
  ])('%s: %s, confidence low, by diagnosis', (code, band) => {
    expect(kidney({ conditions: [icd(code)] })).toMatchObject({ band, confidence: 'low', byDiagnosis: true })
  })

  test('chronic kidney disease without a stage says nothing', () => {
    expect(kidney({ conditions: [icd('N18.9')] }).band).toBe('unknown')
  })

  test('of several stages the lowest', () => {
    expect(kidney({ conditions: [icd('N18.31'), icd('N18.4')] }).band).toBe('15-29')
  })

  test('end-stage with a transplant is no stage 5', () => {
    expect(kidney({ conditions: [icd('N18.6'), icd('Z94.0')] }).band).toBe('unknown')
  })

  test('a measured eGFR wins, and the disagreement is a note', () => {
    const status = kidney({ conditions: [icd('N18.4')], results: [egfr(50, dayAgo(5))] })
    expect(status).toMatchObject({ band: '45-59', byDiagnosis: false })
    expect(status.otherEvidence.join()).toMatch(/problem list/)
    expect(kidney({ conditions: [icd('N18.31')], results: [egfr(50, dayAgo(5))] }).otherEvidence).toEqual([])
  })
})

describe('9. nothing', () => {
  test('is unknown, and listed', () => {
    expect(kidney({})).toMatchObject({ band: 'unknown', confidence: 'low' })
    expect(assessed({}).notJudged.map(({ reason }) => reason)).toContain('no-kidney-function')
    expect(assessed({ results: [egfr(70, dayAgo(1))] }).notJudged).toEqual([])
  })

  test('a doubtful creatinine is no evidence', () => {
    // 1.1 "umol/L" is mg/dL, 88 "mg/dL" is umol/L
    expect(kidney({ results: [result('creatinine', 1.1, { at: dayAgo(2), unit: 'umol/L' })] }).band).toBe(
      'unknown',
    )
    expect(kidney({ results: [result('creatinine', 88, { at: dayAgo(2), unit: 'mg/dL' })] }).band).toBe(
      'unknown',
    )
  })
})

describe('discordance', () => {
  const pair = (chosen: number, other: number, day = ago(20)) =>
    kidney({ results: [egfr(chosen, ago(20)), egfr(other, day, '50210-4')] })

  test('another estimate of the same day below 30 while the chosen one is not', () => {
    expect(pair(40, 29.9).discordant).toBe(true)
    expect(pair(40, 30).discordant).toBe(false)
    expect(pair(29, 20).discordant).toBe(false)
    expect(pair(40, 20, ago(60)).discordant).toBe(false)
  })

  test('one computed here counts', () => {
    expect(
      kidney({ results: [egfr(40, ago(20)), result('creatinine', 300, { at: ago(20) })] }).discordant,
    ).toBe(true)
  })
})
