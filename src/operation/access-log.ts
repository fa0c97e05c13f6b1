import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import type { Logger } from './log.ts'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu

/**
 * One line for each request: its id, method, route, status and time. The route is the pattern that matched
 * ("/cds-services/:id"), never the URL; a request id of the caller's is taken over only if it is a UUID.
 */
export function accessLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    const start = performance.now()
    const sent = request.headers['x-request-id']
    const id = typeof sent === 'string' && UUID.test(sent) ? sent.toLowerCase() : randomUUID()
    response.setHeader('x-request-id', id)
    response.once('close', () => {
      const pattern: unknown = request.route?.path
      log.info({
        requestId: id,
        method: request.method,
        route: typeof pattern === 'string' ? `${request.baseUrl}${pattern}` : 'other',
        status: response.statusCode,
        finished: response.writableFinished,
        ms: Math.round((performance.now() - start) * 10) / 10,
      })
    })
    next()
  }
}
