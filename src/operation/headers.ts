import type { RequestHandler } from 'express'
import helmet from 'helmet'

/**
 * Security headers. A page gets all that helmet sets. What is no page gets what OWASP's REST Security Cheat Sheet names
 * for it: nothing in it may run or be framed, it stays within its origin, and nobody keeps a patient's data.
 *
 * @param pages paths that are pages for people
 */
export function securityHeaders(pages: readonly string[]): RequestHandler {
  const ofPages = helmet()
  const ofData = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    xFrameOptions: { action: 'deny' },
    // these are about what a browser does with a page
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    referrerPolicy: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xPoweredBy: false,
    xXssProtection: false,
  })
  return (request, response, next) => {
    if (pages.includes(request.path)) {
      ofPages(request, response, next)
      return
    }
    response.setHeader('cache-control', 'no-store')
    ofData(request, response, next)
  }
}
