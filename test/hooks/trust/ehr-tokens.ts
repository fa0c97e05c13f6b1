/** An EHR that signs tokens, and a Trust that knows it: each test changes one thing. */
import { randomUUID } from 'node:crypto'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { type ClientConfig, createTrust, type TrustEvent } from '../../../src/hooks/trust/trust.ts'

export const ISSUER = 'https://ehr.example.org'
export const AUDIENCE = 'https://cds.example.org/cds-services/mineral-review'
/** seconds; the clock of every test stands here unless it is moved */
export const NOW = Date.UTC(2026, 4, 6, 12) / 1000

export interface Signer {
  readonly alg: string
  readonly kid: string
  readonly key: CryptoKey
  /** the public half */
  readonly jwk: JWK
}

export async function signer(alg: string, kid: string): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  return { alg, kid, key: privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } }
}

/** A member set to undefined is left out. */
export type Changes = Readonly<Record<string, unknown>>

export const claimsOf = (changes: Changes = {}) => ({
  iss: ISSUER,
  aud: AUDIENCE,
  iat: NOW,
  exp: NOW + 300,
  jti: randomUUID(),
  ...changes,
})

/** "Bearer …" of a valid token, but for the changes to claims and header. */
export async function bearer(by: Signer, claims: Changes = {}, header: Changes = {}): Promise<string> {
  const jwt = await new SignJWT(claimsOf(claims))
    .setProtectedHeader({ alg: by.alg, kid: by.kid, typ: 'JWT', ...header })
    .sign(by.key)
  return `Bearer ${jwt}`
}

const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')

/** "Bearer …" with any header, claims and signature, as an attacker would write it. */
export const forged = (header: unknown, claims: unknown, signature = '') =>
  `Bearer ${encode(header)}.${encode(claims)}.${signature}`

export const client = (changes: Partial<ClientConfig>): ClientConfig => ({
  issuer: ISSUER,
  jwks: null,
  jku: [],
  tenants: null,
  fhirServers: null,
  profile: 'plain',
  ...changes,
})

export function trusting(clients: readonly ClientConfig[], fetch?: typeof globalThis.fetch) {
  const events: TrustEvent[] = []
  const clock = { seconds: NOW }
  const trust = createTrust({
    clients,
    now: () => new Date(clock.seconds * 1000),
    fetch,
    log: (event) => events.push(event),
  })
  return {
    events,
    clock,
    /** "ok", or the failure */
    outcome: async (authorization: string | undefined, audiences: readonly string[] = [AUDIENCE]) => {
      const answer = await trust.authenticate(authorization, audiences)
      return answer.ok ? 'ok' : answer.failure
    },
    authenticate: trust.authenticate,
  }
}
