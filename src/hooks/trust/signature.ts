import { KeyObject, verify } from 'node:crypto'
import { type CryptoKey, compactVerify } from 'jose'
import { oncePer } from '../../quantity/once.ts'
import type { TrustFailure } from './failure.ts'
import type { Algorithm } from './key-set.ts'

/**
 * RSASSA-PKCS1-v1_5 (RFC 7518 3.3), what most EHRs sign with. To verify one takes some 20 us; to hand it to another
 * thread, as WebCrypto and so jose do, costs three times that of every call. The others stay with jose: an ECDSA
 * signature takes so long to verify that all calls beside it would wait.
 */
const ON_THIS_THREAD: Partial<Record<Algorithm, 'sha256' | 'sha384'>> = { RS256: 'sha256', RS384: 'sha384' }

/** RFC 7518 3.3: a key of 2048 bits or more */
const SHORTEST_MODULUS = 2048

/** `unusable`: no key that an RSA signature may be checked with */
const rsaKeyOf = oncePer((cryptoKey: CryptoKey): KeyObject | 'unusable' => {
  if (cryptoKey.type !== 'public') return 'unusable'
  const key = KeyObject.from(cryptoKey)
  const { asymmetricKeyType, asymmetricKeyDetails } = key
  const isLongEnough = (asymmetricKeyDetails?.modulusLength ?? 0) >= SHORTEST_MODULUS
  return asymmetricKeyType === 'rsa' && isLongEnough ? key : 'unusable'
})

/**
 * Checks the signature of a compact JWS (RFC 7515 5.2) with a key that was found for its `kid` and `alg`.
 *
 * @returns null if it is good; `key` if the key may not be used for it; else `signature`. Never rejects.
 */
export async function signatureFailure(
  jws: string,
  key: CryptoKey,
  alg: Algorithm,
): Promise<TrustFailure | null> {
  const hash = ON_THIS_THREAD[alg]
  if (hash !== undefined) return rsaFailure(jws, key, hash)
  try {
    await compactVerify(jws, key, { algorithms: [alg] })
    return null
  } catch (error) {
    // jose: a TypeError is about the key, everything else about the token
    return error instanceof TypeError ? 'key' : 'signature'
  }
}

function rsaFailure(jws: string, cryptoKey: CryptoKey, hash: 'sha256' | 'sha384'): TrustFailure | null {
  const key = rsaKeyOf(cryptoKey)
  if (key === 'unusable') return 'key'
  const dot = jws.lastIndexOf('.')
  const signature = Buffer.from(jws.slice(dot + 1), 'base64url')
  return verify(hash, Buffer.from(jws.slice(0, dot)), key, signature) ? null : 'signature'
}
