import fc from 'fast-check'
import { assess } from '../../src/assess.ts'
import { identify, keyOf } from '../../src/readings/identify.ts'
import type { Coded } from '../../src/record/record.ts'
import { knowledge } from '../loaded-knowledge.ts'
import { coded, LOINC, NOW, named, readOne, recordOf, result } from './small-record.ts'

const LOCAL = 'urn:oid:2.16.840.1.113883.3.9999.1'

function seen(code: Coded): string {
  const identity = identify(code, knowledge)
  switch (identity.use) {
    case 'allowed':
    case 'refused':
      return `${identity.use} ${identity.analyte.id}`
    case 'unlisted':
      return `unlisted ${identity.analyte ?? ''}`
    default:
      return identity.use
  }
}

const local = (code: string, display = ''): Coded => coded([LOCAL, code, display])

describe('a result is identified by listed LOINC codes', () => {
  test.each<[string, string]>([
    ['19123-9', 'allowed magnesium'],
    ['2601-3', 'allowed magnesium'],
    ['17861-6', 'allowed calcium'],
    ['29265-6', 'allowed calcium-adjusted'],
    ['17864-0', 'allowed calcium-ionised'],
    ['2777-1', 'allowed phosphate'],
    ['1989-3', 'allowed vitamin-d-25oh'],
    ['49054-0', 'allowed vitamin-d-25oh'],
    ['2160-0', 'allowed creatinine'],
    ['11042-9', 'allowed creatinine'],
    ['74696-6', 'refused magnesium'],
    ['26746-8', 'refused magnesium'],
    ['2593-2', 'refused magnesium'],
    ['65362-6', 'refused magnesium'],
    ['1996-8', 'refused calcium'],
    ['1649-3', 'refused vitamin-d-25oh'],
    ['48642-3', 'refused egfr'],
    ['82810-3', 'concept'],
    ['11778-8', 'concept'],
    ['20393-5', 'concept'],
  ])('%s is %s', (code, expected) => {
    expect(seen(coded([LOINC, code]))).toBe(expected)
  })

  test.each(['http://loinc.org', 'https://loinc.org', 'urn:oid:2.16.840.1.113883.6.1', 'LN'])(
    '%s means LOINC',
    (system) => {
      expect(seen(coded([system, '2601-3']))).toBe('allowed magnesium')
    },
  )

  test('the same number under another system is another code', () => {
    expect(seen(coded([LOCAL, '2601-3', 'sodium']))).toBe('foreign')
    expect(seen(coded(['http://snomed.info/sct', '2601-3']))).toBe('foreign')
  })

  test('a code that names no system is told, not used', () => {
    expect(seen(coded(['', '2601-3']))).toBe('unlisted magnesium')
  })

  test('a name never identifies a result', () => {
    expect(seen(named('Magnesium, serum'))).toBe('unlisted magnesium')
    expect(seen(coded([LOINC, '12345-5', 'Magnesium serum']))).toBe('unlisted magnesium')
  })
})

describe('several codings of one result', () => {
  test('two allowed codes of one analyte are that analyte', () => {
    expect(seen(coded([LOINC, '2601-3'], [LOINC, '19123-9']))).toBe('allowed magnesium')
  })

  test('a local coding beside a listed one changes nothing', () => {
    expect(seen(coded([LOCAL, 'MG', 'Magnesium'], [LOINC, '2601-3']))).toBe('allowed magnesium')
  })

  test('a refused code beside an allowed one wins, in either order', () => {
    expect(seen(coded([LOINC, '2601-3'], [LOINC, '26746-8']))).toBe('refused magnesium')
    expect(seen(coded([LOINC, '26746-8'], [LOINC, '2601-3']))).toBe('refused magnesium')
  })

  test('two allowed codes of different analytes identify nothing', () => {
    expect(seen(coded([LOINC, '2601-3'], [LOINC, '2000-8']))).toMatch(/^unlisted/)
    expect(seen(coded([LOINC, '2000-8'], [LOINC, '2601-3']))).toMatch(/^unlisted/)
  })

  test('total and adjusted calcium are two analytes', () => {
    expect(seen(coded([LOINC, '2000-8'], [LOINC, '29265-6']))).toMatch(/^unlisted/)
  })

  test('the order of two codings never decides whether a result is used', () => {
    const code = fc.constantFrom('2601-3', '19123-9', '26746-8', '2000-8', '1996-8', '2160-0', '99999-9')
    fc.assert(
      fc.property(fc.array(code, { minLength: 1, maxLength: 2 }), (codes) => {
        const inOrder = (list: readonly string[]) =>
          identify(coded(...list.map((one): [string, string] => [LOINC, one])), knowledge).use
        expect(inOrder(codes)).toBe(inOrder(codes.toReversed()))
      }),
    )
  })
})

describe('whether a foreign result is told or only counted', () => {
  test.each<[Coded, string]>([
    [local('MG', ''), 'unlisted magnesium'],
    [local('LAB42', 'MAGNESIUM SERUM'), 'unlisted magnesium'],
    [named('Ca (corrected)'), 'unlisted calcium'],
    [named('Phosphorus'), 'unlisted phosphate'],
    [named('PO4'), 'unlisted phosphate'],
    [named('25-OH Vitamin D'), 'unlisted vitamin-d-25oh'],
    [named('25(OH)D3'), 'unlisted vitamin-d-25oh'],
    [named('Kreatinin i.S.'), 'unlisted creatinine'],
    [named('Kalium'), 'unlisted potassium'],
    [named('PTH intact'), 'unlisted pth'],
    [named('eGFR (CKD-EPI)'), 'unlisted egfr'],
  ])('%j: %s', (code, expected) => {
    expect(seen(code)).toBe(expected)
  })

  test.each([
    'CA 125',
    'CA-125',
    'CA 19-9',
    'CA 15-3',
    'Calcitonin',
    'Magnesium ammonium phosphate crystals',
    'Alkaline phosphatase',
    'Phospholipid antibodies',
    'Microalbumin, urine',
    'Albumin/creatinine ratio',
    'EGFR gene mutation',
    'PTHrP',
    'Aspirin 100 mg',
    'Glucose mg/dL',
    'Dose 5mg',
    'Cannabis screen',
    'Sodium',
    'Haemoglobin',
  ])('%s is only counted', (text) => {
    expect(seen(named(text))).toBe('foreign')
  })

  test('a foreign result is counted by its system and code, and not listed', () => {
    const raw = result('Mg', 140, { code: coded([LOINC, '789-8', 'Erythrocytes']) })
    const { readings } = readOne(raw)
    expect(readings.foreign.map(keyOf)).toEqual([`${LOINC}|789-8`])
    expect(readings.unusable).toEqual([])
  })

  test('the answer counts foreign results by their codes, in the order of these', () => {
    const foreign = (system: string, code: string) =>
      result('Mg', 140, { code: coded([system, code, 'Erythrocytes']) })
    const results = [
      foreign(LOINC, '789-8'),
      foreign(LOCAL, 'RBC'),
      foreign(LOINC, '789-8'),
      result('Mg', 140, { code: { codings: [], text: 'Something' } }),
    ]
    expect(Object.entries(assess(recordOf({ results }), knowledge, NOW).unlisted)).toEqual([
      [`${LOINC}|789-8`, 2],
      ['no code', 1],
      [`${LOCAL}|RBC`, 1],
    ])
  })

  test.each<[string, string, string]>([
    ['red cell magnesium', '26746-8', 'not-serum'],
    ['magnesium corrected for albumin', '65362-6', 'unlisted-code'],
    ['1,25-dihydroxyvitamin D', '1649-3', 'unlisted-code'],
    ['phosphate in urine', '2778-9', 'not-serum'],
  ])('%s (%s) is listed as %s', (_, code, reason) => {
    expect(readOne(result('Mg', 1, { code: coded([LOINC, code]) })).reason).toBe(reason)
  })

  test.each([
    ['one of a race pair', '48642-3'],
    ['measured GFR', '78006-4'],
    ['creatinine in 24 hour urine', '14684-5'],
  ])('%s (%s) is never listed', (_, code) => {
    const { reading, reason } = readOne(result('Mg', 60, { code: coded([LOINC, code]) }))
    expect(reading).toBeNull()
    expect(reason).toBeNull()
  })
})
