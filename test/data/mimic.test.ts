/**
 * MIMIC-IV demo: 100 real, de-identified ICU patients. No expectation about a single patient: nothing may throw, nothing
 * from urine may pass as serum, every number must be held as labs.md converts it, and the counts stay what they are.
 */
import type { Assessment } from '../../src/advisories/assessment.ts'
import { assess } from '../../src/assess.ts'
import { recordOf } from '../agreement/run-case.ts'
import { knowledge } from '../loaded-knowledge.ts'
import { describeWith, sharedData } from '../shared-data.ts'
import { countsOf, expectCounts, oddities } from './counting.ts'
import { MIMIC } from './expected-counts.ts'
import { chartsIn } from './mimic-charts.ts'

const folder = sharedData('mimic-iv-demo')

/** Factors to the canonical unit, from labs.md 1.1 and not from the product. */
const FACTORS: Readonly<Record<string, { readonly unit: string; readonly factor: number }>> = {
  magnesium: { unit: 'mg/dL', factor: 10 / 24.305 },
  calcium: { unit: 'mg/dL', factor: 10 / 40.078 },
  phosphate: { unit: 'mg/dL', factor: 10 / 30.974 },
  'vitamin-d-25oh': { unit: 'ng/mL', factor: 1000 / 400.64 },
  albumin: { unit: 'g/dL', factor: 10 },
  creatinine: { unit: 'mg/dL', factor: 88.4 },
}

function misheld(assessment: Assessment): string[] {
  return assessment.results.flatMap(({ analyte, canonical, reported, observation }) => {
    const factor = FACTORS[analyte]
    if (factor === undefined || reported.value === null || reported.unit !== factor.unit) return []
    const expected = reported.value * factor.factor
    const same = canonical.low !== null && Math.abs(canonical.low - expected) <= 0.003 * expected
    return same
      ? []
      : [`${observation} ${reported.text} is held as ${canonical.low} ${canonical.unit}, not ${expected}`]
  })
}

describeWith(folder)('100 ICU patients of the MIMIC-IV demo', () => {
  const charts = folder === null ? [] : chartsIn(folder)
  const last: Assessment[] = []
  const odd: string[] = []
  const fromUrine: string[] = []
  const wrong: string[] = []

  test('are assessed at four times each without a throw', () => {
    expect(charts).toHaveLength(100)
    for (const chart of charts) {
      const record = recordOf({
        patientId: chart.id,
        sent: chart.resources.map((resource) => ({ resource, fullUrl: null })),
        incomplete: [],
      })
      for (const now of chart.times) {
        const assessment = assess(record, knowledge, now)
        odd.push(
          ...oddities(assessment, chart.observations).map(
            (what) => `patient ${chart.id} at ${now.toISOString()}: ${what}`,
          ),
        )
        wrong.push(...misheld(assessment))
        for (const { analyte, observation } of assessment.results) {
          if (observation !== null && chart.urine.has(observation) && !analyte.startsWith('urine-')) {
            fromUrine.push(`patient ${chart.id}: ${observation} passed as ${analyte}`)
          }
        }
        if (now === chart.times.at(-1)) last.push(assessment)
      }
    }
  }, 240_000)

  test('have assessments that hang together', () => {
    expect(odd.slice(0, 10)).toEqual([])
  })

  test('have no urine result that passes as serum', () => {
    expect(fromUrine.slice(0, 10)).toEqual([])
  })

  test('have every value held as labs.md converts it', () => {
    expect(wrong.slice(0, 10)).toEqual([])
  })

  test('give the counts that are written down', () => {
    expectCounts('MIMIC', countsOf(last), MIMIC)
  })
})
