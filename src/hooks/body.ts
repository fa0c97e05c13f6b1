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
  const parse = express.json({ limit, strict: false, type: JSON_TYPES, verify: refuseDepth })
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
    return request.body as unknown
  }
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Counts brackets outside strings before anything is built from them. */
function refuseDepth(_request: unknown, _response: unknown, body: Buffer): void {
  let depth = 0
  let inString = false
  for (let index = 0; index < body.length; index += 1) {
    const byte = body[index]
    if (inString) {
      if (byte === BACKSLASH) index += 1
      else if (byte === QUOTE) inString = false
    } else if (byte === QUOTE) inString = true
    else if (byte === 0x7b || byte === 0x5b) {
      depth += 1
      if (depth > DEEPEST)
        throw new Problem('body-invalid', `the body is nested deeper than ${DEEPEST} levels`)
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1
  }
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
    case 'entity.verify.failed':
      return new Problem('body-invalid', `the body is nested deeper than ${DEEPEST} levels`)
    default:
      return typeof type === 'string' ? new Problem('body-invalid', 'the body could not be read') : error
  }
}

/** Node's message quotes the text around the fault: only the position is passed on (field-notes.md 2). */
function positionIn(error: unknown): string {
  const position = error instanceof Error ? /position (\d+)/u.exec(error.message)?.[1] : undefined
  return position === undefined ? '' : ` (position ${position})`
}
