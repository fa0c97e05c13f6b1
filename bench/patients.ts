/** The patients of the benches: synthetic, the same in every run. */

type Json = Record<string, unknown>

export const NOW = '2026-11-20T09:00:00Z'

const PANEL = [
  ['2601-3', 0.86, 'mmol/L'],
  ['2000-8', 2.3, 'mmol/L'],
  ['14879-1', 1.1, 'mmol/L'],
  ['1751-7', 42, 'g/L'],
  ['14682-9', 80, 'umol/L'],
  ['2823-3', 4.2, 'mmol/L'],
  ['2951-2', 140, 'mmol/L'],
  ['2075-0', 102, 'mmol/L'],
  ['6768-6', 70, 'U/L'],
  ['68438-1', 70, 'nmol/L'],
] as const

const MEDICINES = [
  ['C09AA05', 'Ramipril 5 mg'],
  ['C07AB02', 'Metoprolol 50 mg'],
  ['C10AA05', 'Atorvastatin 20 mg'],
  ['B01AC06', 'Acetylsalicylic acid 100 mg'],
  ['A10BA02', 'Metformin 1000 mg'],
  ['N02BE01', 'Paracetamol 500 mg'],
  ['H03AA01', 'Levothyroxine 75 microgram'],
  ['A11CC05', 'Colecalciferol 1000 IU'],
  ['C08CA01', 'Amlodipine 5 mg'],
  ['R03AC02', 'Salbutamol inhaler'],
] as const

const CONDITIONS = ['I10', 'E11.9', 'E78.5', 'E03.9', 'M81.0', 'J45.90', 'K21.9', 'H40.1'] as const

function observation(id: number, [loinc, value, unit]: readonly [string, number, string], day: number): Json {
  return {
    resourceType: 'Observation',
    id: `obs-${id}`,
    meta: { versionId: '1', lastUpdated: '2026-11-20T08:00:00Z' },
    status: 'final',
    category: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' },
        ],
      },
    ],
    code: {
      coding: [{ system: 'http://loinc.org', code: loinc, display: 'A laboratory test' }],
      text: 'A test',
    },
    subject: { reference: 'Patient/bench' },
    effectiveDateTime: new Date(Date.parse('2026-11-20T07:30:00Z') - day * 86_400_000).toISOString(),
    issued: '2026-11-20T08:00:00Z',
    valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
  }
}

/** So many results (ten tests, a week apart), optionally with a low magnesium and calcium now. */
export function results(count: number, findings: boolean): Json[] {
  return Array.from({ length: count }, (_, index) => {
    const [loinc, value, unit] = PANEL[index % PANEL.length] ?? PANEL[0]
    const lowered =
      findings && index < PANEL.length
        ? value * (loinc === '2601-3' ? 0.5 : loinc === '2000-8' ? 0.8 : 1)
        : value
    return observation(
      index,
      [loinc, Math.round(lowered * 100) / 100, unit],
      Math.floor(index / PANEL.length) * 7,
    )
  })
}

export function bundle(count: number, findings: boolean): Json {
  const medicines = MEDICINES.map(([atc, text], index) => ({
    resourceType: 'MedicationRequest',
    id: `mr-${index}`,
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: {
      coding: [{ system: 'http://www.whocc.no/atc', code: atc, display: text }],
      text,
    },
    subject: { reference: 'Patient/bench' },
    authoredOn: '2026-01-10T09:00:00Z',
  }))
  const conditions = CONDITIONS.map((code, index) => ({
    resourceType: 'Condition',
    id: `c-${index}`,
    clinicalStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
    },
    category: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/condition-category', code: 'problem-list-item' },
        ],
      },
    ],
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code }] },
    subject: { reference: 'Patient/bench' },
    recordedDate: '2024-05-01',
  }))
  const patient = {
    resourceType: 'Patient',
    id: 'bench',
    gender: 'female',
    birthDate: '1955-04-12',
    name: [{ family: 'Bench' }],
  }
  return {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [patient, ...results(count, findings), ...medicines, ...conditions].map((resource) => ({
      resource,
    })),
  }
}
