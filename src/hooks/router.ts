import { type Response, Router } from 'express'
import type { Assessment } from '../advisories/assessment.ts'
import { assess } from '../assess.ts'
import { type Card, type CardOptions, cardsOf } from '../cards/card.ts'
import type { Knowledge, ServiceKnowledge } from '../knowledge/types.ts'
import type { Feedback } from '../memory/feedback.ts'
import type { Metrics } from '../operation/metrics.ts'
import type { ReadBody } from './body.ts'
import { type HookCall, readHookCall } from './call.ts'
import { complete, missingReferences } from './completion.ts'
import { discovery } from './discovery.ts'
import { readFeedback } from './feedback.ts'
import { fhirServer, isListed } from './fhir-server.ts'
import type { LetIn } from './let-in.ts'
import { only } from './method.ts'
import { recordFromKeys } from './patient-data.ts'
import { type KeyState, keyState } from './prefetch.ts'
import { Problem } from './problem.ts'
import type { TrustedClient } from './trust/trust.ts'

export interface HookDoor {
  readonly knowledge: Knowledge
  readonly now: () => Date
  /** the site's zone, for times without an offset */
  readonly zone: string
  readonly publicUrl: string | null
  readonly letIn: LetIn
  readonly readBody: ReadBody
  readonly metrics: Metrics
  /** FHIR servers that may be called at all */
  readonly fhirServers: readonly string[]
  /** ms for one call, FHIR requests included */
  readonly callTimeout: number
  /** told of every answer with cards, so that feedback can be matched; must not throw or wait */
  readonly issued: (issued: Issued) => void
  /** null: this installation keeps no feedback and has no endpoint for it */
  readonly feedback: Feedback | null
}

export interface Issued {
  readonly service: string
  readonly patientId: string
  readonly cards: readonly {
    readonly card: string
    readonly rule: string
    readonly indicator: string
    readonly fingerprint: string
  }[]
  readonly at: Date
}

const ROOT = '/cds-services'

/** The CDS Hooks protocol: discovery and the call of a service. */
export function hookRouter(door: HookDoor): Router {
  const { knowledge, metrics } = door
  const router = Router()
  const services = discovery(knowledge)
  router.get(ROOT, (_request, response) => {
    response.json(services)
  })
  router.post(`${ROOT}/:id`, async (request, response) => {
    const start = performance.now()
    const service = knowledge.services.get(request.params.id)
    response.once('finish', () => {
      metrics.call(service?.id ?? 'unknown', response.statusCode, (performance.now() - start) / 1000)
    })
    const client = await door.letIn(request, `${ROOT}/${request.params.id}`)
    if (!service) throw unknownService()
    const call = readHookCall(await door.readBody(request, response), service)
    if (call.trigger !== null) metrics.trigger(call.trigger)
    const at = door.now()
    const states = await completed(door, service, call, client, at.getTime())
    const record = recordFromKeys(service, states.states, call.context, door.zone, states.hint)
    const assessment = assess(record, knowledge, at)
    const cards = cardsOf(assessment, cardOptions(door, client))
    counted(metrics, assessment, cards)
    const { patientId } = call.context
    if (cards.length > 0) door.issued({ service: service.id, patientId, cards: noted(cards, assessment), at })
    sendJson(response, { cards })
  })
  const { feedback } = door
  if (feedback !== null) {
    router.post(`${ROOT}/:id/feedback`, async (request, response) => {
      const { id } = request.params
      // the sandbox makes its token for the feedback URL, others for the service (cds-hooks.md 4)
      await door.letIn(request, `${ROOT}/${id}/feedback`, `${ROOT}/${id}`)
      if (!knowledge.services.has(id)) throw unknownService()
      const items = readFeedback(await door.readBody(request, response))
      const { stored, repeated, unmatched } = await feedback.add(id, items, door.now())
      metrics.feedback('stored', stored - unmatched)
      metrics.feedback('repeated', repeated)
      metrics.feedback('unmatched', unmatched)
      response.status(204).end()
    })
  }
  router.all(ROOT, only('GET'))
  router.all(`${ROOT}/:id`, only('POST'))
  if (feedback !== null) router.all(`${ROOT}/:id/feedback`, only('POST'))
  return router
}

/** As Express's own `json`, without what it does for other answers (charsets, entity tags, freshness). */
function sendJson(response: Response, body: unknown): void {
  // as bytes: a text would be joined to the headers first, and then be encoded a second time as a whole
  const bytes = Buffer.from(JSON.stringify(body))
  response.setHeader('content-type', 'application/json; charset=utf-8')
  response.setHeader('content-length', bytes.length)
  response.end(bytes)
}

/** Cards come in the order of their advisories. */
function noted(cards: readonly Card[], { advisories }: Assessment): Issued['cards'] {
  return cards.map(({ uuid, indicator, source }, index) => ({
    card: uuid,
    rule: source.topic.code,
    indicator,
    fingerprint: advisories[index]?.fingerprint ?? '',
  }))
}

function unknownService(): Problem {
  return new Problem('service-unknown', 'no service of this id; GET /cds-services lists them')
}

function cardOptions({ publicUrl }: HookDoor, client: TrustedClient | null): CardOptions {
  return { publicUrl, profile: client?.profile ?? 'plain' }
}

function counted(metrics: Metrics, { notJudged }: Assessment, cards: readonly Card[]): void {
  metrics.cards(cards.map(({ source, indicator }) => ({ rule: source.topic.code, indicator })))
  metrics.notJudged(notJudged.map(({ reason }) => reason))
}

/** What is known of each key, completed from the FHIR server where that is allowed and needed. */
async function completed(
  door: HookDoor,
  service: ServiceKnowledge,
  call: HookCall,
  client: TrustedClient | null,
  now: number,
): Promise<{ states: ReadonlyMap<string, KeyState>; hint: string }> {
  const states = new Map(service.prefetch.map((key) => [key.key, keyState(key, call.prefetch, now)]))
  if (call.fhirServer === null) return { states, hint: 'send it in prefetch, or a fhirServer with a token' }
  const isWhole = [...states.values()].every((state) => state.state === 'answered' && !state.next)
  if (isWhole && missingReferences(states).length === 0) return { states, hint: '' }
  // a client's own list narrows the list of the service
  const allowed =
    isListed(call.fhirServer, door.fhirServers) &&
    (client?.fhirServers == null || isListed(call.fhirServer, client.fhirServers))
  if (!allowed) {
    return { states, hint: 'the fhirServer of this call is not listed (fhirServers, APATITE_FHIR_SERVERS)' }
  }
  const server = fhirServer({ baseUrl: call.fhirServer, token: call.token, budget: door.callTimeout })
  const fill = (template: string) =>
    template.replaceAll('{{context.patientId}}', encodeURIComponent(call.context.patientId))
  const { states: full, fetches } = await complete(service, states, server, fill, now)
  for (const { key, outcome } of fetches) door.metrics.completion(key, outcome)
  return { states: full, hint: 'neither the prefetch nor the FHIR server gave it' }
}
