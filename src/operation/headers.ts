import type { RequestHandler } from 'express'
import helmet from 'helmet'

/**
 * Security headers of what is no page (a page gets all that helmet sets): those that OWASP's REST Security Cheat Sheet
 * names. Nothing in an answer may run or be framed, it stays within its origin, and nobody keeps a patient's data.
 */
export function dataHeaders(): RequestHandler {
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
    response.setHeader('cache-control', 'no-store')
    ofData(request, response, next)
  }
}
