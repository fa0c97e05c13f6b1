/**
 * Why a token is refused: for the log and the metrics only, the caller is told nothing.
 *
 * - `no-token`: no Authorization header, or another scheme than Bearer
 * - `malformed`: not a JWT of at most 16 kB, `typ` is not "JWT", or it has critical extensions (`crit`)
 * - `algorithm`: not on our list, or another one than that of the key
 * - `issuer`: missing or not configured
 * - `jku`: the token names a key URL that this issuer may not name; nothing was fetched
 * - `key`: no `kid`, no such key, or a key that cannot be used
 * - `not-yet`: `iat` or `nbf` lies in the future
 * - `claims`: a claim is missing or of the wrong type
 * - `lifetime`: more than an hour between `iat` and `exp`, or none
 * - `replay`: this `jti` was used before, or the memory for them is full (the log says which)
 * - `keys-unavailable`: the host of the keys could not be asked and no keys are held
 */
export type TrustFailure =
  | 'no-token'
  | 'malformed'
  | 'algorithm'
  | 'issuer'
  | 'jku'
  | 'key'
  | 'signature'
  | 'audience'
  | 'expired'
  | 'not-yet'
  | 'claims'
  | 'lifetime'
  | 'tenant'
  | 'replay'
  | 'keys-unavailable'
