import type { PrefetchKey, ServiceKnowledge } from '../knowledge/types.ts'
import type { SentResource } from '../record/fhir/bundle.ts'
import { isObject } from './call.ts'
import type { FhirAnswer, FhirServer } from './fhir-server.ts'
import { type KeyState, mayBeNotKept, valueState } from './prefetch.ts'

/** the state that holds Medications and Locations which were only referred to */
export const REFERENCED = '(referenced)'

const MOST_PAGES = 5
const MOST_READS = 20

/** What was asked of the FHIR server, for the metrics. */
export interface Completed {
  readonly states: ReadonlyMap<string, KeyState>
  readonly fetches: readonly { readonly key: string; readonly outcome: 'ok' | 'failed' }[]
}

/**
 * Completes the prefetch from the FHIR server (cds-hooks.md 2.1, prefetch.md): keys that were left out, optional
 * ones that failed, and further pages. An essential key that came as OperationOutcome is not asked for again.
 *
 * @param fill puts the context into a template: "{{context.patientId}}"
 */
export async function complete(
  service: ServiceKnowledge,
  states: ReadonlyMap<string, KeyState>,
  server: FhirServer,
  fill: (template: string) => string,
  now: number,
): Promise<Completed> {
  const fetches: { key: string; outcome: 'ok' | 'failed' }[] = []
  const completed = new Map(states)
  await Promise.all(
    service.prefetch.map(async (key) => {
      const state = states.get(key.key) ?? { state: 'absent' }
      const wanted = state.state === 'absent' || (state.state === 'failed' && !key.essential)
      let result = state
      if (wanted) {
        result = stateOf(key, await server.read(fill(key.template)), now)
        fetches.push({ key: key.key, outcome: result.state === 'failed' ? 'failed' : 'ok' })
      }
      if (result.state === 'answered' && result.next !== null)
        result = await withPages(key, result, server, now)
      completed.set(key.key, result)
    }),
  )
  await addReferenced(completed, server)
  return { states: completed, fetches }
}

function stateOf(key: PrefetchKey, answer: FhirAnswer, now: number): KeyState {
  if (answer.ok) return valueState(key, answer.resource, now)
  return answer.failure === 'gone' && mayBeNotKept(key) ? { state: 'not-kept' } : { state: 'failed' }
}

/** Follows `next` within the origin; what cannot be followed leaves the list incomplete. */
async function withPages(
  key: PrefetchKey,
  first: KeyState & { state: 'answered' },
  server: FhirServer,
  now: number,
): Promise<KeyState> {
  const resources = [...first.resources]
  let next = first.next
  for (let page = 1; next !== null && page < MOST_PAGES; page += 1) {
    const state = stateOf(key, await server.read(next), now)
    if (state.state !== 'answered') return { ...first, resources, incomplete: true, next: null }
    for (const resource of state.resources) resources.push(resource)
    next = state.next
  }
  const isShort = first.total !== null && first.total > resources.length
  return { ...first, resources, incomplete: next !== null || isShort, next: null }
}

/** Medications and Locations that are only referred to are read once each; what fails stays a reference. */
async function addReferenced(states: Map<string, KeyState>, server: FhirServer): Promise<void> {
  const read = await Promise.all(
    missingReferences(states)
      .slice(0, MOST_READS)
      .map((reference) => server.read(reference)),
  )
  const found = read.flatMap((answer): SentResource[] =>
    answer.ok ? [{ resource: answer.resource, fullUrl: null }] : [],
  )
  if (found.length > 0) {
    states.set(REFERENCED, {
      state: 'answered',
      resources: found,
      incomplete: false,
      next: null,
      total: null,
    })
  }
}

/** Medications and Locations that are referred to and not there. */
export function missingReferences(states: ReadonlyMap<string, KeyState>): readonly string[] {
  const all = [...states.values()].flatMap((state) => (state.state === 'answered' ? state.resources : []))
  const present = new Set(
    all.map(({ resource }) =>
      isObject(resource) ? `${String(resource.resourceType)}/${String(resource.id)}` : '',
    ),
  )
  return [...new Set(all.flatMap(({ resource }) => referencesIn(resource)))].filter(
    (reference) => !present.has(reference),
  )
}

const RELATIVE = /^(?:Medication|Location)\/[A-Za-z0-9.-]{1,64}$/u

function referencesIn(resource: unknown): string[] {
  if (!isObject(resource)) return []
  const references: unknown[] = []
  const { medicationReference, location } = resource
  if (isObject(medicationReference)) references.push(medicationReference.reference)
  if (resource.resourceType === 'Encounter' && Array.isArray(location)) {
    for (const one of location)
      if (isObject(one) && isObject(one.location)) references.push(one.location.reference)
  }
  return references
    .filter((reference) => typeof reference === 'string')
    .map((reference) => reference.split('/').slice(-2).join('/'))
    .filter((reference) => RELATIVE.test(reference))
}
