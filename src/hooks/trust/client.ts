import { isObject } from '../call.ts'
import { isKeyUrl } from './key-host.ts'
import { hasPrivateKey, keySetFrom } from './key-set.ts'

/** An https URL (http only for loopback addresses), or the JWKS itself as it was parsed from a file. */
export type JwksSource = string | Readonly<Record<string, unknown>>

/** One EHR that may call the hooks (design/configuration.md, `clients`). */
export interface ClientConfig {
  /** compared with `iss` exactly: case and a slash at the end count */
  readonly issuer: string
  /** out of band: used for tokens without `jku` */
  readonly jwks: JwksSource | null
  /** the key URLs that this issuer's tokens may name, compared exactly */
  readonly jku: readonly string[]
  /** null: the tenant is not checked */
  readonly tenants: readonly string[] | null
  readonly fhirServers: readonly string[] | null
  readonly profile: 'plain' | 'epic'
}

/** Who called, once everything in the token has been checked. */
export interface TrustedClient {
  readonly issuer: string
  readonly tenant: string | null
  readonly profile: 'plain' | 'epic'
  readonly fhirServers: readonly string[] | null
}

/** Clients that could never be trusted, or trusted wrongly: found at the start, not at the first call. */
export class TrustConfigError extends Error {
  override readonly name = 'TrustConfigError'
  readonly code = 'CLIENTS_REFUSED'
}

/** What is wrong with the clients, one sentence each, without key material; empty when all is well. */
export function clientProblems(clients: readonly ClientConfig[]): readonly string[] {
  const issuers = clients.map(({ issuer }) => issuer)
  const repeated = issuers.filter((issuer, index) => issuers.indexOf(issuer) !== index)
  return [
    ...[...new Set(repeated)].map((issuer) => `${issuer}: this issuer is listed more than once`),
    ...clients.flatMap((client) => problemsOf(client).map((problem) => `${client.issuer}: ${problem}`)),
  ]
}

function problemsOf({ jwks, jku }: ClientConfig): string[] {
  const problems: string[] = []
  if (jwks === null && jku.length === 0) problems.push('give jwks or jku: without keys nobody is trusted')
  const urls = typeof jwks === 'string' ? [jwks, ...jku] : jku
  if (!urls.every(isKeyUrl)) {
    problems.push('a key URL must be https (http for a loopback address only), without a user name')
  }
  if (isObject(jwks)) {
    // a private key here is on two machines already: it signs for the EHR and must be replaced there
    if (hasPrivateKey(jwks)) problems.push('jwks holds a private key; only public keys belong here')
    else if ((keySetFrom(jwks)?.size ?? 0) === 0) problems.push('jwks holds no usable public key with a kid')
  }
  return problems
}
