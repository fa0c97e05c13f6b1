/**
 * Small records for the tests of the core's parts, written as the core reads them: no FHIR around them. Times
 * without an offset are in UTC, the zone of every record here unless a test says otherwise.
 */
import { assess } from '../../src/assess.ts'
import { type Drugs, drugsOf } from '../../src/drugs/drugs.ts'
import { type KidneyStatus, kidneyStatusOf } from '../../src/kidney/status.ts'
import type { Knowledge } from '../../src/knowledge/types.ts'
import { dilutedSamples } from '../../src/labs/dilution.ts'
import type { Facts } from '../../src/labs/facts.ts'
import { factsOf } from '../../src/labs/facts-of.ts'
import { helperProblem } from '../../src/labs/plausible.ts'
import { judgedSamples } from '../../src/labs/suspect.ts'
import { type Patient, patientOf } from '../../src/patient/patient.ts'
import type { Comparator } from '../../src/quantity/interval.ts'
import { type Clock, clockAt } from '../../src/readings/clock.ts'
import { readResults } from '../../src/readings/read.ts'
import type { Reading, Readings } from '../../src/readings/reading.ts'
import type {
  Coded,
  PatientRecord,
  RawCondition,
  RawEncounter,
  RawMedication,
  RawNutrition,
  RawProcedure,
  RawRange,
  RawResult,
  RawUnit,
  RawValue,
  When,
} from '../../src/record/record.ts'
import { dayOf, readWhen } from '../../src/record/time.ts'
import { knowledge as loaded } from '../loaded-knowledge.ts'

export const NOW = new Date('2026-11-20T12:00:00Z')
export const LOINC = 'http://loinc.org'
export const UCUM = 'http://unitsofmeasure.org'
export const SNOMED = 'http://snomed.info/sct'
export const ICD10CM = 'http://hl7.org/fhir/sid/icd-10-cm'
export const ICD10 = 'http://hl7.org/fhir/sid/icd-10'
export const ATC = 'http://www.whocc.no/atc'
export const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'

const HOUR = 3_600_000

export function when(text: string, zone = 'UTC'): When {
  const read = readWhen(text, zone)
  if (read === null) throw new Error(`${text} is no time`)
  return read
}

/** So many hours before NOW. */
export function ago(hours: number): string {
  return new Date(NOW.getTime() - hours * HOUR).toISOString()
}

export const daysAgo = (days: number) => ago(days * 24)

/** The calendar day so many days before the day of NOW: "2026-11-13". */
export const dayAgo = (days: number) => daysAgo(days).slice(0, 10)

export function coded(
  ...codings: readonly (readonly [system: string, code: string, display?: string])[]
): Coded {
  return {
    codings: codings.map(([system, code, display]) => ({ system, code, display: display ?? '' })),
    text: '',
  }
}

export const nothing: Coded = { codings: [], text: '' }
export const noUnit: RawUnit = { text: '', code: '', system: '' }
export const unit = (text: string, code = '', system = code === '' ? '' : UCUM): RawUnit => ({
  text,
  code,
  system,
})

export function quantity(value: number, unitText: string | RawUnit, comparator: Comparator = ''): RawValue {
  return {
    kind: 'quantity',
    value,
    comparator,
    unit: typeof unitText === 'string' ? unit(unitText) : unitText,
  }
}

/** LOINC codes by the short names that the tests use. */
export const CODES = {
  Mg: '2601-3',
  Ca: '2000-8',
  adjCa: '29265-6',
  iCa: '1995-0',
  P: '14879-1',
  D: '68438-1',
  D3: '14635-7',
  D2: '49054-0',
  albumin: '1751-7',
  creatinine: '14682-9',
  K: '2823-3',
  Na: '2951-2',
  Cl: '2075-0',
  glucose: '14749-6',
  HCO3: '1963-8',
  ALP: '6768-6',
  PTH: '2731-8',
  eGFR: '98979-8',
  schwartz: '50384-7',
  height: '8302-2',
  cystatin: '33863-2',
  urineMg: '2598-1',
  urineCreatinine: '14683-7',
  FEMg: '80958-2',
  QTc: '8636-3',
} as const
export type Test = keyof typeof CODES

const UNITS: Readonly<Record<Test, string>> = {
  Mg: 'mmol/L',
  Ca: 'mmol/L',
  adjCa: 'mmol/L',
  iCa: 'mmol/L',
  P: 'mmol/L',
  D: 'nmol/L',
  D3: 'nmol/L',
  D2: 'nmol/L',
  albumin: 'g/L',
  creatinine: 'umol/L',
  K: 'mmol/L',
  Na: 'mmol/L',
  Cl: 'mmol/L',
  glucose: 'mmol/L',
  HCO3: 'mmol/L',
  ALP: 'U/L',
  PTH: 'pg/mL',
  eGFR: 'mL/min/{1.73_m2}',
  schwartz: 'mL/min/{1.73_m2}',
  height: 'cm',
  cystatin: 'mg/L',
  urineMg: 'mmol/L',
  urineCreatinine: 'mmol/L',
  FEMg: '%',
  QTc: 'ms',
}

export interface Said extends Omit<Partial<RawResult>, 'effective' | 'issued'> {
  readonly id?: string
  readonly unit?: string | RawUnit
  readonly comparator?: Comparator
  /** time as it would be sent; null = none */
  readonly at?: string | null
  readonly issuedAt?: string
}

/** One result; a number is taken in the usual unit of the test, a text as a text. */
export function result(test: Test, value: number | string | RawValue, over: Said = {}): RawResult {
  const { id, unit: unitOf, comparator, at, issuedAt, ...rest } = over
  const effective = at === null ? null : when(at ?? ago(2))
  return {
    reference: id === undefined ? `Observation/${test}-${effective?.text ?? 'undated'}` : `Observation/${id}`,
    version: '',
    revised: null,
    status: 'final',
    code: coded([LOINC, CODES[test]]),
    effective,
    effectiveFrom: effective === null ? 'none' : 'effective',
    issued: issuedAt === undefined ? null : when(issuedAt),
    value:
      typeof value === 'number'
        ? quantity(value, unitOf ?? UNITS[test], comparator ?? '')
        : typeof value === 'string'
          ? { kind: 'text', text: value }
          : value,
    ranges: [],
    interpretation: [],
    notes: [],
    specimen: null,
    specimenCondition: [],
    accession: null,
    reports: [],
    calculated: false,
    unknownModifier: null,
    ...rest,
  }
}

export function range(
  low: number | null,
  high: number | null,
  unitText = '',
  over: Partial<RawRange> = {},
): RawRange {
  const bound = (value: number | null) => (value === null ? null : { value, unit: unit(unitText) })
  return {
    low: bound(low),
    high: bound(high),
    text: '',
    type: null,
    appliesTo: [],
    ageLow: null,
    ageHigh: null,
    unknownModifier: null,
    ...over,
  }
}

export function condition(code: Coded, over: Partial<RawCondition> = {}): RawCondition {
  return {
    reference: 'Condition/c',
    code,
    clinicalStatus: 'active',
    verificationStatus: 'confirmed',
    categories: ['problem-list-item'],
    onset: null,
    recorded: null,
    abatement: null,
    abated: false,
    ...over,
  }
}

export function procedure(code: Coded, time: string | null, over: Partial<RawProcedure> = {}): RawProcedure {
  const start = time === null ? null : when(time)
  return { reference: 'Procedure/p', status: 'completed', code, start, end: null, ...over }
}

export function medication(drug: Coded, over: Partial<RawMedication> = {}): RawMedication {
  return {
    reference: 'MedicationRequest/m',
    kind: 'request',
    status: 'active',
    intent: 'order',
    doNotPerform: false,
    drug,
    ingredients: [],
    form: nothing,
    route: nothing,
    doseText: '',
    start: null,
    end: null,
    authored: null,
    categories: [],
    ...over,
  }
}

export const named = (text: string): Coded => ({ codings: [], text })

export function nutrition(over: Partial<RawNutrition> = {}): RawNutrition {
  return {
    reference: 'NutritionOrder/n',
    status: 'active',
    intent: 'order',
    start: null,
    enteral: true,
    text: '',
    ...over,
  }
}

export function encounter(over: Partial<RawEncounter> = {}): RawEncounter {
  return {
    reference: 'Encounter/e',
    status: 'in-progress',
    class: 'IMP',
    start: when(daysAgo(3)),
    end: null,
    locations: [],
    ...over,
  }
}

export interface Story extends Omit<Partial<PatientRecord>, 'patient'> {
  readonly sex?: PatientRecord['patient']['sex']
  /** as it would be sent; null = none */
  readonly birth?: string | null
}

/** A man of 66 unless the story says otherwise, with whatever else it says. */
export function recordOf(story: Story = {}): PatientRecord {
  const { sex, birth, ...rest } = story
  return {
    patient: {
      id: 'p1',
      sex: sex ?? 'male',
      birth: birth === null ? null : when(birth ?? '1960-03-05', rest.zone),
    },
    zone: 'UTC',
    results: [],
    conditions: [],
    procedures: [],
    medications: [],
    nutrition: [],
    encounters: [],
    refused: [],
    incomplete: [],
    unitsVerified: false,
    ...rest,
  }
}

export function clockOf(now: Date = NOW, zone = 'UTC'): Clock {
  return clockAt(now.getTime(), dayOf(now.getTime(), zone))
}

export interface Stages {
  readonly record: PatientRecord
  readonly clock: Clock
  readonly readings: Readings
  readonly patient: Patient
  readonly drugs: Drugs
  readonly kidney: KidneyStatus
  readonly facts: Facts
}

/** The stages of `assess` up to the facts, in its order. */
export function stagesOf(story: Story, now: Date = NOW, knowledge: Knowledge = loaded): Stages {
  const record = recordOf(story)
  const clock = clockOf(now, record.zone)
  const readings = readResults(record, knowledge, clock)
  const patient = patientOf(record, knowledge, clock)
  const drugs = drugsOf(record, knowledge, clock)
  const samples = judgedSamples(readings, knowledge, clock)
  const dilution = dilutedSamples(samples, readings, knowledge)
  const isDiluted = (reading: Reading) => dilution.some(({ sample }) => sample.readings.includes(reading))
  const isUsable = (reading: Reading) => helperProblem(reading, knowledge) === null && !isDiluted(reading)
  const kidney = kidneyStatusOf(record, readings, patient, drugs, isUsable, knowledge, clock)
  const facts = factsOf({ record, readings, patient, drugs, kidney, samples, dilution, knowledge, clock })
  return { record, clock, readings, patient, drugs, kidney, facts }
}

export function assessed(story: Story, now: Date = NOW) {
  return assess(recordOf(story), loaded, now)
}

/** The only reading or the reason why there is none, for tests of one result. */
export function readOne(raw: RawResult, over: Story = {}, now: Date = NOW) {
  const record = recordOf({ results: [raw], ...over })
  const readings = readResults(record, loaded, clockOf(now, record.zone))
  const [reading] = readings.all
  const [unusable] = readings.unusable
  return { reading: reading ?? null, reason: unusable?.reason ?? null, readings }
}
