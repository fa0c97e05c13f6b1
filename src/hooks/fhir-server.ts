import { Client } from 'fhir-kit-client'
import { isObject } from './call.ts'
import { isNotSupported } from './prefetch.ts'

/**
 * The one guarded way to an EHR's FHIR server (fhir-events.md 5.2): fhir-kit-client has no timeout, no retry,
 * and would follow a link or a redirect with the token to any host. Here every request has a deadline, is
 * retried only where that can help, stays on the origin of the base URL, and the token lives no longer than
 * the call.
 */
export interface FhirServer {
  /** reads a relative URL ("Observation?patient=…") or an absolute one of the same origin */
  readonly read: (url: string) => Promise<FhirAnswer>
}

export type FhirAnswer =
  | { readonly ok: true; readonly resource: Readonly<Record<string, unknown>> }
  /** `gone`: the server has no such type or resource; all others: it could not be asked */
  | {
      readonly ok: false
      readonly failure: 'gone' | 'refused' | 'timeout' | 'unreachable' | 'garbage' | 'foreign-origin'
    }

export interface FhirServerOptions {
  readonly baseUrl: string
  readonly token: string | null
  /** for all requests of the call together, ms */
  readonly budget: number
  /** one request, ms */
  readonly timeout?: number
}

const RETRIES = 2
const LONGEST_WAIT = 3000

export function fhirServer({ baseUrl, token, budget, timeout = 5000 }: FhirServerOptions): FhirServer {
  const base = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`
  const { origin } = new URL(base)
  const client = new Client({ baseUrl: base, ...(token === null ? {} : { bearerToken: token }) })
  const deadline = Date.now() + budget
  const overall = AbortSignal.timeout(budget)

  const once = async (url: string): Promise<FhirAnswer & { readonly retryAfter?: number }> => {
    try {
      const signal = AbortSignal.any([overall, AbortSignal.timeout(timeout)])
      const answer: unknown = await client.request(url, { options: { signal, redirect: 'manual' } })
      return isObject(answer) && typeof answer.resourceType === 'string'
        ? { ok: true, resource: answer }
        : { ok: false, failure: 'garbage' }
    } catch (error) {
      return failureOf(error)
    }
  }

  return {
    read: async (url) => {
      const target = absolute(url, base)
      if (target === null || target.origin !== origin) return { ok: false, failure: 'foreign-origin' }
      for (let attempt = 0; ; attempt += 1) {
        const { retryAfter, ...answer } = await once(target.href)
        if (retryAfter === undefined || attempt >= RETRIES) return answer
        // who asks for a longer pause is left alone
        if (retryAfter > LONGEST_WAIT || Date.now() + retryAfter >= deadline) return answer
        await new Promise((resolve) => setTimeout(resolve, retryAfter))
      }
    },
  }
}

function absolute(url: string, base: string): URL | null {
  try {
    return new URL(url, base)
  } catch {
    return null
  }
}

/** What the client's error says, without its text: that quotes URLs and bodies. */
function failureOf(error: unknown): FhirAnswer & { ok: false; retryAfter?: number } {
  const name = error instanceof Error ? error.name : ''
  if (name === 'TimeoutError' || name === 'AbortError') return { ok: false, failure: 'timeout' }
  const status = statusOf(error)
  if (status === null) return { ok: false, failure: 'unreachable', retryAfter: 100 }
  if (status === 429 || status >= 500) {
    if (status === 501) return { ok: false, failure: 'gone' }
    return { ok: false, failure: 'refused', retryAfter: retryAfterOf(error) ?? 200 }
  }
  if (status === 404 || status === 410 || saysNotSupported(error)) return { ok: false, failure: 'gone' }
  // a redirect is never followed: with a token it would be a way out of the origin
  return { ok: false, failure: status >= 200 && status < 300 ? 'garbage' : 'refused' }
}

/** A 4xx may say in its OperationOutcome that the server does not have this type. */
function saysNotSupported(error: unknown): boolean {
  const response: unknown = error instanceof Error ? Reflect.get(error, 'response') : null
  return isObject(response) && isObject(response.data) && isNotSupported(response.data)
}

function statusOf(error: unknown): number | null {
  if (!isObject(error) && !(error instanceof Error)) return null
  const response: unknown = Reflect.get(error, 'response')
  return isObject(response) && typeof response.status === 'number' ? response.status : null
}

/** Retry-After in ms: seconds or an HTTP date. */
function retryAfterOf(error: unknown): number | null {
  const config: unknown = error instanceof Error ? Reflect.get(error, 'config') : null
  const headers = isObject(config) ? config.headers : null
  const value = headers instanceof Headers ? headers.get('retry-after') : null
  if (value === null) return null
  if (/^\d+$/u.test(value)) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now())
}

/** May this server be called at all? Only one that is listed: exactly, but for a slash at the end. */
export function isListed(baseUrl: string, listed: readonly string[]): boolean {
  const plain = (url: string) => url.replace(/\/+$/u, '')
  let url: URL
  try {
    url = new URL(baseUrl)
  } catch {
    return false
  }
  const isLoopback = /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/u.test(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) return false
  if (url.username !== '' || url.password !== '') return false
  return listed.some((other) => plain(other) === plain(baseUrl))
}
