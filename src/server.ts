import { createServer, type Server } from 'node:http'
import express, { type ErrorRequestHandler, type Express } from 'express'
import helmet from 'helmet'
import { assessRouter } from './api/assess.ts'
import { feedbackListRouter } from './api/feedback.ts'
import { jsonBody } from './hooks/body.ts'
import { cors } from './hooks/cors.ts'
import { doorkeeper } from './hooks/let-in.ts'
import { operationOutcome, Problem } from './hooks/problem.ts'
import { hookRouter, type Issued } from './hooks/router.ts'
import { bearerChallenge, type Trust } from './hooks/trust/trust.ts'
import type { Knowledge } from './knowledge/types.ts'
import type { Store } from './memory/store.ts'
import { accessLog } from './operation/access-log.ts'
import { dataHeaders } from './operation/headers.ts'
import type { Logger } from './operation/log.ts'
import { createMetrics, type Metrics } from './operation/metrics.ts'

export interface AppOptions {
  readonly knowledge: Knowledge
  readonly now?: () => Date
  readonly zone?: string
  /** bytes, or "5mb" */
  readonly bodyLimit?: number | string
  readonly publicUrl?: string | null
  readonly corsOrigins?: readonly string[]
  /** null: everybody may call */
  readonly trust?: Trust | null
  readonly fhirServers?: readonly string[]
  readonly callTimeout?: number
  /** the rule book as a page (web/knowledge-page.ts); null: it has none */
  readonly knowledgePage?: string | null
  /** null: nothing is remembered, and there is no feedback */
  readonly store?: Store | null
  readonly log?: Logger | null
  readonly metrics?: Metrics
}

/** The HTTP service, without a port: tests and the command line both start from here. */
export function createApp(options: AppOptions): Express {
  const {
    knowledge,
    now = () => new Date(),
    zone = 'UTC',
    bodyLimit = '5mb',
    publicUrl = null,
    corsOrigins = [],
    trust = null,
    fhirServers = [],
    callTimeout = 8000,
    store = null,
    knowledgePage = null,
    log = null,
    metrics = createMetrics(),
  } = options
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  if (log) app.use(accessLog(log))
  if (knowledgePage !== null) {
    app.get('/knowledge', helmet(), (_request, response) => {
      response.type('html').send(knowledgePage)
    })
  }
  app.use(dataHeaders())
  const letIn = doorkeeper(trust, publicUrl, metrics)
  const readBody = jsonBody(bodyLimit)
  const acrossOrigins = cors(corsOrigins)
  const common = { knowledge, now, zone, letIn, readBody }
  // the routers name their addresses whole, so that the log can tell which one was called
  app.use(['/cds-services', '/api'], acrossOrigins)
  app.use(
    hookRouter({
      ...common,
      publicUrl,
      metrics,
      fhirServers,
      callTimeout,
      issued: remember(store),
      feedback: store?.feedback ?? null,
    }),
  )
  app.use(assessRouter(common))
  if (store) app.use(feedbackListRouter(store, letIn))
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
  app.get('/health/live', (_request, response) => {
    response.json({ status: 'live' })
  })
  app.get('/health/ready', async (_request, response) => {
    const isReady = store === null || (await store.ready())
    response.status(isReady ? 200 : 503).json({
      status: isReady ? 'ready' : 'not ready',
      knowledgeVersion: knowledge.version,
      store: store === null ? 'none' : isReady ? 'up' : 'down',
    })
  })
  app.use((_request, _response, next) => {
    next(new Problem('not-found', 'no such page'))
  })
  app.use(answerProblem(log))
  return app
}

/** Cards are noted behind the answer, so that feedback on them can be understood. */
function remember(store: Store | null): (issued: Issued) => void {
  if (store === null) return () => undefined
  return ({ service, patientId, cards, at }) => {
    const patientKey = store.patientKey(patientId)
    store.issued.recordSoon(cards.map((card) => ({ ...card, service, patientKey, at })))
  }
}

/** Every failure in one place: an OperationOutcome, without stack, token or anything that was sent. */
function answerProblem(log: Logger | null): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error)
      return
    }
    const problem =
      error instanceof Problem
        ? error
        : error instanceof URIError
          ? new Problem('not-found', 'the path is not percent-encoded as a URL must be')
          : new Problem('internal', 'the service failed on this request')
    if (problem.code === 'internal') log?.error({ error: framesOf(error) }, 'internal failure')
    if (problem.code === 'unauthorized') {
      response.status(401).set('www-authenticate', bearerChallenge).end()
      return
    }
    response
      .status(problem.status)
      .type('application/fhir+json')
      .send(JSON.stringify(operationOutcome(problem)))
  }
}

/** Where it failed, without the message: messages quote values. */
function framesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return []
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /u.test(line))
  return [error.name, ...frames.slice(0, 8).map((line) => line.trim())]
}

export interface Listening {
  readonly server: Server
  readonly url: string
  /** finishes the calls in flight, at most so many ms */
  readonly close: (patience?: number) => Promise<void>
}

/** Starts listening; rejects if the address cannot be had. */
export async function listen(app: Express, host: string, port: number): Promise<Listening> {
  // a client that sends its headers or its body by the byte does not hold a connection for ever
  const slow = { connectionsCheckingInterval: 1000, headersTimeout: 10_000, requestTimeout: 15_000 }
  const server = createServer(slow, app)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end(refusedRequest())
  })
  const address = server.address()
  const actual = typeof address === 'object' && address !== null ? address.port : port
  return {
    server,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`,
    close: (patience = 10_000) =>
      new Promise((resolve, reject) => {
        const cut = setTimeout(() => server.closeAllConnections(), patience)
        // a connection goes idle when its last answer is out
        const idle = setInterval(() => server.closeIdleConnections(), 100)
        server.close((error) => {
          clearTimeout(cut)
          clearInterval(idle)
          if (error) reject(error)
          else resolve()
        })
        server.closeIdleConnections()
      }),
  }
}

/** What is no HTTP request, or came too slowly, gets an OperationOutcome too. */
function refusedRequest(): string {
  const body = JSON.stringify(
    operationOutcome(new Problem('request-timeout', 'the request was not understood or came too slowly')),
  )
  return [
    'HTTP/1.1 408 Request Timeout',
    'content-type: application/fhir+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    body,
  ].join('\r\n')
}
