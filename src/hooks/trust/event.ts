import type { TrustFailure } from './failure.ts'
import type { KeyHostFailure } from './key-host.ts'

/**
 * For the log: no token, claim or key is in it. `issuer` is an allow-listed one or null; `jti` is a hash (as of
 * `nonceOf`), there once everything else in the token was good.
 */
export type TrustEvent =
  | { readonly kind: 'accepted'; readonly issuer: string; readonly jti: string }
  | {
      readonly kind: 'refused'
      readonly issuer: string | null
      readonly failure: TrustFailure
      readonly jti: string | null
    }
  /** a key host was asked because a token of this issuer came */
  | KeysAsked
  /** the issuer used more tokens than can be remembered: new ones are refused until old ones expire */
  | { readonly kind: 'replay-memory-full'; readonly issuer: string }

export interface KeysAsked {
  readonly kind: 'keys'
  readonly issuer: string
  readonly outcome: 'fetched' | KeyHostFailure
}
