import { type CryptoKey, createLocalJWKSet, errors, type JWK } from 'jose'
import { isObject } from '../call.ts'

/** The specification recommends ES384 and RS384; never `none`, never HMAC, nothing that nobody asked for. */
export const ALGORITHMS = ['ES256', 'ES384', 'RS256', 'RS384', 'PS256', 'PS384'] as const
export type Algorithm = (typeof ALGORITHMS)[number]

export function isAlgorithm(alg: unknown): alg is Algorithm {
  return ALGORITHMS.some((allowed) => allowed === alg)
}

/** The public keys of one JWKS, found by `kid` alone: other keys are never tried (field case F107). */
export interface KeySet {
  readonly size: number
  readonly has: (kid: string) => boolean
  /**
   * `unknown`: no such kid; `mismatch`: the key is of another type, curve, use or algorithm than `alg`;
   * `unusable`: it is damaged, or several keys share the kid
   */
  readonly find: (kid: string, alg: Algorithm) => Promise<CryptoKey | 'unknown' | 'mismatch' | 'unusable'>
}

/** What is taken over from a JWK; certificates and anything private stay behind. */
const MEMBERS = ['kty', 'kid', 'use', 'key_ops', 'alg', 'n', 'e', 'crv', 'x', 'y']
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/**
 * Reads a JWKS (RFC 7517). Keys without `kid`, of other types than RSA and EC, and private keys are left out, as
 * RFC 7517 5 wants for what is not understood.
 *
 * @returns null if it is no JWKS at all; a set without keys is one (everything was withdrawn)
 */
export function keySetFrom(jwks: unknown): KeySet | null {
  if (!isObject(jwks) || !Array.isArray(jwks.keys)) return null
  const keys = jwks.keys.flatMap((key: unknown) => publicKey(key) ?? [])
  const kids = new Set(keys.map(({ kid }) => kid))
  const find = createLocalJWKSet({ keys })
  return {
    size: keys.length,
    has: (kid) => kids.has(kid),
    find: async (kid, alg) => {
      if (!kids.has(kid)) return 'unknown'
      try {
        return await find({ kid, alg })
      } catch (error) {
        return error instanceof errors.JWKSNoMatchingKey ? 'mismatch' : 'unusable'
      }
    },
  }
}

export function hasPrivateKey(jwks: Readonly<Record<string, unknown>>): boolean {
  return Array.isArray(jwks.keys) && jwks.keys.some((key: unknown) => isObject(key) && isPrivate(key))
}

function isPrivate(key: Readonly<Record<string, unknown>>): boolean {
  return PRIVATE_MEMBERS.some((member) => Object.hasOwn(key, member))
}

function publicKey(key: unknown): JWK | null {
  if (!isObject(key) || isPrivate(key)) return null
  if (typeof key.kid !== 'string' || (key.kty !== 'RSA' && key.kty !== 'EC')) return null
  return Object.fromEntries(
    MEMBERS.filter((member) => Object.hasOwn(key, member)).map((member) => [member, key[member]]),
  ) as JWK
}
