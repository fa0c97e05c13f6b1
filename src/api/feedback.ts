import { Router } from 'express'
import type { LetIn } from '../hooks/let-in.ts'
import { only } from '../hooks/method.ts'
import { Problem } from '../hooks/problem.ts'
import type { StoredFeedback } from '../memory/feedback.ts'
import type { Store } from '../memory/store.ts'
import { readWhen } from '../record/time.ts'

/** Items of one page. */
const PAGE = 1000

/** GET /api/feedback?since=&after=: what readers did with the cards, in the order of arrival, paged by `next`. */
export function feedbackListRouter(store: Store, letIn: LetIn): Router {
  const router = Router()
  router.get('/api/feedback', async (request, response) => {
    await letIn(request, '/api/feedback')
    const since = sinceOf(request.query.since)
    const after = afterOf(request.query.after)
    await store.issued.flush()
    const items = await store.feedback.list({ since, after, limit: PAGE })
    const last = items.length === PAGE ? items.at(-1) : undefined
    response.json({ feedback: items.map(shown), ...(last ? { next: nextOf(last.id, since) } : {}) })
  })
  router.all('/api/feedback', only('GET'))
  return router
}

function shown({ outcomeAt, receivedAt, ...item }: StoredFeedback): Readonly<Record<string, unknown>> {
  return {
    ...item,
    matched: item.rule !== null,
    outcomeTimestamp: outcomeAt.toISOString(),
    receivedAt: receivedAt.toISOString(),
  }
}

function nextOf(after: string, since: Date | null): string {
  const query = new URLSearchParams({ ...(since === null ? {} : { since: since.toISOString() }), after })
  return `/api/feedback?${query}`
}

function sinceOf(sent: unknown): Date | null {
  if (sent === undefined) return null
  const when = readWhen(sent, 'UTC')
  if (when === null || !Number.isFinite(when.from)) {
    throw new Problem(
      'query-invalid',
      'since must be a date or an instant such as 2026-11-20T09:00:00Z',
      'since',
    )
  }
  return new Date(when.from)
}

function afterOf(sent: unknown): string | null {
  if (sent === undefined) return null
  if (typeof sent === 'string' && /^\d{1,18}$/u.test(sent)) return sent
  throw new Problem('query-invalid', 'after is the one of a "next" link', 'after')
}
