import type { TrustFailure } from './failure.ts'

/** seconds that two clocks may differ */
export const SKEW = 30
/** seconds between `iat` and `exp`; Epic's sample has 15 minutes, the public sandbox 5 */
export const LONGEST_LIFETIME = 3600

export interface ClaimRules {
  readonly audiences: readonly string[]
  /** seconds since 1970 */
  readonly now: number
  readonly tenants: readonly string[] | null
}

export type CheckedClaims =
  | {
      readonly ok: true
      readonly tenant: string | null
      readonly jti: string
      /** seconds since 1970: from here on the token is refused as expired */
      readonly until: number
    }
  | { readonly ok: false; readonly failure: TrustFailure }

/**
 * The claims of a token whose signature is good (cds-hooks.md 5.1): audience, times, lifetime, tenant. Every
 * comparison is written so that a missing number (NaN) refuses. Claims that are not named here are ignored.
 */
export function checkClaims(
  { aud, exp, iat, nbf, tenant, jti }: Readonly<Record<string, unknown>>,
  { audiences, now, tenants }: ClaimRules,
): CheckedClaims {
  const refuse = (failure: TrustFailure) => ({ ok: false, failure }) as const
  const sentTo: readonly unknown[] = Array.isArray(aud) ? aud : [aud]
  if (!sentTo.every((one) => typeof one === 'string')) return refuse('claims')
  if (!sentTo.some((one) => audiences.includes(one))) return refuse('audience')

  if (!isTime(exp) || !isTime(iat) || !(nbf === undefined || isTime(nbf))) return refuse('claims')
  if (!(now < exp + SKEW)) return refuse('expired')
  if (!(iat <= now + SKEW) || !(nbf === undefined || nbf <= now + SKEW)) return refuse('not-yet')
  if (!(exp - iat > 0 && exp - iat <= LONGEST_LIFETIME)) return refuse('lifetime')

  if (tenant !== undefined && typeof tenant !== 'string') return refuse('claims')
  if (tenants !== null && (tenant === undefined || !tenants.includes(tenant))) return refuse('tenant')
  if (typeof jti !== 'string' || jti === '') return refuse('claims')
  return { ok: true, tenant: tenant ?? null, jti, until: exp + SKEW }
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}
