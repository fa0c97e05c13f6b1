import {
  ATC,
  ago,
  coded,
  condition,
  dayAgo,
  daysAgo,
  ICD10CM,
  LOINC,
  medication,
  range,
  result,
  type Story,
  stagesOf,
  type Test,
  when,
} from '../readings/small-record.ts'

const AT = ago(2)

/** What is in doubt about a result: "mix-up zone", "hard limits", "own range fits another unit"; or null. */
function doubt(test: Test, value: number, unit: string, over: Story & { raw?: object } = {}) {
  const { raw, ...story } = over
  const { facts } = stagesOf({
    ...story,
    results: [result(test, value, { id: 'doubted', at: AT, unit, ...raw }), ...(story.results ?? [])],
  })
  return facts.doubts.find(({ reading }) => reading.observation === 'Observation/doubted') ?? null
}

const why = (test: Test, value: number, unit: string, over: Story & { raw?: object } = {}) =>
  doubt(test, value, unit, over)?.because ?? null

describe('the mix-up zones, bounds included', () => {
  test.each<[Test, string, number, number, number, number, readonly string[]]>([
    ['Mg', 'mmol/L', 1.29, 1.3, 3.0, 3.01, ['magnesium mg/dL', 'magnesium mEq/L']],
    ['Mg', 'mg/dL', 0.3, 0.4, 1.2, 1.3, ['magnesium mmol/L']],
    ['Mg', 'mg/dL', 15.9, 16, 27, 27.1, ['magnesium mg/L']],
    ['Ca', 'mmol/L', 0.99, 1.0, 1.4, 1.41, ['calcium-ionised mmol/L']],
    ['Ca', 'mmol/L', 4.19, 4.2, 5.4, 5.41, ['calcium mEq/L']],
    ['Ca', 'mg/dL', 4.1, 4.2, 5.4, 5.5, ['calcium mEq/L', 'calcium-ionised mg/dL']],
    ['iCa', 'mmol/L', 1.79, 1.8, 3.0, 3.01, ['calcium mmol/L']],
    ['P', 'mmol/L', 2.19, 2.2, 5.0, 5.01, ['phosphate mg/dL']],
    ['P', 'mg/dL', 0.7, 0.8, 1.5, 1.6, ['phosphate mmol/L']],
  ])(
    '%s in %s: %d outside, %d to %d inside, %d outside',
    (test_, unit, below, low, high, above, readings) => {
      expect(why(test_, below, unit)).not.toBe('mix-up zone')
      expect(why(test_, low, unit)).toBe('mix-up zone')
      expect(why(test_, high, unit)).toBe('mix-up zone')
      expect(why(test_, above, unit)).not.toBe('mix-up zone')
      expect(
        doubt(test_, low, unit)?.couldBe.map(({ analyte, unit: other }) => `${analyte.id} ${other}`),
      ).toEqual(readings)
    },
  )

  test('a laboratory-adjusted calcium has the zones of the total', () => {
    expect(why('adjCa', 4.2, 'mmol/L')).toBe('mix-up zone')
    expect(why('adjCa', 4.19, 'mmol/L')).toBeNull()
    expect(why('adjCa', 1.0, 'mmol/L')).toBe('mix-up zone')
  })

  test('decimal multiples are scaled first', () => {
    expect(why('Mg', 1300, 'umol/L')).toBe('mix-up zone')
    expect(why('Mg', 1299, 'umol/L')).toBeNull()
  })

  test('a bound is in no zone', () => {
    expect(why('Mg', 2.0, 'mmol/L', { raw: { comparator: '>' } })).toBeNull()
  })
})

describe('the hard limits, which are themselves inside', () => {
  test.each<[Test, string, number, number, number, number]>([
    ['Mg', 'mmol/L', 0.09, 0.1, 15, 15.01],
    ['Ca', 'mmol/L', 0.79, 0.8, 7, 16.1],
    ['iCa', 'mmol/L', 0.29, 0.3, 4, 5.61],
    ['P', 'mmol/L', 0.04, 0.05, 8, 8.01],
    ['D', 'nmol/L', 2, 3, 2000, 2001],
  ])('%s in %s: %d outside, %d and %d inside, %d outside', (test_, unit, below, low, high, above) => {
    expect(doubt(test_, below, unit)?.reason).toBe('implausible-value')
    expect(doubt(test_, low, unit)?.reason).not.toBe('implausible-value')
    expect(doubt(test_, high, unit)?.reason).not.toBe('implausible-value')
    expect(doubt(test_, above, unit)?.reason).toBe('implausible-value')
  })

  test('are applied in the canonical unit', () => {
    expect(doubt('D', 0.9, 'ng/mL')?.reason).toBe('implausible-value') // 2.2 nmol/L
    expect(doubt('D', 1.3, 'ng/mL')).toBeNull()
  })

  test('and not to a bound', () => {
    expect(doubt('Mg', 0.05, 'mmol/L', { raw: { comparator: '<' } })).toBeNull()
  })

  test('a value outside them in a zone row still says what it could be', () => {
    // Ca 7.1-16 mmol/L: outside the hard limits, and in the zone of mg/dL
    const found = doubt('Ca', 9.4, 'mmol/L')
    expect(found).toMatchObject({ because: 'hard limits', couldBeCritical: false })
    expect(found?.couldBe.map(({ unit }) => unit)).toEqual(['mg/dL'])
    expect(doubt('Ca', 16, 'mmol/L')?.couldBeCritical).toBe(true)
    expect(doubt('Ca', 16.1, 'mmol/L')?.couldBe).toEqual([])
  })
})

describe('how urgent a doubt is', () => {
  test.each<[Test, string, number, boolean]>([
    ['Mg', 'mmol/L', 1.3, false],
    ['Mg', 'mmol/L', 1.99, false],
    ['Mg', 'mmol/L', 2.0, true], // printed: critically high
    ['Mg', 'mg/dL', 1.1, true], // printed: below 1.2
    ['Mg', 'mg/dL', 1.2, false],
    ['Mg', 'mg/dL', 0.4, true], // as mmol/L: below 0.50
    ['P', 'mg/dL', 0.9, true],
    ['P', 'mg/dL', 1.0, false],
    ['P', 'mmol/L', 3.0, false],
    ['Ca', 'mmol/L', 4.2, true],
  ])('%s %3$d %2$s could be critical: %4$s', (test_, unit, value, critical) => {
    expect(doubt(test_, value, unit)?.couldBeCritical).toBe(critical)
  })
})

describe('when a zone is not asked', () => {
  const own = (low: number, high: number, unit = '') => ({ raw: { ranges: [range(low, high, unit)] } })

  test('(a) an own range near the usual limits confirms unit and analyte', () => {
    expect(why('Mg', 1.5, 'mmol/L', own(0.7, 1.0))).toBeNull()
    expect(why('P', 1.2, 'mg/dL', own(2.5, 4.5))).toBeNull()
  })

  test('(a) accepted for the patient or not', () => {
    const forPregnancy = {
      raw: { ranges: [range(0.7, 1.0, '', { appliesTo: [{ codings: [], text: 'pregnancy' }] })] },
    }
    expect(why('Mg', 1.5, 'mmol/L', forPregnancy)).toBeNull()
  })

  test('(a) not one that fails the factor test or has an unknown modifier', () => {
    expect(why('Mg', 1.5, 'mmol/L', own(1.7, 2.7))).not.toBeNull()
    const modified = { raw: { ranges: [range(0.7, 1.0, '', { unknownModifier: 'http://example.org/x' })] } }
    expect(why('Mg', 1.5, 'mmol/L', modified)).toBe('mix-up zone')
  })

  const other = (value: number, day: string, unit = 'mmol/L') => ({
    results: [result('Mg', value, { id: 'other', at: day, unit })],
  })

  test('(b) another result of the patient in the same unit, on another day, in the adult range', () => {
    expect(why('Mg', 1.5, 'mmol/L', other(0.8, daysAgo(30)))).toBeNull()
    expect(why('Mg', 1.5, 'mmol/L', other(0.7, daysAgo(30)))).toBeNull()
    expect(why('Mg', 1.5, 'mmol/L', other(1.1, daysAgo(30)))).toBeNull()
    expect(why('Mg', 1.5, 'mmol/L', other(0.69, daysAgo(30)))).toBe('mix-up zone')
    expect(why('Mg', 1.5, 'mmol/L', other(1.11, daysAgo(30)))).toBe('mix-up zone')
    expect(why('Mg', 1.5, 'mmol/L', other(2.0, daysAgo(30), 'mg/dL'))).toBe('mix-up zone')
  })

  test('(b) up to 365 days before or after, not on the same day', () => {
    const at = { raw: { at: dayAgo(60) } }
    expect(why('Mg', 1.5, 'mmol/L', { ...at, ...other(0.8, dayAgo(425)) })).toBeNull()
    expect(why('Mg', 1.5, 'mmol/L', { ...at, ...other(0.8, dayAgo(426)) })).toBe('mix-up zone')
    expect(why('Mg', 1.5, 'mmol/L', { ...at, ...other(0.8, dayAgo(10)) })).toBeNull()
    expect(why('Mg', 1.5, 'mmol/L', { ...at, ...other(0.8, dayAgo(60)) })).toBe('mix-up zone')
  })

  test('(b) the adult range, for a child and in pregnancy too', () => {
    expect(why('Mg', 1.5, 'mmol/L', { birth: '2018-05-01', ...other(0.68, daysAgo(30)) })).toBe('mix-up zone')
    expect(why('Mg', 1.5, 'mmol/L', { birth: '2018-05-01', ...other(0.7, daysAgo(30)) })).toBeNull()
  })

  test('(c) the source vouches for its units', () => {
    expect(why('Mg', 1.5, 'mmol/L', { unitsVerified: true })).toBeNull()
  })

  test('none of the three skips Mg 16 to 27 mg/dL', () => {
    const story = { unitsVerified: true, ...other(2.0, daysAgo(30), 'mg/dL'), ...own(1.7, 2.7) }
    expect(why('Mg', 20, 'mg/dL', story)).toBe('mix-up zone')
  })

  const egfr = (value: number) => ({ results: [result('eGFR', value, { at: ago(20) })] })
  const dialysis = { conditions: [condition(coded([ICD10CM, 'Z99.2']))] }
  const unstable = { conditions: [condition(coded([ICD10CM, 'N17.9']), { onset: when(dayAgo(2)) })] }

  test.each<[Test, number, string]>([
    ['Mg', 1.5, 'mmol/L'],
    ['Mg', 20, 'mg/dL'],
    ['P', 3, 'mmol/L'],
  ])('%s %d %s is no surprise below eGFR 30, on dialysis or in unstable kidneys', (test_, value, unit) => {
    expect(why(test_, value, unit, egfr(30))).toBe('mix-up zone')
    expect(why(test_, value, unit, egfr(29.9))).toBeNull()
    expect(why(test_, value, unit, egfr(10))).toBeNull()
    expect(why(test_, value, unit, dialysis)).toBeNull()
    expect(why(test_, value, unit, unstable)).toBeNull()
  })

  test.each<[Test, number, string]>([
    ['Mg', 1.0, 'mg/dL'],
    ['P', 1.0, 'mg/dL'],
    ['Ca', 1.2, 'mmol/L'],
    ['Ca', 4.8, 'mmol/L'],
    ['iCa', 2.3, 'mmol/L'],
  ])('%s %d %s is asked on dialysis too', (test_, value, unit) => {
    expect(why(test_, value, unit, dialysis)).toBe('mix-up zone')
  })

  const source = (hours: number) => ({
    medications: [
      medication(coded([ATC, 'A12CC10']), {
        status: 'stopped',
        start: when(daysAgo(90)),
        end: when(ago(2 + hours)),
      }),
    ],
  })

  test('a recent magnesium source skips the two high zones of Mg', () => {
    expect(why('Mg', 1.5, 'mmol/L', source(72))).toBeNull()
    expect(why('Mg', 1.5, 'mmol/L', source(73))).toBe('mix-up zone')
    expect(why('Mg', 20, 'mg/dL', source(72))).toBeNull()
    expect(why('Mg', 1.0, 'mg/dL', source(72))).toBe('mix-up zone')
    expect(why('P', 3, 'mmol/L', source(72))).toBe('mix-up zone')
  })

  test('one started after the sample does not', () => {
    const later = { medications: [medication(coded([ATC, 'A12CC10']), { start: when(ago(1)) })] }
    expect(why('Mg', 1.5, 'mmol/L', later)).toBe('mix-up zone')
  })
})

describe('its own range fits another unit', () => {
  const ranged = (test: Test, value: number, unit: string, low: number, high: number) =>
    doubt(test, value, unit, { raw: { ranges: [range(low, high)] } })

  test('where it was refused and fits exactly one other unit', () => {
    // 0.7-1.0 "mg/dL" is a range in mmol/L; 1.4 lies in no zone of mg/dL
    expect(ranged('Mg', 1.4, 'mg/dL', 0.7, 1.0)).toMatchObject({
      because: 'own range fits another unit',
      couldBe: [{ unit: 'mmol/L' }],
    })
    // 17-27 "mg/dL" is a range in mg/L
    expect(ranged('Mg', 14, 'mg/dL', 17, 27)).toMatchObject({ couldBe: [{ unit: 'mg/L' }] })
    expect(ranged('Ca', 2.3, 'mmol/L', 8.4, 10.4)).toMatchObject({ couldBe: [{ unit: 'mg/dL' }] })
  })

  test('not where it fits two other units, or none', () => {
    // 1.4-2.0 "mmol/L" fits mEq/L and mg/dL
    expect(ranged('Mg', 0.9, 'mmol/L', 1.5, 2.1)).toBeNull()
    expect(ranged('Mg', 0.9, 'mmol/L', 100, 140)).toBeNull()
  })

  test('not where it was accepted', () => {
    expect(ranged('Mg', 0.9, 'mmol/L', 0.7, 1.0)).toBeNull()
  })

  test('in words too', () => {
    const raw = { ranges: [range(null, null, '', { text: '0.7 - 1.0' })] }
    expect(why('Mg', 1.4, 'mg/dL', { raw })).toBe('own range fits another unit')
  })
})

describe('helpers', () => {
  const listed = (test: Test, value: number, unit: string, raw = {}) => {
    const { facts } = stagesOf({ results: [result(test, value, { id: 'helper', unit, ...raw })] })
    return facts.unusable.find(({ observation }) => observation === 'Observation/helper')?.reason ?? null
  }

  test.each<[Test, string, number, string | null]>([
    ['albumin', 'g/L', 4.9, 'implausible-value'],
    ['albumin', 'g/L', 5, 'unit-doubtful'],
    ['albumin', 'g/L', 6, 'unit-doubtful'],
    ['albumin', 'g/L', 6.1, null],
    ['albumin', 'g/L', 70, null],
    ['albumin', 'g/L', 71, 'implausible-value'],
    ['albumin', 'g/dL', 40, 'implausible-value'],
    ['creatinine', 'umol/L', 4, 'implausible-value'],
    ['creatinine', 'umol/L', 15, 'unit-doubtful'],
    ['creatinine', 'umol/L', 15.1, null],
    ['creatinine', 'mg/dL', 19.9, null],
    ['creatinine', 'mg/dL', 20, 'unit-doubtful'],
    ['PTH', 'pg/mL', 0.9, null],
    ['PTH', 'pg/mL', 1, 'unit-doubtful'],
    ['PTH', 'pg/mL', 8, 'unit-doubtful'],
    ['PTH', 'pg/mL', 8.1, null],
    ['K', 'mmol/L', 0.9, 'implausible-value'],
    ['K', 'mmol/L', 1.0, null],
    ['K', 'mmol/L', 13, null],
    ['K', 'mmol/L', 13.1, 'implausible-value'],
  ])('%s %3$d %2$s: %4$s', (test_, unit, value, reason) => {
    expect(listed(test_, value, unit)).toBe(reason)
  })

  test('a range in its own unit settles the zone, whatever it says', () => {
    expect(listed('PTH', 5, 'pg/mL', { ranges: [range(15, 65, 'pg/mL')] })).toBeNull()
    expect(listed('PTH', 5, 'pg/mL', { ranges: [range(1.6, 6.9)] })).toBeNull()
    expect(listed('PTH', 5, 'pg/mL', { ranges: [range(1.6, 6.9, 'pmol/L')] })).toBe('unit-doubtful')
    expect(listed('albumin', 4.0, 'g/L', { ranges: [range(3.5, 5, 'g/L')] })).toBe('implausible-value')
  })

  test('a helper makes no card', () => {
    const { facts } = stagesOf({ results: [result('creatinine', 15, { unit: 'umol/L' })] })
    expect(facts.doubts).toEqual([])
  })

  test('a code of mass with a unit of moles is read by its unit', () => {
    expect(listed('creatinine', 80, 'umol/L', { code: coded([LOINC, '2160-0']) })).toBeNull()
  })
})
