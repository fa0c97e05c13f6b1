import { isObject } from '../call.ts'
import { type KeySet, keySetFrom } from './key-set.ts'

/**
 * The one guarded way to a JWKS URL. Which URLs may be asked is decided before this (only listed ones); here a
 * host that is slow, huge, moved or broken costs one bounded request and nothing else.
 */
export type KeyHost = (url: string) => Promise<KeyHostAnswer>

export type KeyHostFailure =
  | 'url' // neither https nor http to a loopback address
  | 'unreachable'
  | 'timeout'
  | 'redirect' // never followed: it would lead off the list (SSRF)
  | 'status'
  | 'too-large'
  | 'garbage' // not a JWKS

export type KeyHostAnswer =
  | { readonly ok: true; readonly keys: KeySet }
  | { readonly ok: false; readonly failure: KeyHostFailure }

/** ms for connection, headers and body together */
export const KEY_HOST_TIMEOUT = 3000
/** bytes, after decompression; 30 keys with certificate chains are about 100 kB */
export const LARGEST_JWKS = 128 * 1024

export interface KeyHostOptions {
  readonly fetch?: typeof globalThis.fetch
  readonly timeout?: number
}

/** @returns a function that never rejects: what goes wrong is its answer */
export function keyHost({
  fetch = globalThis.fetch,
  timeout = KEY_HOST_TIMEOUT,
}: KeyHostOptions = {}): KeyHost {
  return async (url) => {
    if (!isKeyUrl(url)) return { ok: false, failure: 'url' }
    try {
      const response = await fetch(url, {
        headers: { accept: 'application/jwk-set+json, application/json' },
        redirect: 'manual',
        credentials: 'omit',
        signal: AbortSignal.timeout(timeout),
      })
      if (response.status !== 200) {
        await response.body?.cancel()
        return { ok: false, failure: isRedirect(response) ? 'redirect' : 'status' }
      }
      return await jwksIn(response)
    } catch (error) {
      // the error itself is dropped: its text quotes addresses
      const isLate = isObject(error) && (error.name === 'TimeoutError' || error.name === 'AbortError')
      return { ok: false, failure: isLate ? 'timeout' : 'unreachable' }
    }
  }
}

/** The media type is not asked for: JWKS are served as text/plain too, and only their content says what they are. */
async function jwksIn(response: Response): Promise<KeyHostAnswer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    // leaving the loop cancels the rest of the body
    if (size > LARGEST_JWKS) return { ok: false, failure: 'too-large' }
    chunks.push(chunk)
  }
  let jwks: unknown
  try {
    jwks = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
  } catch {
    return { ok: false, failure: 'garbage' }
  }
  const keys = keySetFrom(jwks)
  return keys === null ? { ok: false, failure: 'garbage' } : { ok: true, keys }
}

function isRedirect({ status, type }: Response): boolean {
  return type === 'opaqueredirect' || (status >= 300 && status < 400)
}

/** https, or http to an address of this machine; no user name or password in it. */
export function isKeyUrl(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname, username, password } = new URL(url)
  if (username !== '' || password !== '') return false
  if (protocol === 'https:') return true
  return protocol === 'http:' && /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/u.test(hostname)
}
