import type { Server } from 'node:http'
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import helmet from 'helmet'
import { assessRouter } from './api/assess.ts'
import { operationOutcome, Problem } from './hooks/problem.ts'
import { hookRouter } from './hooks/router.ts'
import type { Knowledge } from './knowledge/types.ts'

export interface AppOptions {
  readonly knowledge: Knowledge
  readonly now?: () => Date
  readonly zone?: string
  /** bytes, or "5mb" */
  readonly bodyLimit?: number | string
}

/** The HTTP service, without a port: tests and the command line both start from here. */
export function createApp({
  knowledge,
  now = () => new Date(),
  zone = 'UTC',
  bodyLimit = '5mb',
}: AppOptions): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(helmet())
  const body = jsonBody(bodyLimit)
  app.use('/cds-services', body, hookRouter({ knowledge, now, zone }))
  app.use('/api/assess', body, assessRouter({ knowledge, now, zone }))
  app.get('/health/live', (_request, response) => {
    response.json({ status: 'live' })
  })
  app.get('/health/ready', (_request, response) => {
    response.json({ status: 'ready', knowledgeVersion: knowledge.version })
  })
  app.use((_request, _response, next) => {
    next(new Problem('not-found', 'no such page'))
  })
  app.use(answerProblem)
  return app
}

/** JSON only, FHIR's media type included; anything else that has a body is refused. */
function jsonBody(limit: number | string): RequestHandler {
  const parse = express.json({
    limit,
    strict: false,
    type: ['application/json', 'application/fhir+json', 'application/*+json'],
  })
  return (request, response, next) => {
    if (
      request.method === 'POST' &&
      !request.is(['application/json', 'application/fhir+json', 'application/*+json'])
    ) {
      next(
        hasBody(request.headers)
          ? new Problem('media-type', 'send application/json')
          : new Problem('body-not-json', 'the body is empty'),
      )
      return
    }
    parse(request, response, next)
  }
}

function hasBody(headers: Readonly<Record<string, unknown>>): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/** Every failure in one place: an OperationOutcome, without stack, token or anything that was sent. */
const answerProblem: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error)
    return
  }
  const problem = problemOf(error)
  response
    .status(problem.status)
    .type('application/fhir+json')
    .send(JSON.stringify(operationOutcome(problem)))
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : null
  if (type === 'entity.parse.failed') {
    return new Problem('body-not-json', `the body is not JSON${positionIn(error)}`)
  }
  if (type === 'entity.too.large')
    return new Problem('body-too-large', 'the body is larger than this service takes')
  if (type === 'charset.unsupported' || type === 'encoding.unsupported') {
    return new Problem('media-type', 'send application/json in UTF-8')
  }
  if (typeof type === 'string') return new Problem('body-invalid', 'the body could not be read')
  return new Problem('internal', 'the service failed on this request')
}

/** Node's message quotes the text around the fault: only the position is passed on (field-notes.md 2). */
function positionIn(error: unknown): string {
  const position = error instanceof Error ? /position (\d+)/u.exec(error.message)?.[1] : undefined
  return position === undefined ? '' : ` (position ${position})`
}

export interface Listening {
  readonly server: Server
  readonly url: string
  readonly close: () => Promise<void>
}

/** Starts listening; rejects if the address cannot be had. */
export async function listen(app: Express, host: string, port: number): Promise<Listening> {
  const server = await new Promise<Server>((resolve, reject) => {
    const starting = app.listen(port, host, (error?: Error) => (error ? reject(error) : resolve(starting)))
  })
  const address = server.address()
  const actual = typeof address === 'object' && address !== null ? address.port : port
  return {
    server,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeIdleConnections()
      }),
  }
}
