/**
 * NHANES prints calcium, phosphate, albumin and creatinine twice, in conventional and in SI units, and an eGFR: an
 * oracle for 7,244 persons that none of our own tables had a hand in.
 */
import type { Observation, Resource } from 'fhir/r4'
import type { AnalyteId } from '../../src/knowledge/types.ts'
import { shift } from '../../src/quantity/decimal.ts'
import { unitOf } from '../../src/readings/unit.ts'
import { assessmentOf } from '../agreement/run-case.ts'
import { knowledge } from '../loaded-knowledge.ts'
import { describeWith, sharedData } from '../shared-data.ts'
import { type Row, rowsOf } from './table.ts'

const file = sharedData('nhanes', 'nhanes-magnesium-subset.csv.gz')
const persons = file === null ? [] : rowsOf(file)

interface Pair {
  readonly analyte: AnalyteId
  readonly conventional: { readonly column: string; readonly unit: string; readonly loinc: string }
  readonly si: { readonly column: string; readonly unit: string; readonly loinc: string }
}

const PAIRS: readonly Pair[] = [
  {
    analyte: 'calcium',
    conventional: { column: 'LBXSCA', unit: 'mg/dL', loinc: '17861-6' },
    si: { column: 'LBDSCASI', unit: 'mmol/L', loinc: '2000-8' },
  },
  {
    analyte: 'phosphate',
    conventional: { column: 'LBXSPH', unit: 'mg/dL', loinc: '2777-1' },
    si: { column: 'LBDSPHSI', unit: 'mmol/L', loinc: '14879-1' },
  },
  {
    analyte: 'albumin',
    conventional: { column: 'LBXSAL', unit: 'g/dL', loinc: '1751-7' },
    si: { column: 'LBDSALSI', unit: 'g/L', loinc: '1751-7' },
  },
  {
    analyte: 'creatinine',
    conventional: { column: 'LBXSCR', unit: 'mg/dL', loinc: '2160-0' },
    si: { column: 'LBDSCRSI', unit: 'umol/L', loinc: '14682-9' },
  },
]

/** As the product reads it: its unit reading, then its shift and factor to the canonical unit. */
function canonical(analyte: AnalyteId, value: number, unit: string): number {
  const known = knowledge.analytes.get(analyte)
  if (known === undefined) throw new Error(`no analyte ${analyte}`)
  const read = unitOf({ text: unit, code: '', system: '' }, known, knowledge)
  if (!read.ok) throw new Error(`${analyte} in ${unit}: ${read.reason}`)
  return shift(value, read.unit.shift) * read.unit.factor
}

/** Half a step of the last digit that the cycle prints in a column: 2021-2023 has calcium with one decimal only. */
function halfStep(person: Row, column: string): number {
  const key = `${person.Cycle} ${column}`
  let step = halfSteps.get(key)
  if (step === undefined) {
    const printed = persons.filter((one) => one.Cycle === person.Cycle).map((one) => one[column] ?? '')
    const decimals = Math.max(...printed.map((text) => text.replace(/\.0$/, '').split('.')[1]?.length ?? 0))
    step = 0.5 * 10 ** -decimals
    halfSteps.set(key, step)
  }
  return step
}
const halfSteps = new Map<string, number>()

function observation(id: string, loinc: string, value: string, unit: string): Observation {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: loinc }] },
    subject: { reference: 'Patient/p' },
    effectiveDateTime: '2026-11-20T07:30:00Z',
    valueQuantity: { value: Number(value), unit },
  }
}

const now = new Date('2026-11-20T09:00:00Z')

/** The person with the birthday half a year ago, and some results of this morning. */
function assessed(person: Row, results: readonly Observation[]) {
  const patient: Resource = {
    resourceType: 'Patient',
    id: 'p',
    gender: person.RIAGENDR === '1' ? 'male' : 'female',
    birthDate: `${2026 - Number(person.RIDAGEYR)}-05-20`,
  } as Resource
  const sent = [patient, ...results].map((resource) => ({ resource, fullUrl: null }))
  return assessmentOf({ patientId: 'p', sent, incomplete: [], now })
}

describeWith(file)('7,244 persons of NHANES', () => {
  test('are all there', () => {
    expect(persons).toHaveLength(7244)
  })

  test.each(PAIRS.map((pair) => [pair.analyte, pair] as const))(
    'have the same %s in both units, within half a step of the source and 0.3 %%',
    (analyte, { conventional, si }) => {
      const differing: string[] = []
      let compared = 0
      for (const person of persons) {
        const ours = person[conventional.column] ?? ''
        const theirs = person[si.column] ?? ''
        if (ours === '' || theirs === '') continue
        compared += 1
        const one = canonical(analyte, Number(ours), conventional.unit)
        const other = canonical(analyte, Number(theirs), si.unit)
        const tolerance = halfStep(person, si.column) + 0.003 * other
        if (Math.abs(one - other) > tolerance) {
          differing.push(
            `person ${person.SEQN}: ${ours} ${conventional.unit} = ${one}, printed as ${theirs} ${si.unit}`,
          )
        }
      }
      expect(differing.slice(0, 5)).toEqual([])
      expect(compared).toBeGreaterThan(7000)
    },
  )

  test('are read in both units with the same judgement where the value is away from the limits', () => {
    const differing: string[] = []
    for (const person of persons.filter((_person, index) => index % 20 === 0)) {
      for (const { analyte, conventional, si } of PAIRS.slice(0, 2)) {
        const ours = person[conventional.column] ?? ''
        const theirs = person[si.column] ?? ''
        if (ours === '' || theirs === '' || nearLimit(analyte, Number(theirs))) continue
        const readings = [
          assessed(person, [observation('r', conventional.loinc, ours, conventional.unit)]),
          assessed(person, [observation('r', si.loinc, theirs, si.unit)]),
        ].map(({ results, advisories }) => [
          results[0]?.reading,
          ...advisories.map((advisory) => `${advisory.rule} ${advisory.indicator}`),
        ])
        if (JSON.stringify(readings[0]) !== JSON.stringify(readings[1])) {
          differing.push(`person ${person.SEQN} ${analyte} ${ours} / ${theirs}: ${JSON.stringify(readings)}`)
        }
      }
    }
    expect(differing.slice(0, 5)).toEqual([])
  })

  test('have the eGFR (CKD-EPI 2021) that the source computed', () => {
    const differing: string[] = []
    let compared = 0
    for (const person of persons) {
      const creatinine = person.LBXSCR ?? ''
      const egfr = Number(person.eGFR)
      if (creatinine === '' || person.eGFR === '') continue
      compared += 1
      const { kidney } = assessed(person, [observation('r', '2160-0', creatinine, 'mg/dL')])
      if (kidney.value === null || Math.abs(kidney.value - egfr) > 0.1) {
        differing.push(
          `person ${person.SEQN}: the source says ${egfr}, came ${kidney.value} (${kidney.method})`,
        )
      }
    }
    expect(differing.slice(0, 5)).toEqual([])
    expect(compared).toBeGreaterThan(7000)
  })
})

/** Built-in limits and critical limits in mmol/L: between units, advice is only the same away from them (rules.md 1.3). */
const LIMITS: Readonly<Partial<Record<AnalyteId, readonly number[]>>> = {
  calcium: [1.5, 1.9, 2.1, 2.6, 3.0, 3.2],
  phosphate: [0.32, 0.65, 0.8, 1.5, 1.8],
}

/** … and away from the mix-up zones: phosphate 0.8-1.5 mg/dL and 2.20-5.00 mmol/L (rules.md 4.3). */
function inPhosphateZone(value: number): boolean {
  return value < 0.5 || value > 2.15
}

function nearLimit(analyte: AnalyteId, value: number): boolean {
  if (analyte === 'phosphate' && inPhosphateZone(value)) return true
  return (LIMITS[analyte] ?? []).some((limit) => Math.abs(value - limit) < 0.04)
}
