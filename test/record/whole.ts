/** One invented patient with a resource of every kind that is read, referring to one another. */
import { MG, observation, PATIENT } from './resources.ts'

const subject = { reference: 'Patient/p1' }
const period = { start: '2026-11-18T08:00:00Z', end: '2026-11-21' }

export const MEDICATION = {
  resourceType: 'Medication',
  id: 'med1',
  code: { coding: [{ system: 'http://www.whocc.no/atc', code: 'B05XA05' }], text: 'Magnesium sulfate' },
  form: { text: 'infusion' },
  ingredient: [{ itemCodeableConcept: { text: 'magnesium sulfate' } }],
}

export const WHOLE: readonly Readonly<Record<string, unknown>>[] = [
  {
    ...PATIENT,
    identifier: [{ system: 'urn:mrn', value: '1' }],
    link: [{ type: 'replaces', other: { reference: 'Patient/p0' } }],
  },
  observation({
    specimen: { reference: 'Specimen/s1' },
    referenceRange: [
      {
        low: { value: 0.7 },
        high: { value: 1 },
        age: { low: { value: 18, code: 'a' } },
        appliesTo: [{ text: 'x' }],
      },
    ],
    interpretation: [{ coding: [{ code: 'L' }] }],
    note: [{ text: 'called' }],
    meta: { versionId: '2', lastUpdated: '2026-11-20T08:00:00Z' },
    derivedFrom: [{ reference: 'Observation/bmp' }],
  }),
  {
    ...observation({ id: 'bmp', subject: { reference: 'https://ehr.example/fhir/Patient/p0' } }),
    valueQuantity: undefined,
    component: [
      { code: MG, valueString: '<0.3' },
      { code: { text: 'K' }, valueRange: { low: { value: 3 } } },
    ],
  },
  {
    ...observation({ id: 'panel' }),
    valueQuantity: undefined,
    hasMember: [{ reference: 'Observation/mg1' }, { reference: '#in' }],
    contained: [{ resourceType: 'Observation', id: 'in', status: 'final', code: MG, valueInteger: 1 }],
    note: [{ text: 'haemolysed' }],
  },
  {
    resourceType: 'Specimen',
    id: 's1',
    subject,
    accessionIdentifier: { value: 'A1' },
    collection: { collectedDateTime: '2026-11-20T07:00:00Z' },
    condition: [{ coding: [{ code: 'HEM' }] }],
    note: [{ text: 'half full' }],
  },
  {
    resourceType: 'DiagnosticReport',
    id: 'r1',
    status: 'final',
    subject,
    result: [{ reference: 'Observation/panel' }, { reference: 'Observation/bmp' }],
    conclusion: 'see above',
    contained: [observation({ id: 'c', subject: undefined })],
  },
  {
    resourceType: 'Condition',
    id: 'c1',
    subject,
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'N18.4' }] },
    clinicalStatus: { coding: [{ code: 'active' }] },
    category: [{ coding: [{ code: 'problem-list-item' }] }],
    onsetDateTime: '2019',
    abatementPeriod: period,
  },
  {
    resourceType: 'Procedure',
    id: 'pr1',
    subject,
    status: 'completed',
    code: { text: 'x' },
    performedPeriod: period,
  },
  MEDICATION,
  {
    resourceType: 'MedicationRequest',
    id: 'mr1',
    subject,
    status: 'active',
    intent: 'order',
    medicationReference: { reference: 'Medication/med1' },
    dosageInstruction: [{ text: 'iv', route: { text: 'iv' }, timing: { repeat: { boundsPeriod: period } } }],
  },
  {
    resourceType: 'MedicationAdministration',
    id: 'ma1',
    subject,
    status: 'in-progress',
    medicationCodeableConcept: { text: 'Magnesium' },
    effectivePeriod: period,
    dosage: { text: 'iv' },
  },
  {
    resourceType: 'NutritionOrder',
    id: 'n1',
    patient: subject,
    status: 'active',
    enteralFormula: { administrationInstruction: 'NG' },
  },
  {
    resourceType: 'Encounter',
    id: 'e1',
    subject,
    status: 'in-progress',
    class: { code: 'IMP' },
    period,
    location: [{ location: { reference: 'Location/l1' }, period }],
  },
  { resourceType: 'Location', id: 'l1', type: [{ coding: [{ code: '1027-2' }] }] },
]
