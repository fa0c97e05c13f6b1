import type { PrefetchKey, ServiceKnowledge } from '../knowledge/types.ts'
import { recordFromResources, type SentResource } from '../record/fhir/bundle.ts'
import type { PatientRecord } from '../record/record.ts'
import { isObject, type PatientViewContext } from './call.ts'
import { REFERENCED } from './completion.ts'
import { type KeyState, listName } from './prefetch.ts'
import { Problem } from './problem.ts'

/**
 * The patient's record from what is known about each key: every essential key must be answered; the types of
 * the others that could not be had stand in `incomplete` (prefetch.md).
 *
 * @throws Problem 412 naming the keys that are missing, 400 if the Patient is another one
 */
export function recordFromKeys(
  service: ServiceKnowledge,
  states: ReadonlyMap<string, KeyState>,
  context: Pick<PatientViewContext, 'patientId' | 'encounterId'>,
  zone: string,
  hint = 'send it in prefetch',
): PatientRecord {
  const { patientId } = context
  const resources: SentResource[] = []
  const incomplete: string[] = []
  const missing: PrefetchKey[] = []
  for (const key of service.prefetch) {
    const state = states.get(key.key) ?? { state: 'absent' }
    if (state.state === 'answered') {
      for (const resource of state.resources) resources.push(resource)
      if (state.incomplete) incomplete.push(listName(key))
    } else if (state.state !== 'not-kept') {
      if (key.essential) missing.push(key)
      else incomplete.push(listName(key))
    }
  }
  const referenced = states.get(REFERENCED)
  if (referenced?.state === 'answered') for (const one of referenced.resources) resources.push(one)
  if (missing.length > 0) {
    const names = missing.map(({ key }) => key)
    throw new Problem(
      'prefetch-missing',
      `needed and not to be had: ${names.join(', ')}; ${hint}`,
      ...names.map((name) => `prefetch.${name}`),
    )
  }
  const isPatient = ({ resource }: SentResource) => isObject(resource) && resource.resourceType === 'Patient'
  const patients = resources.filter(isPatient)
  if (patients.length === 0) {
    throw new Problem('prefetch-missing', `needed and not to be had: patient; ${hint}`, 'prefetch.patient')
  }
  if (!patients.some(({ resource }) => isObject(resource) && resource.id === patientId)) {
    throw new Problem(
      'patient-mismatch',
      'the prefetched Patient is not context.patientId',
      'prefetch.patient',
    )
  }
  const read = recordFromResources(ofThisEncounter(resources, context.encounterId), {
    patientId,
    zone,
    incomplete,
    unitsVerified: false,
  })
  if (!read.ok)
    throw new Problem('prefetch-missing', `needed and not to be had: patient; ${hint}`, 'prefetch.patient')
  return read.record
}

/** With an encounterId that Encounter is the one that counts, if the search holds it (prefetch.md: Encounter). */
function ofThisEncounter(
  resources: readonly SentResource[],
  encounterId: string | null,
): readonly SentResource[] {
  const isEncounter = ({ resource }: SentResource) =>
    isObject(resource) && resource.resourceType === 'Encounter'
  const isThis = ({ resource }: SentResource) => isObject(resource) && resource.id === encounterId
  if (encounterId === null || !resources.some((one) => isEncounter(one) && isThis(one))) return resources
  return resources.filter((one) => !isEncounter(one) || isThis(one))
}
