/** The host of an EHR's public keys on loopback; it remembers every request. */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JWK } from 'jose'

export interface StubKeyHost {
  readonly url: string
  readonly seen: string[]
  keys: readonly JWK[]
  /** answers in its own way and returns true */
  behave: (response: ServerResponse) => boolean
  readonly close: () => Promise<void>
}

export async function stubKeyHost(keys: readonly JWK[] = []): Promise<StubKeyHost> {
  const server = createServer((request, response) => {
    host.seen.push(request.url ?? '')
    if (host.behave(response)) return
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: host.keys }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host: StubKeyHost = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`,
    seen: [],
    keys,
    behave: () => false,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return host
}
