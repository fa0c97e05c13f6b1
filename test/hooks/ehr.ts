/** An EHR for the tests: it fills the advertised templates from what it holds and calls the service. */
import request from 'supertest'
import { prefetchOf } from '../../src/demo.ts'
import { createApp } from '../../src/server.ts'
import { knowledge } from '../loaded-knowledge.ts'

export const NOW = new Date('2026-11-20T09:00:00Z')
export const app = createApp({ knowledge, now: () => NOW })

const published = knowledge.services.get('mineral-review')
if (published === undefined) throw new Error('mineral-review is not published')
export const service = published

export interface Card {
  readonly uuid: string
  readonly summary: string
  readonly detail: string
  readonly indicator: string
  readonly source: {
    readonly label: string
    readonly topic: { readonly code: string; readonly system: string }
  }
  readonly extension: { readonly 'org.apatite.advisory': Record<string, unknown> }
}

export type Json = Record<string, unknown>

/** A valid patient-view call with a full prefetch of these resources. */
export function callOf(resources: readonly unknown[], changes: Json = {}): Json {
  const patient = resources.find((one) => (one as Json).resourceType === 'Patient') as Json | undefined
  const bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: resources.map((resource) => ({ resource })),
  }
  return {
    hook: 'patient-view',
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    context: { userId: 'Practitioner/doc-1', patientId: patient?.id ?? 'pt-1' },
    prefetch: prefetchOf(bundle, service.prefetch),
    ...changes,
  }
}

export async function post(body: unknown, id = 'mineral-review') {
  return request(app)
    .post(`/cds-services/${id}`)
    .set('content-type', 'application/json')
    .send(typeof body === 'string' ? body : JSON.stringify(body))
}

export function cardsIn(response: { readonly body: unknown }): readonly Card[] {
  return (response.body as { cards: Card[] }).cards
}

/** "MGLOW info" for each card. */
export function briefly(cards: readonly Card[]): string[] {
  return cards.map(({ source, indicator }) => `${source.topic.code} ${indicator}`)
}

export const patient = { resourceType: 'Patient', id: 'pt-1', gender: 'male', birthDate: '1966-03-14' }

/** One final laboratory result of pt-1, two hours before now. */
export function result(id: string, loinc: string, value: number, unit: string, more: Json = {}): Json {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: loinc }] },
    subject: { reference: 'Patient/pt-1' },
    effectiveDateTime: '2026-11-20T07:30:00Z',
    valueQuantity: { value, unit },
    ...more,
  }
}

export const lowMagnesium = result('mg-1', '2601-3', 0.62, 'mmol/L', {
  referenceRange: [{ low: { value: 0.7, unit: 'mmol/L' }, high: { value: 1, unit: 'mmol/L' } }],
})
