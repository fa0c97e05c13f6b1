import type { RequestHandler } from 'express'

const LOOPBACK = /^https?:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/u

/**
 * CORS for browser clients (cds-hooks.md 5.3): loopback origins, and those that are configured. A preflight carries
 * no token and is answered before any is asked for; errors carry the header too. No credentials, no wildcard.
 */
export function cors(origins: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const { origin } = request.headers
    response.vary('Origin')
    const allowed = origin !== undefined && (LOOPBACK.test(origin) || origins.includes(origin))
    if (allowed) response.set('access-control-allow-origin', origin)
    if (request.method !== 'OPTIONS') {
      next()
      return
    }
    if (allowed) {
      response.set({
        'access-control-allow-methods': 'GET, POST, OPTIONS',
        'access-control-allow-headers': 'authorization, content-type',
        'access-control-max-age': '600',
      })
    }
    response.status(204).end()
  }
}
