import express, { type Request, type Response } from 'express'
import { Problem } from './problem.ts'

const JSON_TYPES = ['application/json', 'application/fhir+json', 'application/*+json']

/** Deeper than any FHIR resource; a body beyond it is an attack or a mistake. */
const DEEPEST = 200

export type ReadBody = (request: Request, response: Response) => Promise<unknown>

/**
 * Reads a JSON body: called by a handler when it wants it, after it knows who is calling.
 *
 * @param limit bytes, or "5mb"
 * @returns a function that rejects with Problem 400, 413 or 415; the text never quotes what was sent
 */
export function jsonBody(limit: number | string): ReadBody {
  const parse = express.json({ limit, strict: false, type: JSON_TYPES })
  return async (request, response) => {
    if (!request.is(JSON_TYPES)) {
      throw hasBody(request)
        ? new Problem('media-type', 'send application/json')
        : new Problem('body-not-json', 'the body is empty')
    }
    await new Promise<void>((resolve, reject) => {
      parse(request, response, (error?: unknown) => (error ? reject(bodyProblem(error)) : resolve()))
    })
    if (request.body === undefined) throw new Problem('body-not-json', 'the body is empty')
    if (isDeeper(request.body, DEEPEST)) {
      throw new Problem('body-invalid', `the body is nested deeper than ${DEEPEST} levels`)
    }
    return request.body as unknown
  }
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
    case 'entity.parse.failed':
      return new Problem('body-not-json', `the body is not JSON${positionIn(error)}`)
    case 'entity.too.large':
      return new Problem('body-too-large', 'the body is larger than this service takes')
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return new Problem('media-type', 'send application/json in UTF-8')
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
