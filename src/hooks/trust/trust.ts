import { checkClaims } from './claims.ts'
import { type ClientConfig, clientProblems, TrustConfigError, type TrustedClient } from './client.ts'
import type { TrustEvent } from './event.ts'
import type { TrustFailure } from './failure.ts'
import { isAlgorithm } from './key-set.ts'
import { knownClients, sourceFor } from './known-client.ts'
import { nonceOf, REPLAY_CAPACITY } from './replay.ts'
import { signatureFailure } from './signature.ts'
import { bearerToken, parseToken, type Token } from './token.ts'

export {
  type ClientConfig,
  clientProblems,
  type JwksSource,
  TrustConfigError,
  type TrustedClient,
} from './client.ts'
export type { TrustEvent } from './event.ts'
export type { TrustFailure } from './failure.ts'

/** The WWW-Authenticate value of every 401: no reason in it, so that all failures look the same from outside. */
export const bearerChallenge = 'Bearer'

export type Authenticated =
  | { readonly ok: true; readonly client: TrustedClient }
  /** `issuer` is the one that the token claims, if it is allow-listed: proved only from `audience` on */
  | { readonly ok: false; readonly failure: TrustFailure; readonly issuer: string | null }

export interface Trust {
  /**
   * Checks the Authorization header of one request. Never rejects. A token is used up by this.
   *
   * @param audiences the URLs under which the endpoint is known, made from the configured public URL
   */
  readonly authenticate: (
    authorization: string | undefined,
    audiences: readonly string[],
  ) => Promise<Authenticated>
}

export interface TrustOptions {
  readonly clients: readonly ClientConfig[]
  readonly now: () => Date
  readonly fetch?: typeof globalThis.fetch
  readonly log?: (event: TrustEvent) => void
  /** nonces remembered for each issuer; REPLAY_CAPACITY where it is not said */
  readonly replayCapacity?: number
}

type Refused = { readonly failure: TrustFailure; readonly jti?: string }
type Accepted = { readonly client: TrustedClient; readonly jti: string }

/**
 * Client trust of CDS Hooks 2.0.1 ("Trusting CDS Clients") in the check order of cds-hooks.md 5.1.
 *
 * `typ` must be there and be "JWT", as the specification says, so no token made for something else passes. A token
 * with `jku` is checked with the keys behind that URL only, one without with the out-of-band keys only. Keys and
 * nonces are held in this process: after a restart a token that has not expired could be used once more.
 *
 * @throws TrustConfigError listing every client that could not be trusted rightly
 */
export function createTrust({
  clients,
  now,
  fetch,
  log = () => undefined,
  replayCapacity = REPLAY_CAPACITY,
}: TrustOptions): Trust {
  const problems = clientProblems(clients)
  if (problems.length > 0) throw new TrustConfigError(problems.join('\n'))
  const known = knownClients(clients, { now, fetch, log, replayCapacity })

  const check = async (token: Token, audiences: readonly string[]): Promise<Refused | Accepted> => {
    const { alg, typ, kid, crit } = token.header
    if (!isAlgorithm(alg)) return { failure: 'algorithm' }
    if (typ !== 'JWT' || crit !== undefined) return { failure: 'malformed' }
    const client = known.get(token.claims.iss)
    if (!client) return { failure: 'issuer' }
    const { issuer, tenants, profile, fhirServers } = client.config
    const source = sourceFor(token, client)
    if (source === null) return { failure: 'jku' }
    if (typeof kid !== 'string') return { failure: 'key' }
    const keys = await source(kid, issuer)
    if (keys === null) return { failure: 'keys-unavailable' }
    const key = await keys.find(kid, alg)
    if (key === 'mismatch') return { failure: 'algorithm' }
    if (key === 'unknown' || key === 'unusable') return { failure: 'key' }
    const badSignature = await signatureFailure(token.jws, key, alg)
    if (badSignature !== null) return { failure: badSignature }

    const claims = checkClaims(token.claims, { audiences, now: now().getTime() / 1000, tenants })
    if (!claims.ok) return claims
    const jti = nonceOf(claims.jti)
    const nonce = client.replay.use(jti, claims.until * 1000)
    if (nonce === 'full') log({ kind: 'replay-memory-full', issuer })
    if (nonce !== 'new') return { failure: 'replay', jti }
    return { client: { issuer, tenant: claims.tenant, profile, fhirServers }, jti }
  }

  return {
    authenticate: async (authorization, audiences) => {
      const text = bearerToken(authorization)
      const token = text === null ? null : parseToken(text)
      const checked =
        token === null
          ? ({ failure: text === null ? 'no-token' : 'malformed' } as const)
          : await check(token, audiences)
      if ('client' in checked) {
        log({ kind: 'accepted', issuer: checked.client.issuer, jti: checked.jti })
        return { ok: true, client: checked.client }
      }
      const { failure, jti = null } = checked
      const issuer = known.get(token?.claims.iss)?.config.issuer ?? null
      log({ kind: 'refused', issuer, failure, jti })
      return { ok: false, failure, issuer }
    },
  }
}
