import { Router } from 'express'
import { assess } from '../assess.ts'
import { cardsOf } from '../cards/card.ts'
import type { Knowledge } from '../knowledge/types.ts'
import { readHookCall } from './call.ts'
import { discovery } from './discovery.ts'
import { recordFromKeys } from './patient-data.ts'
import { keyState } from './prefetch.ts'
import { Problem } from './problem.ts'

export interface HookDoor {
  readonly knowledge: Knowledge
  readonly now: () => Date
  /** the site's zone, for times without an offset */
  readonly zone: string
}

/** The CDS Hooks protocol: discovery and the call of a service. */
export function hookRouter({ knowledge, now, zone }: HookDoor): Router {
  const router = Router()
  const services = discovery(knowledge)
  router.get('/', (_request, response) => {
    response.json(services)
  })
  router.post('/:id', (request, response) => {
    const service = knowledge.services.get(request.params.id)
    if (!service) throw new Problem('service-unknown', 'no service of this id; GET /cds-services lists them')
    const call = readHookCall(request.body, service)
    const at = now()
    const states = new Map(
      service.prefetch.map((key) => [key.key, keyState(key, call.prefetch, at.getTime())]),
    )
    const record = recordFromKeys(service, states, call.context.patientId, zone)
    response.json({ cards: cardsOf(assess(record, knowledge, at)) })
  })
  return router
}
