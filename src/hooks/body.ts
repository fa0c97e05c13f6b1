import express, { type Request, type Response } from 'express'
import { Problem } from './problem.ts'

/** application/json, application/fhir+json …, whatever parameters follow */
const JSON_TYPE = /^\s*application\/(?:[\w.-]+\+)?json\s*(?:;|$)/iu
const CHARSET = /;\s*charset\s*=\s*"?([^\s";]+)/iu

/** Deeper than any FHIR resource; a body beyond it is an attack or a mistake. */
const DEEPEST = 200

export type ReadBody = (request: Request, response: Response) => Promise<unknown>

/**
 * Reads a JSON body: called by a handler when it wants it, after it knows who is calling. The bytes are decoded and
 * parsed here: JSON is UTF-8 (RFC 8259), and a decoder for every charset there is costs each call.
 *
 * @param limit bytes, or "5mb"
 * @returns a function that rejects with Problem 400, 413 or 415; the text never quotes what was sent
 */
export function jsonBody(limit: number | string): ReadBody {
  const read = express.raw({ limit, type: () => true })
  return async (request, response) => {
    const type = request.headers['content-type'] ?? ''
    if (!hasBody(request)) throw new Problem('body-not-json', 'the body is empty')
    if (!JSON_TYPE.test(type)) throw new Problem('media-type', 'send application/json')
    const charset = CHARSET.exec(type)?.[1]?.toLowerCase() ?? 'utf-8'
    if (charset !== 'utf-8' && charset !== 'utf8') throw notInUtf8()
    await new Promise<void>((resolve, reject) => {
      read(request, response, (error?: unknown) => (error ? reject(bodyProblem(error)) : resolve()))
    })
    const body = parsed(request.body)
    if (isDeeper(body, DEEPEST)) {
      throw new Problem('body-invalid', `the body is nested deeper than ${DEEPEST} levels`)
    }
    return body
  }
}

function parsed(bytes: unknown): unknown {
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) {
    throw new Problem('body-not-json', 'the body is empty')
  }
  const text = bytes.toString()
  try {
    return JSON.parse(text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text)
  } catch (error) {
    throw new Problem('body-not-json', `the body is not JSON${positionIn(error)}`)
  }
}

const BYTE_ORDER_MARK = 0xfeff

function notInUtf8(): Problem {
  return new Problem('media-type', 'send application/json in UTF-8')
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/** Parsing does not recurse, what reads the body might. Stops at the limit, so it cannot run deep itself. */
function isDeeper(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (left === 0) return true
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object' && isDeeper(item, left - 1)) return true
    return false
  }
  const members = value as Readonly<Record<string, unknown>>
  for (const name in members) {
    const member = members[name]
    if (typeof member === 'object' && isDeeper(member, left - 1)) return true
  }
  return false
}

function bodyProblem(error: unknown): unknown {
  if (error instanceof Problem) return error
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : null
  switch (type) {
    case 'entity.too.large':
      return new Problem('body-too-large', 'the body is larger than this service takes')
    case 'encoding.unsupported':
      return notInUtf8()
    default:
      return typeof type === 'string' || isZlibError(error)
        ? new Problem('body-invalid', 'the body could not be read')
        : error
  }
}

/** The body says that it is compressed and is not. */
function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^Z_/u.test(String(error.code))
}

/** Node's message quotes the text around the fault: only the position is passed on (field-notes.md 2). */
function positionIn(error: unknown): string {
  const position = error instanceof Error ? /position (\d+)/u.exec(error.message)?.[1] : undefined
  return position === undefined ? '' : ` (position ${position})`
}
