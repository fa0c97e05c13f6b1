import fc from 'fast-check'
import type { AnalyteId } from '../../src/knowledge/types.ts'
import { unitOf } from '../../src/readings/unit.ts'
import type { RawUnit } from '../../src/record/record.ts'
import { knowledge } from '../loaded-knowledge.ts'
import { quantity, readOne, result, UCUM, unit } from './small-record.ts'

function read(sent: RawUnit, id: AnalyteId = 'magnesium'): string {
  const analyte = knowledge.analytes.get(id)
  if (!analyte) throw new Error(`no analyte ${id}`)
  const answer = unitOf(sent, analyte, knowledge)
  return answer.ok ? answer.unit.unit : answer.reason
}

describe('spellings of one unit', () => {
  test.each<[AnalyteId, string, readonly string[]]>([
    ['magnesium', 'mmol/L', ['mmol/L', 'mmol/l', 'MMOL/L', 'mM', 'mM/L', 'mmol / L', 'mmol/L{Mg}']],
    ['magnesium', 'mg/dL', ['mg/dL', 'mg/dl', 'MG/DL', 'mg%', 'mg/100ml', 'mg/100 mL', 'mg/dL{total}']],
    ['magnesium', 'mEq/L', ['mEq/L', 'meq/L', 'MEQ/L', 'mEq/l', 'mval/L', 'mval/l']],
    ['magnesium', 'mg/L', ['mg/L', 'mg/l']],
    [
      'creatinine',
      'umol/L',
      ['umol/L', '\u00b5mol/L', '\u03bcmol/L', '\u00b5mol/l', '\u03bcmol/l', 'micromol/L', 'mcmol/L'],
    ],
    ['vitamin-d-25oh', 'ng/mL', ['ng/mL', 'ng/ml']],
    ['vitamin-d-25oh', 'ug/L', ['ug/L', 'mcg/L', '\u00b5g/L', '\u03bcg/L']],
    ['alp', 'U/L', ['U/L', 'IU/L', '[IU]/L', 'E/l']],
    [
      'egfr',
      'mL/min/{1.73_m2}',
      ['mL/min/{1.73_m2}', 'ml/min/1.73m²', 'mL/min/1,73', 'mL/min/1.73 m2', 'mL/min/1.73m2'],
    ],
  ])('%s: all of these are %s', (analyte, canonical, spellings) => {
    for (const spelling of spellings) {
      expect([spelling, read(unit(spelling), analyte)]).toEqual([spelling, canonical])
      expect([spelling, read({ text: '', code: spelling, system: UCUM }, analyte)]).toEqual([
        spelling,
        canonical,
      ])
    }
  })

  test('the micro sign put into capitals (a Greek capital mu) is still micro, and an M is milli', () => {
    expect(read(unit('\u039cMOL/L'), 'creatinine')).toBe('umol/L')
    expect(read(unit('MMOL/L'), 'creatinine')).not.toBe('umol/L')
  })

  test('case, blanks and annotations never change what a spelling means', () => {
    const spelling = fc.constantFrom(...knowledge.spellings.keys())
    const analytes = [...knowledge.analytes.values()]
    fc.assert(
      fc.property(spelling, fc.constantFrom(...analytes), fc.boolean(), (text, analyte, upper) => {
        const changed = ` ${upper ? text.toUpperCase() : text.toLowerCase()} `
        expect(unitOf(unit(changed), analyte, knowledge)).toEqual(unitOf(unit(text), analyte, knowledge))
      }),
    )
  })
})

describe('what is no unit of the test', () => {
  test('no unit at all is said to be no-unit', () => {
    expect(read(unit(''))).toBe('no-unit')
  })

  test.each<[AnalyteId, string]>([
    ['magnesium', 'mmol/kg'],
    ['magnesium', 'mmol'],
    ['magnesium', 'g/L'],
    ['magnesium', 'mmol/(24.h)'],
    ['phosphate', 'mEq/L'],
    ['phosphate', 'mval/L'],
    ['vitamin-d-25oh', 'pg/mL'],
    ['vitamin-d-25oh', 'mg/dL'],
    ['albumin', '%'],
    ['potassium', 'mg/L'],
  ])('%s in %s is an unknown unit', (analyte, text) => {
    expect(read(unit(text), analyte)).toBe('unknown-unit')
  })

  test('a unit and a UCUM code that name two different units are an unknown unit, whichever way round', () => {
    expect(read(unit('mg/dL', 'mmol/L'))).toBe('unknown-unit')
    expect(read(unit('mmol/L', 'mg/dL'))).toBe('unknown-unit')
    expect(read(unit('mEq/L', 'mmol/L'))).toBe('unknown-unit')
  })

  test('a UCUM code that is no unit of the test decides against a text that is one', () => {
    expect(read(unit('mmol/L', 'ng/mL'))).toBe('unknown-unit')
    expect(read(unit('mg/dL', 'pg/mL'), 'vitamin-d-25oh')).toBe('unknown-unit')
  })

  test('a code under another system is read like text', () => {
    const other = 'urn:oid:1.2.3'
    expect(read({ text: 'mmol/L', code: 'mmol/L', system: other })).toBe('mmol/L')
    expect(read({ text: 'mmol/L', code: '(HL7_V2)', system: other })).toBe('mmol/L')
    expect(read({ text: '', code: 'mmol/l', system: other })).toBe('mmol/L')
    expect(read({ text: 'mg/dL', code: 'mmol/L', system: other })).toBe('unknown-unit')
  })

  test('spellings of the same unit in text and code agree', () => {
    expect(read(unit('mval/L', 'meq/L'))).toBe('mEq/L')
    expect(read(unit('\u00b5mol/l', 'umol/L'), 'creatinine')).toBe('umol/L')
    expect(read(unit('ug/L', 'ng/mL'), 'vitamin-d-25oh')).toBe('ng/mL')
  })
})

describe('a value in its unit', () => {
  test.each<[number, string, number, string, number]>([
    [0.62, 'mmol/L', 0.62, 'mmol/L', 0.62],
    [620, 'umol/L', 0.62, 'mmol/L', 0.62],
    [712.3, 'umol/L', 0.7123, 'mmol/L', 0.7123],
    [1.4, 'mg/dL', 1.4, 'mg/dL', 0.576016],
    [14, 'mg/L', 1.4, 'mg/dL', 0.576016],
    [1.7, 'mEq/L', 1.7, 'mEq/L', 0.85],
    [1.7, 'mval/L', 1.7, 'mEq/L', 0.85],
  ])('Mg %d %s is compared as %d %s and is %d mmol/L', (value, sent, compared, comparedIn, canonical) => {
    const { reading } = readOne(result('Mg', value, { unit: sent }))
    expect(reading?.measured).toMatchObject({ interval: { low: compared }, unit: comparedIn })
    expect(reading?.canonical.interval.low).toBeCloseTo(canonical, 10)
  })

  test('a number is shown padded to the step of its unit, never cut', () => {
    expect(readOne(result('Mg', 0.7)).reading?.reported.text).toBe('0.70 mmol/L')
    expect(readOne(result('Mg', 0.845)).reading?.reported.text).toBe('0.845 mmol/L')
    expect(readOne(result('Mg', 2, { unit: 'mg/dL' })).reading?.reported.text).toBe('2.0 mg/dL')
    expect(readOne(result('D', 49.6)).reading?.reported.text).toBe('49.6 nmol/L')
    expect(readOne(result('Mg', quantity(0.3, 'mmol/L', '<'))).reading?.reported.text).toBe('<0.30 mmol/L')
  })

  test('an eGFR in words needs no unit, a number does', () => {
    expect(readOne(result('eGFR', '>60')).reading?.reported.text).toBe('>60')
    expect(readOne(result('eGFR', 75, { unit: '' })).reason).toBe('no-unit')
    expect(readOne(result('Mg', '0.62')).reason).toBe('no-unit')
  })
})
