import type { PrefetchKey, ServiceKnowledge } from '../knowledge/types.ts'
import { recordFromResources, type SentResource } from '../record/fhir/bundle.ts'
import type { PatientRecord } from '../record/record.ts'
import { isObject } from './call.ts'
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
  patientId: string,
  zone: string,
  hint = 'send it in prefetch',
): PatientRecord {
  const resources: SentResource[] = []
  const incomplete: string[] = []
  const missing: PrefetchKey[] = []
  for (const key of service.prefetch) {
    const state = states.get(key.key) ?? { state: 'absent' }
    if (state.state === 'answered') {
      resources.push(...state.resources)
      if (state.incomplete) incomplete.push(listName(key))
    } else if (state.state !== 'not-kept') {
      if (key.essential) missing.push(key)
      else incomplete.push(listName(key))
    }
  }
  if (missing.length > 0) {
    const names = missing.map(({ key }) => key)
    throw new Problem(
      'prefetch-missing',
      `needed and not to be had: ${names.join(', ')}; ${hint}`,
      names.map((name) => `prefetch.${name}`).join(', '),
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
  const read = recordFromResources(resources, { patientId, zone, incomplete, unitsVerified: false })
  if (!read.ok)
    throw new Problem('prefetch-missing', `needed and not to be had: patient; ${hint}`, 'prefetch.patient')
  return read.record
}
