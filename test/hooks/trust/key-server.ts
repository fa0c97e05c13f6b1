/** A key host on loopback that records every request it gets. */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface KeyServer {
  readonly url: string
  /** method and path of every request, in order */
  readonly requests: string[]
  /** what it answers from now on */
  answer: RequestListener
  readonly serve: (keys: readonly unknown[]) => void
  readonly close: () => Promise<void>
}

export async function keyServer(keys: readonly unknown[] = []): Promise<KeyServer> {
  const requests: string[] = []
  const jwks =
    (served: readonly unknown[]): RequestListener =>
    (_request, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ keys: served }))
    }
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    stub.answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stub: KeyServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`,
    requests,
    answer: jwks(keys),
    serve: (served) => {
      stub.answer = jwks(served)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return stub
}
