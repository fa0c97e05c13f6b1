/** An EHR's FHIR server on loopback that remembers every request and can be made to misbehave. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Held } from './resources.ts'
import { countOf, hitsOf, searchset } from './search.ts'

export interface SeenRequest {
  readonly method: string
  /** path and query, percent-decoded */
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly at: number
}

/** Answers a request in its own way and returns true, or leaves it to the stub. */
export type Behaviour = (url: string, response: ServerResponse) => boolean

export interface FhirStub {
  readonly origin: string
  readonly base: string
  readonly seen: SeenRequest[]
  held: readonly Held[]
  pageSize: number
  behave: Behaviour
  /** forgets requests and behaviour */
  readonly reset: () => void
  readonly close: () => Promise<void>
}

export async function fhirStub(held: readonly Held[] = []): Promise<FhirStub> {
  const server = createServer((request, response) => {
    const url = decodeURIComponent(request.url ?? '')
    stub.seen.push({ method: request.method ?? '', url, headers: request.headers, at: Date.now() })
    if (stub.behave(url, response)) return
    const path = url.startsWith('/r4/') ? url.slice('/r4/'.length) : ''
    if (path.includes('?')) {
      send(response, 200, page(path))
      return
    }
    const [type, id] = path.split('/')
    const found = stub.held.find(({ resource }) => resource.resourceType === type && resource.id === id)
    send(response, found ? 200 : 404, found?.resource ?? outcome('not-found'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const stub: FhirStub = {
    origin,
    base: `${origin}/r4`,
    seen: [],
    held,
    pageSize: 1000,
    behave: () => false,
    reset: () => {
      stub.seen.length = 0
      stub.pageSize = 1000
      stub.behave = () => false
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }

  function page(query: string) {
    const hits = hitsOf(stub.held, query)
    const size = Math.min(countOf(query), stub.pageSize)
    const from = Number(/[?&]page=(\d+)/u.exec(query)?.[1] ?? 0) * size
    const rest = query.replace(/&page=\d+/u, '')
    const next = from + size < hits.length ? `${stub.base}/${rest}&page=${from / size + 1}` : null
    return searchset(hits.slice(from, from + size), {
      total: hits.length,
      ...(next === null ? {} : { link: [{ relation: 'next', url: next }] }),
    })
  }
  return stub
}

export function send(response: ServerResponse, status: number, body: unknown, headers = {}): true {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/fhir+json', ...headers }).end(text)
  return true
}

export const outcome = (code: string) => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code, diagnostics: 'ZZTEXT of the server' }],
})
