/** An EHR that calls the running service and keeps every answer for the rows that hold for all of them. */
import { fhirAuthorization } from './access.ts'
import { leakIn } from './markers.ts'
import { type Json, type Person, person } from './resources.ts'
import { prefetchOf } from './search.ts'
import type { RunningService } from './service.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: Json
  readonly ms: number
}

export interface Card {
  readonly uuid: string
  readonly summary: string
  readonly detail: string
  readonly indicator: string
  readonly source: Json & { readonly label: string; readonly topic: Json }
  readonly suggestions?: readonly (Json & { readonly actions?: readonly Json[] })[]
  readonly selectionBehavior?: string
  readonly overrideReasons?: readonly Json[]
  readonly links?: readonly Json[]
  readonly extension: Json & { readonly 'org.apatite.advisory': Json }
}

export interface Published {
  readonly id: string
  readonly hook: string
  readonly prefetch: Readonly<Record<string, string>>
}

export interface Caller {
  readonly answers: readonly Answer[]
  readonly send: (path: string, init?: RequestInit) => Promise<Answer>
  readonly post: (body: unknown, path?: string, headers?: Record<string, string>) => Promise<Answer>
  readonly templates: Readonly<Record<string, string>>
  /** a valid patient-view call with a full prefetch */
  readonly body: (who?: Person, changes?: Json) => Json
  /** the same without any prefetch, with this FHIR server and a token */
  readonly bare: (fhirServer: string, who?: Person, changes?: Json) => Json
}

export const SERVICE = '/cds-services/mineral-review'

/** The six keys without which nothing can be said (prefetch.md); discovery does not tell them. */
export const ESSENTIAL = ['patient', 'minerals', 'kidney', 'electrolytes', 'albuminAlp', 'boneHormones']

export async function caller({ url }: Pick<RunningService, 'url'>): Promise<Caller> {
  const answers: Answer[] = []
  const send = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const start = performance.now()
    const response = await fetch(`${url}${path}`, init)
    const text = await response.text()
    const answer = {
      status: response.status,
      headers: response.headers,
      text,
      json: parsed(text),
      ms: performance.now() - start,
    }
    answers.push(answer)
    return answer
  }
  const discovery = await send('/cds-services')
  const { prefetch: templates } = (discovery.json.services as Published[])[0] ?? { prefetch: {} }
  const body = (who: Person = person(), changes: Json = {}) => ({
    hook: 'patient-view',
    hookInstance: crypto.randomUUID(),
    context: { userId: 'Practitioner/doc-1', patientId: who.id },
    prefetch: prefetchOf(templates, who.held, who.id),
    ...changes,
  })
  return {
    answers,
    send,
    templates,
    post: (sent, path = SERVICE, headers = {}) =>
      send(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof sent === 'string' ? sent : JSON.stringify(sent),
      }),
    body,
    bare: (fhirServer, who = person(), changes = {}) => {
      const { prefetch: _, ...rest } = body(who)
      return { ...rest, fhirServer, fhirAuthorization: fhirAuthorization(), ...changes }
    },
  }
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return {}
  }
}

export const cardsIn = ({ json }: Pick<Answer, 'json'>) => (json.cards ?? []) as readonly Card[]

/** What must not depend on the way by which the facts came. */
export function adviceIn(answer: Answer) {
  const cards = cardsIn(answer).map(({ indicator, extension }) => {
    const { rules, fingerprint, incomplete = [] } = extension['org.apatite.advisory']
    return { rules, indicator, fingerprint, incomplete }
  })
  return { status: answer.status, cards }
}

/** "MGLOW info" for each card. */
export const brieflyIn = (answer: Answer) =>
  cardsIn(answer).map(({ source, indicator }) => `${String(source.topic.code)} ${indicator}`)

/** RESP-05 and the rule for 401, for one answer: what is wrong with it, or null. */
export function refusalFault({ status, text, json, headers }: Answer): string | null {
  if (status < 400) return null
  if (status === 401)
    return text === '' && headers.get('www-authenticate') === 'Bearer' ? null : `401 with ${text}`
  if (json.resourceType !== 'OperationOutcome') return `${status} without OperationOutcome: ${text}`
  if (!headers.get('content-type')?.includes('json')) return `${status} as ${headers.get('content-type')}`
  if (/\bat .+:\d+:\d+|node_modules|\.ts\b/u.test(text)) return `${status} with a stack`
  return leakIn(text)
}
