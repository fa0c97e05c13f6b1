/**
 * FHIR R4 resources of one patient as a PatientRecord. Any JSON is taken; what cannot be used is in `refused`
 * with the place and the reason, and nothing is decided about what any of it means.
 */
import type { PatientRecord, Refused } from '../record.ts'
import { Companions } from './companions.ts'
import { readFacts } from './facts.ts'
import { type Held, heldOf, refusal, type SentResource } from './held.ts'
import { elementOf, textOf } from './json.ts'
import { modifierOnResource } from './modifier.ts'
import { readPatient } from './patient.ts'
import { findPerson, isSamePerson, type Person } from './person.ts'
import { refusedSubject } from './subject.ts'
import { latestOf } from './versions.ts'

export type { SentResource } from './held.ts'

export interface RecordOptions {
  /** whose record it is; null = exactly one Patient must be among the resources */
  readonly patientId: string | null
  /** IANA zone of the source */
  readonly zone: string
  /** resource types or prefetch keys of which not everything could be read */
  readonly incomplete: readonly string[]
  /** the source vouches for its units */
  readonly unitsVerified: boolean
}

export type RecordReading =
  | { readonly ok: true; readonly record: PatientRecord }
  | { readonly ok: false; readonly problem: 'no-patient' | 'several-patients'; readonly detail: string }

/** Types that are read or that others refer to; all others are ignored, which is not a refusal. */
const TYPES = [
  'Patient',
  'Observation',
  'DiagnosticReport',
  'Specimen',
  'Condition',
  'Procedure',
  'MedicationRequest',
  'MedicationStatement',
  'MedicationAdministration',
  'Medication',
  'Substance',
  'NutritionOrder',
  'Encounter',
  'Location',
]
/** By the name as it is sent: the texts of the types are then the same ones for all resources. */
const READ_TYPES: ReadonlyMap<string, string> = new Map(TYPES.map((type) => [type, type]))

/**
 * Reads resources of any order, copies and older versions among them. Fails only if the patient cannot be
 * told; never throws for what was sent (an unknown `zone` throws a RangeError).
 */
export function recordFromResources(sent: readonly SentResource[], options: RecordOptions): RecordReading {
  const refused: Refused[] = []
  const all = heldAmong(sent, refused)
  const latest = latestOf(all)
  const found = findPerson(
    latest.filter((held) => held.type === 'Patient'),
    options.patientId,
  )
  if (!found.ok) return found
  const { person } = found
  const usable = latest.filter((held) => isUsable(held, person, refused))
  const facts = readFacts(usable, new Companions(usable, all), person, options.zone, refused)
  return {
    ok: true,
    record: {
      patient: readPatient(person.versions, options.zone),
      zone: options.zone,
      ...facts,
      refused,
      incomplete: [...new Set(options.incomplete)].sort(),
      unitsVerified: options.unitsVerified,
    },
  }
}

function heldAmong(sent: readonly SentResource[], refused: Refused[]): readonly Held[] {
  const all: Held[] = []
  for (const { resource, fullUrl } of sent) {
    const body = elementOf(resource)
    const sentType = textOf(body?.resourceType)
    const type = READ_TYPES.get(sentType)
    if (body !== null && type !== undefined) all.push(heldOf(type, body, fullUrl))
    else if (sentType === '') {
      const nameless = { ...heldOf('', body ?? {}, fullUrl), reference: null }
      const detail = body === null ? 'the resource is not an object' : 'resourceType is missing'
      refused.push(refusal(nameless, 'broken', detail))
    }
  }
  return all
}

/**
 * The patient's own, and nothing in it that may turn its meaning. An Observation with such a modifier stays,
 * as a result that says so, and a report for the results that are contained in it.
 */
function isUsable(held: Held, person: Person, refused: Refused[]): boolean {
  const notTheirs = held.type === 'Patient' ? otherPatient(held, person) : refusedSubject(held, person)
  if (notTheirs !== null) refused.push(notTheirs)
  if (notTheirs !== null || held.type === 'Observation') return notTheirs === null
  const modifier = modifierOnResource(held.body)
  if (modifier === null) return true
  const what = modifier === 'implicitRules' ? 'implicitRules' : 'a modifier extension'
  refused.push(refusal(held, 'modifier-not-understood', `${held.type} has ${what} that is not understood`))
  return held.type === 'DiagnosticReport'
}

function otherPatient(held: Held, person: Person): Refused | null {
  return isSamePerson(held, person) ? null : refusal(held, 'other-patient', 'Patient is not this patient')
}
