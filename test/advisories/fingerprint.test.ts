import fc from 'fast-check'
import type { RawResult } from '../../src/record/record.ts'
import {
  ATC,
  ago,
  assessed,
  CODES,
  coded,
  condition,
  dayAgo,
  daysAgo,
  ICD10CM,
  LOINC,
  medication,
  NOW,
  result,
  type Said,
  type Story,
  unit,
} from '../readings/small-record.ts'

const AT = ago(5)
const KIDNEYS = result('eGFR', 90, { id: 'egfr', at: daysAgo(1) })
const mg = (value: number, over: Said = {}) => result('Mg', value, { id: 'mg', at: AT, ...over })

function fingerprint(results: readonly RawResult[], over: Story = {}, now = NOW): string {
  const [first] = assessed({ results: [KIDNEYS, ...results], ...over }, now).advisories
  return first?.fingerprint ?? 'no advisory'
}

const BASE = fingerprint([mg(0.62)])

describe('the same facts give the same fingerprint', () => {
  test('it is 32 hexadecimal digits', () => {
    expect(BASE).toMatch(/^[0-9a-f]{32}$/)
  })

  test.each(['mmol/l', 'MMOL/L', 'mM', 'mmol / L'])('in the spelling "%s"', (spelling) => {
    expect(fingerprint([mg(0.62, { unit: spelling })])).toBe(BASE)
  })

  test('as a decimal multiple', () => {
    expect(fingerprint([mg(620, { unit: '\u00b5mol/L' })])).toBe(BASE)
    expect(fingerprint([mg(15, { unit: 'mg/L' })])).toBe(fingerprint([mg(1.5, { unit: 'mg/dL' })]))
  })

  test('with and without a UCUM code, and under another code of the analyte', () => {
    expect(fingerprint([mg(0.62, { unit: unit('mmol/L', 'mmol/L') })])).toBe(BASE)
    expect(fingerprint([mg(0.62, { code: coded([LOINC, '19123-9'], ['urn:oid:1.2.3', 'MG']) })])).toBe(BASE)
  })

  test('with other ids, versions and reports', () => {
    expect(fingerprint([mg(0.62, { id: 'other', version: '7', revised: 7, reports: ['r'] })])).toBe(BASE)
    expect(fingerprint([{ ...mg(0.62), reference: null }])).toBe(BASE)
  })

  test('at the same instant in another offset', () => {
    expect(fingerprint([mg(0.62, { at: '2026-11-20T09:00:00+02:00' })])).toBe(
      fingerprint([mg(0.62, { at: '2026-11-20T07:00:00Z' })]),
    )
  })

  test('asked again later', () => {
    expect(fingerprint([mg(0.62)], {}, new Date(NOW.getTime() + 3 * 3_600_000))).toBe(BASE)
  })

  test('beside what has nothing to do with it', () => {
    const foreign = result('Mg', 140, { id: 'na', code: coded([LOINC, '789-8']) })
    expect(fingerprint([mg(0.62), foreign, result('K', 4.1, { at: AT })])).toBe(BASE)
    expect(fingerprint([mg(0.62)], { conditions: [condition(coded([ICD10CM, 'M54.5']))] })).toBe(BASE)
  })

  test('sent twice, in any order', () => {
    const results = [
      mg(0.62),
      result('K', 3.2, { at: AT }),
      result('Ca', 2.3, { at: AT }),
      mg(0.62, { id: 'copy' }),
    ]
    const expected = fingerprint(results)
    fc.assert(
      fc.property(fc.shuffledSubarray(results, { minLength: results.length }), (shuffled) => {
        expect(fingerprint(shuffled)).toBe(expected)
      }),
    )
  })
})

describe('other facts give another fingerprint', () => {
  const others: Readonly<Record<string, string>> = {
    'another value': fingerprint([mg(0.63)]),
    'a bound': fingerprint([mg(0.62, { comparator: '<' })]),
    'another time': fingerprint([mg(0.62, { at: ago(6) })]),
    'another level, by a low potassium': fingerprint([mg(0.62), result('K', 3.2, { at: AT })]),
    'another level, by a drug': fingerprint([mg(0.62)], {
      medications: [medication(coded([ATC, 'C01AA05']))],
    }),
    'another kidney band': fingerprint([mg(0.62), result('eGFR', 50, { id: 'egfr2', at: AT })]),
    'another finding on the card': fingerprint([mg(0.62), result('P', 0.7, { at: AT })]),
    'another rule': fingerprint([mg(1.2)]),
    'a lowered level': fingerprint([mg(0.45, { status: 'preliminary' })]),
    'the same unlowered': fingerprint([mg(0.45)]),
  }

  test.each(Object.entries(others))('%s', (_, other) => {
    expect(other).toMatch(/^[0-9a-f]{32}$/)
    expect(other).not.toBe(BASE)
  })

  test('all of them differ from one another', () => {
    expect(new Set(Object.values(others)).size).toBe(Object.keys(others).length)
  })

  test('any two values differ', () => {
    const value = fc.integer({ min: 40, max: 69 })
    fc.assert(
      fc.property(value, value, (a, b) => {
        fc.pre(a !== b)
        expect(fingerprint([mg(a / 100)])).not.toBe(fingerprint([mg(b / 100)]))
      }),
    )
  })

  test('a day is not a moment of it', () => {
    expect(fingerprint([mg(0.62, { at: dayAgo(0) })])).not.toBe(BASE)
    expect(CODES.Mg).toBe('2601-3')
  })
})
