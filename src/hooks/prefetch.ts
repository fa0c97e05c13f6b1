import type { PrefetchKey } from '../knowledge/types.ts'
import { oncePer } from '../quantity/once.ts'
import type { SentResource } from '../record/fhir/bundle.ts'
import { entriesOf } from '../record/fhir/entries.ts'
import { readWhen } from '../record/time.ts'
import { isObject } from './call.ts'

/** What is known about one advertised prefetch key (cds-hooks.md 2.1, prefetch.md). */
export type KeyState =
  | {
      readonly state: 'answered'
      readonly resources: readonly SentResource[]
      /** a page is missing, or the page may not reach back far enough */
      readonly incomplete: boolean
      /** the next page, where there is one */
      readonly next: string | null
      /** how many the server has, where it says so */
      readonly total: number | null
    }
  /** the client sent nothing for this key */
  | { readonly state: 'absent' }
  /** the client tried and failed, or sent something that is neither a resource nor null: unknown, never empty */
  | { readonly state: 'failed' }
  /** the server does not have this resource type at all: told once, no incomplete list */
  | { readonly state: 'not-kept' }

/**
 * One prefetch value. `null` and an empty searchset are answers ("looked, nothing there"); an OperationOutcome
 * is none. A single resource counts as a page of one; the pre-1.0 wrapper is unwrapped.
 *
 * @param now for telling whether a full page reaches back to the window of its results
 */
export function keyState(
  key: PrefetchKey,
  prefetch: Readonly<Record<string, unknown>>,
  now: number,
): KeyState {
  if (!Object.hasOwn(prefetch, key.key)) return { state: 'absent' }
  return valueState(key, prefetch[key.key], now)
}

export function valueState(key: PrefetchKey, sent: unknown, now: number): KeyState {
  if (sent === null) return { state: 'answered', resources: [], incomplete: false, next: null, total: null }
  if (!isObject(sent)) return { state: 'failed' }
  if (sent.resourceType === undefined && isObject(sent.resource)) return valueState(key, sent.resource, now)
  if (sent.resourceType === 'OperationOutcome') {
    return isNotSupported(sent) && mayBeNotKept(key) ? { state: 'not-kept' } : { state: 'failed' }
  }
  if (sent.resourceType !== 'Bundle') {
    return sent.resourceType === typeOf(key)
      ? {
          state: 'answered',
          resources: [{ resource: sent, fullUrl: null }],
          incomplete: false,
          next: null,
          total: null,
        }
      : { state: 'failed' }
  }
  // the sandbox leaves the type of a searchset out
  const read = entriesOf(sent.type === undefined ? { ...sent, type: 'searchset' } : sent)
  if (!read.ok) return { state: 'failed' }
  const { resources } = read
  const next = nextLink(sent)
  const incomplete =
    read.next ||
    (read.total !== null && read.total > resources.length) ||
    (read.total === null && isFullPage(key, resources.length) && !reachesBack(key, resources, now))
  return { state: 'answered', resources, incomplete, next, total: read.total }
}

/** The resource type of a template: "Observation?patient=…" or "Patient/{{…}}". */
export const typeOf = oncePer(({ template }: PrefetchKey): string => template.split(/[/?]/u, 1)[0] ?? '')

/** How an incomplete or missing key is called in `incomplete`: the type, or the key where Observations are meant. */
export function listName(key: PrefetchKey): string {
  const type = typeOf(key)
  return type === 'Observation' ? `Observation:${key.key}` : type
}

/** types that every EHR keeps: their absence is a failure, never "not kept there" (prefetch.md) */
const ALWAYS_KEPT = new Set(['Observation', 'MedicationRequest', 'Condition', 'Patient'])

export function mayBeNotKept(key: PrefetchKey): boolean {
  return !key.essential && !ALWAYS_KEPT.has(typeOf(key))
}

/** An OperationOutcome that says: this server does not have this. */
export function isNotSupported(outcome: Readonly<Record<string, unknown>>): boolean {
  return (
    Array.isArray(outcome.issue) &&
    outcome.issue.some((issue) => isObject(issue) && issue.code === 'not-supported')
  )
}

function nextLink(bundle: Readonly<Record<string, unknown>>): string | null {
  if (!Array.isArray(bundle.link)) return null
  const next = bundle.link.find((link) => isObject(link) && link.relation === 'next')
  return isObject(next) && typeof next.url === 'string' ? next.url : null
}

function isFullPage(key: PrefetchKey, entries: number): boolean {
  return entries > 0 && entries >= pageOf(key)
}

/** _count of a template; none = no page is full */
const pageOf = oncePer(({ template }: PrefetchKey): number => {
  const count = /[?&]_count=(\d+)/u.exec(template)?.[1]
  return count === undefined ? Number.POSITIVE_INFINITY : Number(count)
})

const DAY = 86_400_000
const DATES = [
  'effectiveDateTime',
  'effectiveInstant',
  'authoredOn',
  'recordedDate',
  'performedDateTime',
  'issued',
] as const

/** Does the oldest dated entry lie before the window? Without a date nothing is known about it. */
function reachesBack({ coversDays }: PrefetchKey, resources: readonly SentResource[], now: number): boolean {
  if (coversDays === undefined) return false
  return resources.some(({ resource }) => {
    if (!isObject(resource)) return false
    const date = DATES.map((member) => resource[member]).find((value) => typeof value === 'string')
    const when = readWhen(date, 'UTC')
    return when !== null && when.from < now - coversDays * DAY
  })
}
