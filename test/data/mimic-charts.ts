/** The MIMIC-IV demo as FHIR resources, one chart for each patient. Times are read as UTC: the source names no zone. */
import { join } from 'node:path'
import type { Resource } from 'fhir/r4'
import { grouped, type Row, rowsOf } from './table.ts'

/** Items of blood, by the LOINC code of what was measured (for this test only). */
const SERUM: Readonly<Record<string, string>> = {
  '50960': '19123-9',
  '50893': '17861-6',
  '50808': '1994-3',
  '50970': '2777-1',
  '50853': '62292-8',
  '50862': '1751-7',
  '50912': '2160-0',
  '50920': '33914-3',
  '50965': '2731-8',
  '50863': '6768-6',
  '50971': '2823-3',
  '51006': '3094-0',
  '50882': '1963-8',
  '50983': '2951-2',
  '50902': '2075-0',
  '50931': '2345-7',
}

/** Their twins in urine. */
const URINE: Readonly<Record<string, string>> = {
  '51088': '19124-7',
  '51077': '17862-4',
  '51095': '2778-9',
  '51082': '2161-8',
}

/** Items without a LOINC code that name one of ours: body fluids, and "Creatinine, Serum" filed under urine. */
const LOCAL = /magnesium|calcium|phosphate$|phosphate,|creatinine, (?:serum|body|ascites|pleural)/i

export interface Chart {
  readonly id: string
  readonly resources: readonly Resource[]
  readonly times: readonly Date[]
  readonly urine: ReadonlySet<string>
  readonly observations: ReadonlySet<string>
}

export function chartsIn(root: string): Chart[] {
  const items = new Map(
    rowsOf(join(root, 'd_labitems.csv')).map((row) => [row.itemid ?? '', row.label ?? '']),
  )
  const labs = grouped(rowsOf(join(root, 'labevents.csv.gz')), 'subject_id')
  const admissions = grouped(rowsOf(join(root, 'admissions.csv')), 'subject_id')
  const diagnoses = grouped(rowsOf(join(root, 'diagnoses_icd.csv')), 'subject_id')
  const prescriptions = grouped(rowsOf(join(root, 'prescriptions.csv.gz')), 'subject_id')
  return rowsOf(join(root, 'patients.csv')).map((patient) => {
    const id = patient.subject_id ?? ''
    const stays = admissions.get(id) ?? []
    const results = (labs.get(id) ?? []).flatMap((row, index) => resultOf(row, index, id, items))
    const resources = [
      {
        resourceType: 'Patient',
        id,
        gender: patient.gender === 'F' ? 'female' : 'male',
        birthDate: String(Number(patient.anchor_year) - Number(patient.anchor_age)),
      },
      ...stays.map((stay) => stayOf(stay, id)),
      ...(diagnoses.get(id) ?? []).map((row, index) => diagnosisOf(row, index, id, stays)),
      ...(prescriptions.get(id) ?? []).map((row, index) => orderOf(row, index, id)),
      ...results.map(({ resource }) => resource),
    ] as unknown as Resource[]
    const at = [...new Set(results.map((result) => result.time))].sort()
    return {
      id,
      resources,
      times: [0.25, 0.5, 0.75, 1]
        .map((part) => at[Math.ceil(at.length * part) - 1])
        .map((time) => new Date(`${time}Z`)),
      urine: new Set(results.filter((result) => result.urine).map((result) => result.reference)),
      observations: new Set(results.map((result) => result.reference)),
    }
  })
}

/** MIMIC prints "2180-03-23 11:51:00", without a zone. */
function time(text: string | undefined): string {
  return (text ?? '').replace(' ', 'T')
}

function resultOf(row: Row, index: number, patient: string, items: ReadonlyMap<string, string>) {
  const item = row.itemid ?? ''
  const loinc = SERUM[item] ?? URINE[item]
  const label = items.get(item) ?? ''
  if (loinc === undefined && !LOCAL.test(label)) return []
  const coding =
    loinc === undefined
      ? { system: 'urn:mimic:itemid', code: item, display: label }
      : { system: 'http://loinc.org', code: loinc, display: label }
  const resource = {
    resourceType: 'Observation',
    id: `lab-${index}`,
    status: 'final',
    code: { coding: [coding] },
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime: time(row.charttime),
    ...(row.valuenum === '' ? {} : { valueQuantity: { value: Number(row.valuenum), unit: row.valueuom } }),
  }
  return [
    { resource, time: time(row.charttime), reference: `Observation/lab-${index}`, urine: item in URINE },
  ]
}

function stayOf(stay: Row, patient: string): unknown {
  return {
    resourceType: 'Encounter',
    id: `stay-${stay.hadm_id}`,
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
    subject: { reference: `Patient/${patient}` },
    period: { start: time(stay.admittime), end: time(stay.dischtime) },
  }
}

function diagnosisOf(row: Row, index: number, patient: string, stays: readonly Row[]): unknown {
  const stay = stays.find((one) => one.hadm_id === row.hadm_id)
  return {
    resourceType: 'Condition',
    id: `dx-${index}`,
    category: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/condition-category', code: 'encounter-diagnosis' },
        ],
      },
    ],
    code: {
      coding: [
        {
          system:
            row.icd_version === '10'
              ? 'http://hl7.org/fhir/sid/icd-10-cm'
              : 'http://hl7.org/fhir/sid/icd-9-cm',
          code: row.icd_code,
        },
      ],
    },
    subject: { reference: `Patient/${patient}` },
    ...(stay === undefined ? {} : { recordedDate: time(stay.admittime) }),
  }
}

function orderOf(row: Row, index: number, patient: string): unknown {
  const boundsPeriod = {
    ...(row.starttime === '' ? {} : { start: time(row.starttime) }),
    ...(row.stoptime === '' ? {} : { end: time(row.stoptime) }),
  }
  return {
    resourceType: 'MedicationRequest',
    id: `rx-${index}`,
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: row.drug },
    subject: { reference: `Patient/${patient}` },
    dosageInstruction: [
      {
        text: `${row.dose_val_rx} ${row.dose_unit_rx}`.trim(),
        timing: { repeat: { boundsPeriod } },
        ...(row.route === '' ? {} : { route: { text: row.route } }),
      },
    ],
  }
}
