import { Router } from 'express'
import { answerOf } from '../advisories/assessment.ts'
import { assess } from '../assess.ts'
import type { ReadBody } from '../hooks/body.ts'
import type { LetIn } from '../hooks/let-in.ts'
import { only } from '../hooks/method.ts'
import { Problem } from '../hooks/problem.ts'
import type { Knowledge } from '../knowledge/types.ts'
import { recordFromResources } from '../record/fhir/bundle.ts'
import { entriesOf } from '../record/fhir/entries.ts'
import type { PatientRecord } from '../record/record.ts'
import { readWhen } from '../record/time.ts'

export interface AssessDoor {
  readonly knowledge: Knowledge
  readonly now: () => Date
  readonly zone: string
  readonly letIn: LetIn
  readonly readBody: ReadBody
}

/** POST /api/assess: a Bundle of one patient in, the Assessment out (design/assessment.md). Stores nothing. */
export function assessRouter({ knowledge, now, zone, letIn, readBody }: AssessDoor): Router {
  const router = Router()
  router.post('/api/assess', async (request, response) => {
    await letIn(request, '/api/assess')
    const { query } = request
    const record = recordFromBundle(await readBody(request, response), zone, listOf(query.incomplete))
    const assessment = assess(record, knowledge, clockOf(query.now, now))
    response.json(answerOf(assessment, query.explain === 'true'))
  })
  router.all('/api/assess', only('POST'))
  return router
}

/**
 * The record of a Bundle (collection, searchset, batch-response) that holds exactly one Patient.
 *
 * @throws Problem 400 if it is no such Bundle, 422 if it holds no patient or several; the place is named
 */
export function recordFromBundle(
  bundle: unknown,
  zone: string,
  incomplete: readonly string[],
): PatientRecord {
  const entries = entriesOf(bundle)
  if (!entries.ok) {
    throw new Problem(
      entries.place === 'Bundle' ? 'body-invalid' : 'bundle-invalid',
      `${entries.place} ${entries.detail}`,
      entries.place,
    )
  }
  const read = recordFromResources(entries.resources, {
    patientId: null,
    zone,
    incomplete: entries.next ? [...incomplete, 'Bundle'] : incomplete,
    unitsVerified: false,
  })
  if (!read.ok) throw new Problem('bundle-invalid', read.detail, 'Bundle.entry')
  return read.record
}

function listOf(value: unknown): string[] {
  if (value === undefined) return []
  if (typeof value !== 'string')
    throw new Problem('query-invalid', 'incomplete must be a list with commas', 'incomplete')
  return value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

/** The clock of the call: `?now=` an instant, else the service's. */
export function clockOf(value: unknown, now: () => Date): Date {
  if (value === undefined) return now()
  const when = readWhen(value, 'UTC')
  if (when === null || when.precision !== 'instant') {
    throw new Problem('query-invalid', 'now must be an instant such as 2026-11-20T09:00:00Z', 'now')
  }
  return new Date(when.from)
}
