import { isUtf8 } from 'node:buffer'
import { remembered } from '../../quantity/remembered.ts'
import { isObject } from '../call.ts'

/** A compact JWS taken apart, with nothing in it believed yet. */
export interface Token {
  readonly jws: string
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
}

/** characters; the tokens of EHRs have about a thousand */
export const LONGEST_TOKEN = 16 * 1024

const BEARER = /^bearer(?: +|$)/iu
const COMPACT = /^([\w-]+)\.([\w-]+)\.([\w-]*)$/u

/** What follows "Bearer" (RFC 6750; the scheme in any case), or null if another scheme or none was sent. */
export function bearerToken(authorization: string | undefined): string | null {
  const scheme = BEARER.exec(authorization ?? '')
  return scheme === null || authorization === undefined ? null : authorization.slice(scheme[0].length)
}

/** Three base64url parts, the first two JSON objects in UTF-8 (RFC 7515 7.1, RFC 7519 7.2); else null. */
export function parseToken(text: string): Token | null {
  if (text.length > LONGEST_TOKEN) return null
  const [, first, second] = COMPACT.exec(text) ?? []
  if (first === undefined || second === undefined) return null
  const header = headerOf(first)
  const claims = jsonObject(second)
  return header && claims && { jws: text, header, claims }
}

function jsonObject(base64url: string): Readonly<Record<string, unknown>> | null {
  const bytes = Buffer.from(base64url, 'base64url')
  if (!isUtf8(bytes)) return null
  try {
    const value: unknown = JSON.parse(bytes.toString())
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

const MOST_HEADERS = 50

/** All tokens of a client have one header until its key changes. */
const headerOf = remembered(jsonObject, MOST_HEADERS)
