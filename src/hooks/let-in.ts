import type { Request } from 'express'
import type { Metrics } from '../operation/metrics.ts'
import { Problem } from './problem.ts'
import type { Trust, TrustedClient } from './trust/trust.ts'

export type LetIn = (request: Request, ...paths: readonly string[]) => Promise<TrustedClient | null>

/**
 * Who is calling? Without configured clients everybody is let in (null). With them the token must be meant for one
 * of the paths below the public URL.
 *
 * @throws Problem 401 without a reason: all failures look the same from outside; the metrics tell them apart
 */
export function doorkeeper(trust: Trust | null, publicUrl: string | null, metrics: Metrics): LetIn {
  return async (request, ...paths) => {
    if (trust === null) return null
    const audiences = paths.map((path) => `${publicUrl ?? ''}${path}`)
    const answer = await trust.authenticate(request.headers.authorization, audiences)
    if (answer.ok) return answer.client
    metrics.trustFailure(answer.failure)
    throw new Problem('unauthorized', 'unauthorized')
  }
}
