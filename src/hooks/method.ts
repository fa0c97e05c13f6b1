import type { RequestHandler } from 'express'
import { Problem } from './problem.ts'

/** Behind the handlers of an address: what comes here used a method that it does not take (RFC 9110 15.5.6). */
export function only(method: 'GET' | 'POST'): RequestHandler {
  return (_request, response) => {
    response.set('allow', method)
    throw new Problem('method-not-allowed', `this address takes ${method} only`)
  }
}
