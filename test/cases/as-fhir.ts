/**
 * A vignette or boundary case as the FHIR R4 resources an EHR would hold. Only what the case says is sent:
 * no invented reference ranges, no invented dates (conventions of the case files).
 */
import type {
  CodeableConcept,
  Coding,
  Condition,
  Encounter,
  MedicationAdministration,
  MedicationRequest,
  Observation,
  Patient,
  Procedure,
  Quantity,
  Resource,
} from 'fhir/r4'
import type { CaseCondition, CaseMedication, CaseObservation, CaseProcedure, Story } from './case-files.ts'

/** One entry of a Bundle, as the core takes it. */
export interface Sent {
  readonly resource: Resource
  readonly fullUrl: string | null
}

export interface FhirCase {
  readonly patientId: string
  readonly sent: readonly Sent[]
  readonly incomplete: readonly string[]
}

export interface Manner {
  /** how an infusion with a known end is on file: as what was given, or as the order with its period */
  readonly infusions: 'administration' | 'order'
}

const DAY = 86_400_000
const LOINC = 'http://loinc.org'
const SNOMED = 'http://snomed.info/sct'
const ICD10CM = 'http://hl7.org/fhir/sid/icd-10-cm'
const ATC = 'http://www.whocc.no/atc'
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'
const UCUM = 'http://unitsofmeasure.org'

/** Unit texts of the cases that are UCUM as they stand; "mEq/L" is not (UCUM spells it meq/L) and goes as text. */
const UCUM_UNITS = new Set([
  'mmol/L',
  'umol/L',
  'nmol/L',
  'pmol/L',
  'mg/dL',
  'g/dL',
  'g/L',
  'ng/mL',
  'pg/mL',
  'U/L',
  'mL/min/{1.73_m2}',
  '%',
  'ms',
  'kg',
  'cm',
])

export function asFhir(story: Story, now: Date, manner: Manner = { infusions: 'administration' }): FhirCase {
  const patientId = story.id.toLowerCase()
  const subject = { reference: `Patient/${patientId}` }
  const resources: Resource[] = [patientOf(story, patientId, now)]
  resources.push(...aboutPatient(story, subject, now))
  for (const [index, condition] of (story.conditions ?? []).entries()) {
    resources.push(conditionOf(condition, `cond-${index + 1}`, subject))
  }
  for (const [index, procedure] of (story.procedures ?? []).entries()) {
    resources.push(procedureOf(procedure, `proc-${index + 1}`, subject))
  }
  for (const [index, medication] of (story.medications ?? []).entries()) {
    resources.push(medicationOf(medication, `med-${index + 1}`, subject, manner))
  }
  for (const observation of story.observations) resources.push(observationOf(observation, subject))
  return {
    patientId,
    sent: resources.map((resource) => ({ resource, fullUrl: null })),
    incomplete: story.incomplete ?? [],
  }
}

function patientOf(story: Story, id: string, now: Date): Patient {
  return { resourceType: 'Patient', id, gender: story.patient.sex, birthDate: birthDateFor(story, now) }
}

/**
 * A birth date that gives the age of the case at now and at every sample of the last year: the birthday lies
 * halfway between a year ago and the oldest of those samples, so no time zone moves it past one of them.
 */
export function birthDateFor(story: Story, now: Date): string {
  const yearAgo = new Date(now)
  yearAgo.setUTCFullYear(now.getUTCFullYear() - 1)
  const times = story.observations
    .filter((observation) => observation.effective !== undefined)
    .map((observation) => Date.parse(observation.effective ?? ''))
    .filter((time) => time > yearAgo.getTime() + DAY && time <= now.getTime())
  const oldest = Math.min(now.getTime(), ...times)
  const birthday = new Date((yearAgo.getTime() + oldest) / 2)
  birthday.setUTCFullYear(birthday.getUTCFullYear() - story.patient.ageYears)
  return birthday.toISOString().slice(0, 10)
}

/** Pregnancy, weight, height and the stay: current, and dated before every sample of the present illness. */
function aboutPatient(story: Story, subject: { reference: string }, now: Date): Resource[] {
  const { pregnant, gestationWeeks, weightKg, heightCm, setting } = story.patient
  const ago = (days: number) => new Date(now.getTime() - days * DAY).toISOString()
  const measured = (id: string, loinc: string, days: number): Observation => ({
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { coding: [{ system: LOINC, code: loinc }] },
    subject,
    effectiveDateTime: ago(days),
  })
  const resources: Resource[] = []
  if (pregnant === true) {
    resources.push({
      ...measured('pregnancy-status', '82810-3', 21),
      valueCodeableConcept: { coding: [{ system: SNOMED, code: '77386006', display: 'Pregnant' }] },
    } as Observation)
  }
  if (gestationWeeks !== undefined) {
    resources.push({
      ...measured('gestational-age', '11884-4', 21),
      valueQuantity: { value: gestationWeeks - 3, unit: 'wk', system: UCUM, code: 'wk' },
    } as Observation)
  }
  if (weightKg !== undefined) {
    resources.push({ ...measured('weight', '29463-7', 2), valueQuantity: quantityOf(weightKg, 'kg') } as Observation)
  }
  if (heightCm !== undefined) {
    resources.push({ ...measured('height', '8302-2', 30), valueQuantity: quantityOf(heightCm, 'cm') } as Observation)
  }
  if (setting !== undefined && /\binpatient\b/.test(setting)) {
    const stay: Encounter = {
      resourceType: 'Encounter',
      id: 'stay',
      status: 'in-progress',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
      subject,
      period: { start: ago(6) },
    }
    resources.push(stay)
  }
  return resources
}

function conditionOf(condition: CaseCondition, id: string, subject: { reference: string }): Condition {
  const coding: Coding[] = []
  if (condition.snomed !== undefined) coding.push({ system: SNOMED, code: condition.snomed })
  if (condition.icd10cm !== undefined) coding.push({ system: ICD10CM, code: condition.icd10cm })
  return {
    resourceType: 'Condition',
    id,
    clinicalStatus: coded('http://terminology.hl7.org/CodeSystem/condition-clinical', condition.clinicalStatus),
    verificationStatus: coded('http://terminology.hl7.org/CodeSystem/condition-ver-status', 'confirmed'),
    category: [coded('http://terminology.hl7.org/CodeSystem/condition-category', 'problem-list-item')],
    code: { ...(coding.length > 0 ? { coding } : {}), text: condition.display },
    subject,
    ...(condition.onset === undefined ? {} : { onsetDateTime: condition.onset }),
  }
}

function procedureOf(procedure: CaseProcedure, id: string, subject: { reference: string }): Procedure {
  return {
    resourceType: 'Procedure',
    id,
    status: 'completed',
    code: { coding: [{ system: SNOMED, code: procedure.snomed }], text: procedure.display },
    subject,
    performedDateTime: procedure.performed,
  }
}

function medicationOf(
  medication: CaseMedication,
  id: string,
  subject: { reference: string },
  manner: Manner,
): MedicationRequest | MedicationAdministration {
  const coding: Coding[] = []
  if (medication.atc !== undefined) coding.push({ system: ATC, code: medication.atc })
  if (medication.rxnormIngredient !== undefined) coding.push({ system: RXNORM, code: medication.rxnormIngredient })
  const medicationCodeableConcept: CodeableConcept = {
    ...(coding.length > 0 ? { coding } : {}),
    text: medication.display,
  }
  const { since, until } = medication
  const period = {
    ...(since === undefined ? {} : { start: since }),
    ...(until === undefined ? {} : { end: until }),
  }
  const infusionWithEnd = medication.atc?.startsWith('B05XA') === true && until !== undefined
  if (infusionWithEnd && manner.infusions === 'administration') {
    return {
      resourceType: 'MedicationAdministration',
      id,
      status: medication.status as MedicationAdministration['status'],
      medicationCodeableConcept,
      subject,
      effectivePeriod: period,
    }
  }
  return {
    resourceType: 'MedicationRequest',
    id,
    status: medication.status as MedicationRequest['status'],
    intent: 'order',
    medicationCodeableConcept,
    subject,
    ...(since === undefined ? {} : { authoredOn: since }),
    ...(since === undefined && until === undefined
      ? {}
      : { dosageInstruction: [{ timing: { repeat: { boundsPeriod: period } } }] }),
  }
}

function observationOf(observation: CaseObservation, subject: { reference: string }): Observation {
  const { loinc, localCode, test, value, unit, labReferenceRange: range } = observation
  const coding: Coding[] = []
  if (loinc !== undefined) coding.push({ system: LOINC, code: loinc, ...(test ? { display: test } : {}) })
  if (localCode !== undefined) {
    coding.push({ system: 'urn:oid:2.16.840.1.113883.3.9999.1', code: localCode, ...(test ? { display: test } : {}) })
  }
  const valueQuantity: Quantity | undefined =
    value === undefined
      ? undefined
      : { ...quantityOf(value, unit), ...(observation.comparator ? { comparator: observation.comparator } : {}) }
  return {
    resourceType: 'Observation',
    id: observation.id,
    status: observation.status as Observation['status'],
    category: [coded('http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory')],
    code: { coding, ...(test ? { text: test } : {}) },
    subject: observation.subject === undefined ? subject : { reference: 'Patient/somebody-else' },
    ...(observation.effective === undefined ? {} : { effectiveDateTime: observation.effective }),
    ...(observation.issued === undefined ? {} : { issued: observation.issued }),
    ...(valueQuantity === undefined ? {} : { valueQuantity }),
    ...(observation.valueString === undefined ? {} : { valueString: observation.valueString }),
    ...(observation.dataAbsentReason === undefined
      ? {}
      : {
          dataAbsentReason: coded(
            'http://terminology.hl7.org/CodeSystem/data-absent-reason',
            observation.dataAbsentReason,
          ),
        }),
    ...(range === undefined
      ? {}
      : { referenceRange: [{ low: quantityOf(range.low, range.unit), high: quantityOf(range.high, range.unit) }] }),
    ...(observation.interpretation === undefined
      ? {}
      : {
          interpretation: [
            coded(
              'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation',
              observation.interpretation,
            ),
          ],
        }),
    ...(observation.labNote === undefined ? {} : { note: [{ text: observation.labNote }] }),
  }
}

function quantityOf(value: number, unit: string | undefined): Quantity {
  if (unit === undefined) return { value }
  return UCUM_UNITS.has(unit) ? { value, unit, system: UCUM, code: unit } : { value, unit }
}

function coded(system: string, code: string): CodeableConcept {
  return { coding: [{ system, code }] }
}
