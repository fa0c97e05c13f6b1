/** Small FHIR resources for the tests of the reader; all persons and numbers are invented. */
import { type RecordOptions, recordFromResources } from '../../src/record/fhir/bundle.ts'
import type { PatientRecord } from '../../src/record/record.ts'

type Json = Readonly<Record<string, unknown>>

export const MG = { coding: [{ system: 'http://loinc.org', code: '2601-3', display: 'Magnesium' }] }
export const PATIENT: Json = { resourceType: 'Patient', id: 'p1', gender: 'female', birthDate: '1955-04-02' }

export function observation(over: Json = {}): Json {
  return {
    resourceType: 'Observation',
    id: 'mg1',
    status: 'final',
    code: MG,
    subject: { reference: 'Patient/p1' },
    effectiveDateTime: '2026-11-20T07:30:00Z',
    valueQuantity: { value: 0.62, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
    ...over,
  }
}

export function without(resource: Json, ...names: readonly string[]): Json {
  return Object.fromEntries(Object.entries(resource).filter(([name]) => !names.includes(name)))
}

export const OPTIONS: RecordOptions = {
  patientId: null,
  zone: 'Europe/Berlin',
  incomplete: [],
  unitsVerified: false,
}

export function sent(resources: readonly unknown[]) {
  return resources.map((resource) => ({ resource, fullUrl: null }))
}

/** The record of the patient p1 and these resources. */
export function recordOf(...resources: readonly unknown[]): PatientRecord {
  return recordFrom(sent([PATIENT, ...resources]))
}

export function recordFrom(
  resources: readonly { resource: unknown; fullUrl: string | null }[],
  options: Partial<RecordOptions> = {},
): PatientRecord {
  const reading = recordFromResources(resources, { ...OPTIONS, ...options })
  if (!reading.ok) throw new Error(reading.problem)
  return reading.record
}

/** The record with every list in one order, so that two can be compared. */
export function recordFromSorted(
  resources: readonly { resource: unknown; fullUrl: string | null }[],
): PatientRecord {
  const record = recordFrom(resources)
  const sorted = <T extends { readonly reference: string | null }>(list: readonly T[]) =>
    list.toSorted((a, b) =>
      (a.reference ?? '') < (b.reference ?? '') ? -1 : a.reference === b.reference ? 0 : 1,
    )
  return {
    ...record,
    results: sorted(record.results),
    conditions: sorted(record.conditions),
    procedures: sorted(record.procedures),
    medications: sorted(record.medications),
    nutrition: sorted(record.nutrition),
    encounters: sorted(record.encounters),
    refused: sorted(record.refused),
  }
}
