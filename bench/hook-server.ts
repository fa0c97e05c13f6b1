/** The servers of the hook benches, one process each: the service open, the service with trust and logs, bare Express. */
import express from 'express'
import { destination, pino } from 'pino'
import { createTrust } from '../src/hooks/trust/trust.ts'
import { loadPublished } from '../src/published.ts'
import { createApp, listen } from '../src/server.ts'
import { ISSUER, PUBLIC_URL } from './hook-peers.ts'
import { NOW } from './patients.ts'

interface Message {
  readonly answer?: string
  readonly jwks?: Readonly<Record<string, unknown>>
  readonly jku?: string
  readonly fhirServers?: readonly string[]
}

const message = await new Promise<Message>((resolve) => {
  process.once('message', (sent) => resolve(sent as Message))
})
const kind = process.argv[2]
const at = Date.parse(NOW)
const now = () => new Date(at)

function service() {
  if (kind === 'apatite') return createApp({ knowledge: loadPublished(), now })
  const common = { tenants: null, fhirServers: null, profile: 'plain' as const }
  return createApp({
    knowledge: loadPublished(),
    now,
    publicUrl: PUBLIC_URL,
    fhirServers: message.fhirServers ?? [],
    // every line is made and written, as in a hospital; only nobody keeps it
    log: pino({ level: 'info' }, destination({ dest: '/dev/null', sync: true })),
    trust: createTrust({
      now,
      clients: [
        { ...common, issuer: ISSUER, jwks: message.jwks ?? null, jku: [] },
        ...(message.jku ? [{ ...common, issuer: `${ISSUER}/other`, jwks: null, jku: [message.jku] }] : []),
      ],
    }),
  })
}

function bare() {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.post('/cds-services/mineral-review', express.json({ limit: '5mb' }), (_request, response) => {
    response.type('application/json').send(message.answer)
  })
  return app
}

const { url } = await listen(kind === 'bare' ? bare() : service(), '127.0.0.1', 0)
process.send?.({ port: Number(new URL(url).port) })

process.on('message', (asked) => {
  if (asked !== 'memory') return
  globalThis.gc?.()
  process.send?.({ memory: process.memoryUsage().heapUsed })
})
