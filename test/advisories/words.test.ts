/** Depends on the words of the cards (cds-hooks/): what every advisory must keep to, whatever its sentences are. */
import fc from 'fast-check'
import type { RawResult } from '../../src/record/record.ts'
import {
  ATC,
  ago,
  assessed,
  coded,
  condition,
  daysAgo,
  ICD10CM,
  medication,
  named,
  result,
  type Story,
  type Test,
} from '../readings/small-record.ts'

const FORBIDDEN =
  /\b(?:improves bone density|reduces fracture|optimal|safe|natural|all clear|administer now)\b/iu

const TESTS: readonly [Test, number, number][] = [
  ['Mg', 0.3, 3.5],
  ['Ca', 1.2, 4.0],
  ['iCa', 0.6, 2.0],
  ['P', 0.2, 4.0],
  ['D', 10, 450],
  ['K', 2.0, 8.0],
  ['albumin', 15, 55],
  ['creatinine', 40, 600],
  ['eGFR', 5, 120],
  ['FEMg', 0.5, 10],
]

const anyResult: fc.Arbitrary<RawResult> = fc
  .record({
    of: fc.constantFrom(...TESTS),
    share: fc.integer({ min: 0, max: 100 }),
    hours: fc.integer({ min: 1, max: 400 }),
    status: fc.constantFrom('final', 'final', 'final', 'preliminary', 'cancelled'),
    note: fc.constantFrom('', '', 'haemolysed', '<b>**wrong tube**</b> EDTA'),
  })
  .map(({ of: [test, low, high], share, hours, status, note }) =>
    result(test, Number((low + ((high - low) * share) / 100).toFixed(2)), {
      id: `${test}-${hours}-${share}`,
      at: ago(hours),
      status,
      notes: note === '' ? [] : [note],
    }),
  )

const anyStory: fc.Arbitrary<Story> = fc.record({
  results: fc.array(anyResult, { minLength: 1, maxLength: 8 }),
  sex: fc.constantFrom('male', 'female', 'unknown'),
  birth: fc.constantFrom('1960-03-05', '1994-05-01', '2018-05-01', '2026-11-01', null),
  medications: fc.subarray([
    medication(coded([ATC, 'A02BC01', 'omeprazole'])),
    medication(coded([ATC, 'C01AA05', 'digoxin'])),
    medication(named('magnesium oxide [x](http://evil.example) <script>alert(1)</script>')),
  ]),
  conditions: fc.subarray([
    condition(coded([ICD10CM, 'G40.909'])),
    condition(coded([ICD10CM, 'Z99.2'])),
    condition(named('Crohn disease <img src=x>')),
  ]),
})

describe('every advisory, whatever was sent', () => {
  test('has a summary of fewer than 140 characters on one line', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        for (const { summary } of assessed(story).advisories) {
          expect(summary.length).toBeGreaterThan(0)
          expect(summary.length).toBeLessThan(140)
          expect(summary).not.toMatch(/[\n\r]|\{\w+\}|undefined|NaN|Infinity/u)
        }
      }),
    )
  })

  test('has a detail within its budget, with every placeholder filled and nothing forbidden', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        for (const { detail, rule } of assessed(story).advisories) {
          expect([rule, detail.length > 1500]).toEqual([rule, false])
          expect(detail).not.toMatch(/\{\w+\}|undefined|NaN|Infinity|\[object/u)
          expect(detail).not.toMatch(FORBIDDEN)
        }
      }),
    )
  })

  test('holds no tag and no link of what was sent', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        for (const { detail } of assessed(story).advisories) {
          expect(detail).not.toMatch(/(?<!\\)<(?:script|img|b)\b/iu)
          expect(detail).not.toMatch(/(?<!\\)\]\(/u)
        }
      }),
    )
  })

  test('carries its basis: inputs, thresholds, kidneys, version', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const { advisories, knowledgeVersion } = assessed(story)
        for (const { basis, rule, findings } of advisories) {
          expect(basis).toMatchObject({ knowledgeVersion })
          expect(basis.rules).toContain(rule)
          expect(findings.length).toBeGreaterThan(0)
        }
      }),
    )
  })
})

test('a child’s card holds no dose', () => {
  const child = {
    birth: '2018-05-01',
    results: [result('Mg', 0.45), result('iCa', 0.8), result('FEMg', 6, { at: daysAgo(1) })],
  }
  for (const { detail } of assessed(child).advisories) {
    expect(detail).not.toMatch(/\b\d+(?:\.\d+)?\s*(?:g|mg|mcg|mmol|mL|units)\b(?!\s*\/)/iu)
  }
})
