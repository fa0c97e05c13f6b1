import type { RawRange, RawResult } from '../../src/record/record.ts'
import {
  ago,
  assessed,
  coded,
  condition,
  dayAgo,
  named,
  nothing,
  procedure,
  range,
  result,
  SNOMED,
  type Story,
  stagesOf,
  type Test,
  unit,
  when,
} from '../readings/small-record.ts'

/** The range of a result as "low-high", with the source of each limit; or why there is none. */
function rangeOf(raw: RawResult, story: Story = {}): string {
  const { facts } = stagesOf({ ...story, results: [raw] })
  const [reading] = facts.readings.all
  if (!reading) throw new Error('a reading expected')
  const chosen = facts.rangeOf(reading)
  if (!chosen)
    return facts.unusable.find(({ observation }) => observation === reading.observation)?.reason ?? 'none'
  const side = (of: typeof chosen.low) => (of ? `${of.value} ${of.unit} ${of.source}` : 'open')
  return `${side(chosen.low)}, ${side(chosen.high)}`
}

function refusedOf(raw: RawResult, story: Story = {}): readonly string[] {
  const { facts } = stagesOf({ ...story, results: [raw] })
  const [reading] = facts.readings.all
  return (reading && facts.rangeOf(reading)?.refused.map(({ reason }) => reason)) ?? []
}

const withRange = (own: RawRange, value = 0.85, test: Test = 'Mg') => result(test, value, { ranges: [own] })
const OWN = '0.75 mmol/L own, 1 mmol/L own'
const BUILT_IN = '0.7 mmol/L built-in, 1.1 mmol/L built-in'
const PREGNANT = condition(coded([SNOMED, '77386006']), { onset: when(dayAgo(100)) })
const inPregnancy = { sex: 'female' as const, birth: '1994-05-01', conditions: [PREGNANT] }
const CHILD = { birth: '2018-05-01' }
const years = (value: number) => ({ value, unit: unit('a', 'a') })

describe('an own range', () => {
  test('is used before the built-in one', () => {
    expect(rangeOf(withRange(range(0.75, 1.0, 'mmol/L')))).toBe(OWN)
    expect(rangeOf(result('Mg', 0.85))).toBe(BUILT_IN)
  })

  test('without a unit has that of the result', () => {
    expect(rangeOf(withRange(range(0.75, 1.0)))).toBe(OWN)
    expect(rangeOf(result('Mg', 2.0, { unit: 'mg/dL', ranges: [range(1.8, 2.4)] }))).toBe(
      '1.8 mg/dL own, 2.4 mg/dL own',
    )
  })

  test('with one unit for two limits has it for both', () => {
    const low = { value: 1.8, unit: unit('mg/dL') }
    const high = { value: 2.4, unit: unit('') }
    expect(rangeOf(result('Mg', 0.85, { ranges: [range(null, null, '', { low, high })] }))).toBe(
      '1.8 mg/dL own, 2.4 mg/dL own',
    )
  })

  test.each<[string, RawRange['type'], boolean]>([
    ['no type', null, true],
    ['an empty type', nothing, true],
    ['normal', coded(['http://terminology.hl7.org/CodeSystem/referencerange-meaning', 'normal']), true],
    ['the text "Normal"', named('Normal'), true],
    [
      'therapeutic',
      coded(['http://terminology.hl7.org/CodeSystem/referencerange-meaning', 'therapeutic']),
      false,
    ],
    [
      'recommended',
      coded(['http://terminology.hl7.org/CodeSystem/referencerange-meaning', 'recommended']),
      false,
    ],
  ])('with %s: accepted %s', (_, type, accepted) => {
    expect(rangeOf(withRange(range(0.75, 1.0, 'mmol/L', { type })))).toBe(accepted ? OWN : BUILT_IN)
  })

  test('with a modifier that is not understood is refused, and said to be', () => {
    const raw = withRange(range(0.75, 1.0, 'mmol/L', { unknownModifier: 'http://example.org/x' }))
    expect(rangeOf(raw)).toBe(BUILT_IN)
    expect(refusedOf(raw)).toEqual(['modifier-not-understood'])
  })

  test('whose low is not below its high is refused', () => {
    expect(rangeOf(withRange(range(1.0, 0.75, 'mmol/L')))).toBe(BUILT_IN)
    expect(rangeOf(withRange(range(0.9, 0.9, 'mmol/L')))).toBe(BUILT_IN)
  })

  test('in a unit that is none of the test is refused', () => {
    expect(rangeOf(withRange(range(0.75, 1.0, 'mmol/kg')))).toBe(BUILT_IN)
  })

  test('that differs from another one that fits as well is not chosen between', () => {
    const raw = result('Mg', 0.85, { ranges: [range(0.75, 1.0, 'mmol/L'), range(0.72, 1.0, 'mmol/L')] })
    expect(rangeOf(raw)).toBe(BUILT_IN)
    expect(rangeOf(result('Mg', 0.85, { ranges: [range(0.75, 1.0, 'mmol/L'), range(0.75, 1.0)] }))).toBe(OWN)
  })
})

describe('each limit must lie near the built-in adult one', () => {
  test.each<[Test, number, number, number, boolean]>([
    // Mg 0.70-1.10, factor 1.5: low 0.467 to 1.05, high 0.733 to 1.65
    ['Mg', 0.47, 1.0, 0.85, true],
    ['Mg', 0.46, 1.0, 0.85, false],
    ['Mg', 1.05, 1.6, 1.1, true],
    ['Mg', 1.06, 1.6, 1.1, false],
    ['Mg', 0.7, 1.65, 0.85, true],
    ['Mg', 0.7, 1.66, 0.85, false],
    // Ca 2.10-2.60: low 1.40 to 3.15, high 1.733 to 3.90
    ['Ca', 1.4, 2.6, 2.3, true],
    ['Ca', 1.39, 2.6, 2.3, false],
    ['Ca', 2.1, 3.9, 2.3, true],
    ['Ca', 2.1, 3.91, 2.3, false],
    // phosphate 0.80-1.50, factor 2.5: low 0.32 to 2.0, high 0.60 to 3.75
    ['P', 0.32, 1.5, 1.0, true],
    ['P', 0.31, 1.5, 1.0, false],
    ['P', 0.8, 3.75, 1.0, true],
    ['P', 0.8, 3.76, 1.0, false],
    // the helpers have no such test
    ['K', 1.0, 9.0, 4.0, true],
  ])('%s %d-%d: %5$s', (test_, low, high, value, accepted) => {
    const chosen = rangeOf(withRange(range(low, high), value, test_))
    expect(chosen.includes('own')).toBe(accepted)
  })

  test('in another unit after conversion', () => {
    // 1.8-2.4 mg/dL is 0.74-0.99 mmol/L
    expect(rangeOf(withRange(range(1.8, 2.4, 'mg/dL')))).toBe('1.8 mg/dL own, 2.4 mg/dL own')
    expect(rangeOf(withRange(range(700, 1000, 'umol/L')))).toBe('0.7 mmol/L own, 1 mmol/L own')
  })
})

describe('a range in words', () => {
  const inWords = (text: string) => rangeOf(withRange(range(null, null, '', { text })))

  test.each([
    '0.75 - 1.00 mmol/L',
    '0.75-1.00',
    '0,75 - 1,00 mmol/l',
    '0.75–1.00 mmol/L',
    '0.75 to 1.00',
    ' 0.75 - 1.00 ',
  ])('"%s" counts', (text) => {
    expect(inWords(text)).toBe(OWN)
  })

  test('"1.8 - 2.4 mg/dL" counts in its unit', () => {
    expect(inWords('1.8 - 2.4 mg/dL')).toBe('1.8 mg/dL own, 2.4 mg/dL own')
  })

  test.each<[string, string]>([
    ['<1,05', '0.7 mmol/L built-in, 1.05 mmol/L own'],
    ['<=1.05 mmol/L', '0.7 mmol/L built-in, 1.05 mmol/L own'],
    ['≤ 1.05', '0.7 mmol/L built-in, 1.05 mmol/L own'],
    ['>0.75', '0.75 mmol/L own, 1.1 mmol/L built-in'],
    ['>=0,75 mmol/L', '0.75 mmol/L own, 1.1 mmol/L built-in'],
  ])('"%s": that side is used, the other comes from the next source', (text, expected) => {
    expect(inWords(text)).toBe(expected)
  })

  test.each([
    'normal',
    'see comment',
    '0.75',
    '0.75 - 1.00 - 1.2',
    '0.75 - 1.00 furlongs',
    '',
    '1.00 - 0.75',
    '-',
  ])('"%s" is refused', (text) => {
    expect(inWords(text)).toBe(BUILT_IN)
  })

  test('the text is not read beside a low or a high', () => {
    expect(rangeOf(withRange(range(0.75, 1.0, 'mmol/L', { text: '0.1 - 9' })))).toBe(OWN)
  })
})

describe('for whom an own range is', () => {
  const own = (over: Partial<RawRange>, story: Story = {}) =>
    rangeOf(withRange(range(0.75, 1.0, 'mmol/L', over)), story)

  test('an age that fits the patient', () => {
    expect(own({ ageLow: years(18), ageHigh: years(70) })).toBe(OWN)
    expect(own({ ageLow: years(67) })).toBe(BUILT_IN)
    expect(own({ ageLow: years(66) })).toBe(OWN)
    expect(own({ ageHigh: years(60) })).toBe(BUILT_IN)
    expect(own({ ageLow: { value: 18, unit: unit('fortnights') } })).toBe(BUILT_IN)
  })

  test('an age below 0 is not understood: the range is refused with the reason, alone and beside another', () => {
    const negative = range(0.6, 1.0, 'mmol/L', { ageLow: years(-1) })
    expect(rangeOf(withRange(negative, 0.68))).toBe(BUILT_IN)
    expect(refusedOf(withRange(negative, 0.68))).toEqual(['its age is not understood'])
    expect(rangeOf(result('Mg', 0.85, { ranges: [negative, range(0.75, 1.0, 'mmol/L')] }))).toBe(OWN)
    expect(own({ ageHigh: years(-1) })).toBe(BUILT_IN)
    expect(own({ ageLow: years(0) })).toBe(OWN)
  })

  test('more ranges on one result than a function takes arguments', () => {
    const ranges = Array.from({ length: 130_000 }, () => range(0.75, 1.0, 'mmol/L'))
    expect(rangeOf(result('Mg', 0.85, { ranges }))).toBe(OWN)
  })

  test('an age is refused where none is known', () => {
    expect(own({ ageLow: years(18) }, { birth: null })).toBe('no-age')
    expect(own({}, { birth: null })).toBe(OWN)
  })

  test('a sex that fits the patient', () => {
    expect(own({ appliesTo: [named('male')] })).toBe(OWN)
    expect(own({ appliesTo: [named('Female')] })).toBe(BUILT_IN)
    expect(own({ appliesTo: [coded([SNOMED, '248152002'])] })).toBe(BUILT_IN)
    expect(own({ appliesTo: [coded([SNOMED, '248153007'])] })).toBe(OWN)
    expect(own({ appliesTo: [named('male')] }, { sex: 'unknown' })).toBe(BUILT_IN)
  })

  test('not a group that is not known', () => {
    expect(own({ appliesTo: [named('athletes')] })).toBe(BUILT_IN)
  })

  test('the range that says more about the patient wins', () => {
    const raw = result('Mg', 0.85, {
      ranges: [range(0.72, 1.05, 'mmol/L'), range(0.75, 1.0, 'mmol/L', { appliesTo: [named('male')] })],
    })
    expect(rangeOf(raw)).toBe(OWN)
  })
})

describe('a pregnant patient', () => {
  const own = (over: Partial<RawRange>) => rangeOf(withRange(range(0.75, 1.0, 'mmol/L', over)), inPregnancy)
  const TABLE = '0.6 mmol/L built-in, 1 mmol/L built-in'

  test('is judged on an own range only if it says pregnancy or a trimester', () => {
    expect(own({})).toBe(TABLE)
    expect(own({ appliesTo: [named('female')] })).toBe(TABLE)
    expect(own({ appliesTo: [coded([SNOMED, '77386006'])] })).toBe(OWN)
    expect(own({ appliesTo: [coded([SNOMED, '255248002'])] })).toBe(OWN)
    expect(own({ appliesTo: [named('2nd trimester')] })).toBe(OWN)
    expect(own({ appliesTo: [named('Pregnancy')] })).toBe(OWN)
    expect(own({ appliesTo: [named('non-pregnant')] })).toBe(TABLE)
    expect(own({ appliesTo: [named('not pregnant women')] })).toBe(TABLE)
  })

  test('delivered at most 48 h ago counts as pregnant', () => {
    const delivered = (hours: number) => ({
      sex: 'female' as const,
      birth: '1994-05-01',
      procedures: [procedure(coded([SNOMED, '11466000']), ago(hours + 2))],
    })
    expect(rangeOf(result('Mg', 0.85), delivered(48))).toBe(TABLE)
    expect(rangeOf(result('Mg', 0.85), delivered(49))).toBe(BUILT_IN)
  })

  test.each<[Test, number, string]>([
    ['Ca', 2.3, '2.05 mmol/L built-in, 2.65 mmol/L built-in'],
    ['iCa', 1.2, '1.1 mmol/L built-in, 1.33 mmol/L built-in'],
    ['P', 1.0, '0.8 mmol/L built-in, 1.5 mmol/L built-in'],
    ['K', 4.0, '3.5 mmol/L built-in, 5.3 mmol/L built-in'],
    ['ALP', 90, 'none'],
    ['albumin', 38, 'none'],
  ])('%s: %3$s', (test_, value, expected) => {
    expect(rangeOf(result(test_, value), inPregnancy)).toBe(expected)
  })

  test('a range for pregnancy is refused for everybody else', () => {
    expect(rangeOf(withRange(range(0.75, 1.0, 'mmol/L', { appliesTo: [named('pregnancy')] })))).toBe(BUILT_IN)
  })
})

describe('a child', () => {
  test('an own Mg or Ca range without an age is accepted, with a note', () => {
    expect(rangeOf(withRange(range(0.75, 1.0, 'mmol/L')), CHILD)).toBe(OWN)
    const { facts } = stagesOf({ ...CHILD, results: [withRange(range(0.75, 1.0, 'mmol/L'))] })
    expect(facts.magnesium?.range?.notes).toEqual(['age not stated by the laboratory'])
    const aged = withRange(range(0.75, 1.0, 'mmol/L', { ageLow: years(1), ageHigh: years(17) }))
    expect(stagesOf({ ...CHILD, results: [aged] }).facts.magnesium?.range?.notes).toEqual([])
  })

  test.each<[Test, number, number, number]>([
    ['P', 1.3, 1.0, 1.8],
    ['ALP', 200, 100, 400],
  ])('an own %s range must state an age or a group that fits', (test_, value, low, high) => {
    const own = (over: Partial<RawRange>) =>
      rangeOf(withRange(range(low, high, '', over), value, test_), CHILD)
    expect(own({})).not.toMatch(/own/)
    expect(own({ ageLow: years(4), ageHigh: years(12) })).toMatch(/own/)
    expect(own({ ageLow: years(13), ageHigh: years(17) })).not.toMatch(/own/)
    expect(own({ appliesTo: [named('male')] })).toMatch(/own/)
  })

  test('a phosphate without a range is no-range-for-age, and an ALP is then not used', () => {
    expect(rangeOf(result('P', 1.3), CHILD)).toBe('no-range-for-age')
    expect(rangeOf(result('ALP', 200), CHILD)).toBe('none')
  })

  test.each<[Test, string, number, string]>([
    ['Mg', '2018-05-01', 0.85, '0.65 mmol/L built-in, 1.1 mmol/L built-in'],
    ['Ca', '2018-05-01', 2.4, '2.15 mmol/L built-in, 2.65 mmol/L built-in'],
    ['Ca', '2025-11-20', 2.4, '2.15 mmol/L built-in, 2.65 mmol/L built-in'],
    ['Ca', '2025-11-21', 2.4, '2.17 mmol/L built-in, 2.74 mmol/L built-in'],
    ['Ca', '2026-10-23', 2.4, '2.17 mmol/L built-in, 2.74 mmol/L built-in'],
    ['iCa', '2018-05-01', 1.2, '1.15 mmol/L built-in, 1.37 mmol/L built-in'],
    ['Mg', '2008-11-21', 0.85, '0.65 mmol/L built-in, 1.1 mmol/L built-in'],
    ['Mg', '2008-11-20', 0.85, BUILT_IN],
  ])('%s, born %s: %4$s', (test_, birth, value, expected) => {
    expect(rangeOf(result(test_, value, { at: '2026-11-20' }), { birth })).toBe(expected)
  })

  test.each<Test>(['Mg', 'Ca', 'iCa', 'P'])(
    'under 28 days %s is no-range-for-age, whatever the laboratory says',
    (test_) => {
      const value = { Mg: 0.85, Ca: 2.4, iCa: 1.2, P: 1.8 }[test_ as 'Mg']
      const raw = result(test_, value, { at: '2026-11-20', ranges: [range(value * 0.9, value * 1.1)] })
      expect(rangeOf(raw, { birth: '2026-10-24' })).toBe('no-range-for-age')
      expect(rangeOf(raw, { birth: '2026-11-20' })).toBe('no-range-for-age')
    },
  )

  test('the age is that at the sample', () => {
    const raw = result('Mg', 0.85, { at: '2026-11-18' })
    expect(rangeOf(raw, { birth: '2008-11-19' })).toBe('0.65 mmol/L built-in, 1.1 mmol/L built-in')
    expect(rangeOf(raw, { birth: '2008-11-18' })).toBe(BUILT_IN)
  })
})

describe('no usable birth date', () => {
  test.each([null, '1890-01-01', '2026-11-25'])(
    'born %s: own ranges are used, built-in ones not',
    (birth) => {
      expect(rangeOf(withRange(range(0.75, 1.0, 'mmol/L')), { birth })).toBe(OWN)
      expect(rangeOf(result('Mg', 0.85), { birth })).toBe('no-age')
    },
  )

  test('a one-sided own range stays one-sided', () => {
    expect(rangeOf(withRange(range(0.75, null, 'mmol/L')), { birth: null })).toBe('0.75 mmol/L own, open')
  })
})

describe('each unit has its own built-in limits', () => {
  test.each<[Test, string, number, string]>([
    ['Mg', 'mg/dL', 2.0, '1.7 mg/dL built-in, 2.7 mg/dL built-in'],
    ['Mg', 'mEq/L', 1.6, '1.4 mEq/L built-in, 2.2 mEq/L built-in'],
    ['Mg', 'umol/L', 850, BUILT_IN],
    ['Ca', 'mg/dL', 9, '8.4 mg/dL built-in, 10.4 mg/dL built-in'],
    ['iCa', 'mg/dL', 4.8, '4.6 mg/dL built-in, 5.3 mg/dL built-in'],
    ['P', 'mg/dL', 3, '2.5 mg/dL built-in, 4.6 mg/dL built-in'],
    ['PTH', 'pmol/L', 5, '1.6 pmol/L built-in, 6.9 pmol/L built-in'],
  ])('%s in %s: %4$s', (test_, unitText, value, expected) => {
    expect(rangeOf(result(test_, value, { unit: unitText }))).toBe(expected)
  })

  test('creatinine has limits by sex, and the narrower ones where the sex is not known', () => {
    const creatinine = (sex: Story['sex']) => rangeOf(result('creatinine', 80), { sex })
    expect(creatinine('male')).toBe('60 umol/L built-in, 110 umol/L built-in')
    expect(creatinine('female')).toBe('45 umol/L built-in, 90 umol/L built-in')
    expect(creatinine('unknown')).toBe('60 umol/L built-in, 90 umol/L built-in')
  })
})

describe('no range at all', () => {
  test('but a value past a critical limit is judged, and the reason is listed too', () => {
    const past = stagesOf({ birth: null, results: [result('Mg', 0.49)] }).facts
    expect(past.magnesium).toMatchObject({ range: null })
    expect(past.unusable.map(({ reason }) => reason)).toContain('no-age')
    const on = stagesOf({ birth: null, results: [result('Mg', 0.5)] }).facts
    expect(on.magnesium).toBeNull()
  })
})

describe('a range in another unit than the result', () => {
  const standsAs = (value: number, unitText: string, own?: RawRange, test_: Test = 'Mg') =>
    assessed({ results: [result(test_, value, { unit: unitText, ranges: own ? [own] : [] })] }).results[0]
      ?.reading

  test('is met by the result converted and rounded half up to its decimals, of which 0.7 has two: 0.70', () => {
    const own = range(0.7, 1.0, 'mmol/L')
    expect(standsAs(1.6, 'mg/dL', own)).toBe('low') // 0.66
    expect(standsAs(1.7, 'mg/dL', own)).toBe('in-range') // 0.70
    expect(standsAs(2.4, 'mg/dL', own)).toBe('in-range') // 0.99
    expect(standsAs(2.5, 'mg/dL', own)).toBe('high') // 1.03
  })

  test('the other way round: to 0.1 mg/dL', () => {
    const own = range(1.7, 2.4, 'mg/dL')
    expect(standsAs(0.68, 'mmol/L', own)).toBe('in-range') // 1.65 is 1.7
    expect(standsAs(0.67, 'mmol/L', own)).toBe('low') // 1.63 is 1.6
  })

  test('calcium in mEq/L is halved', () => {
    expect(standsAs(4.1, 'mEq/L', undefined, 'Ca')).toBe('low') // 2.05
    expect(standsAs(4.2, 'mEq/L', undefined, 'Ca')).toBe('in-range') // 2.10
    expect(standsAs(5.2, 'mEq/L', undefined, 'Ca')).toBe('in-range')
    expect(standsAs(5.3, 'mEq/L', undefined, 'Ca')).toBe('high')
  })
})
