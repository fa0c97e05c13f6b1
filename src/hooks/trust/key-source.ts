import type { KeysAsked } from './event.ts'
import type { KeyHost } from './key-host.ts'
import { type KeySet, keySetFrom } from './key-set.ts'

/**
 * Where the keys for a token come from. Asked with the `kid` that is wanted; null if there are no keys to look in.
 * The issuer is the (allow-listed) one whose token asked, for the log.
 */
export type KeySource = (kid: string, issuer: string) => Promise<KeySet | null>

/** Keys older than this are not used, whatever happens to their host: a removed key stops working by then. */
export const MAX_AGE = 10 * 60_000
/** From this age on the next call fetches them anew beside itself, so that no call waits and no short outage shows. */
export const REFRESH_AFTER = 5 * 60_000
/** A kid that is not there causes at most one fetch in this time (as in jose's own remote set). */
export const MISS_INTERVAL = 30_000
/** A host that failed is left alone for this time. */
export const RETRY_AFTER = 10_000

export interface FetchedKeysOptions {
  readonly host: KeyHost
  readonly now: () => Date
  readonly log: (event: KeysAsked) => void
}

const NO_KEYS = keySetFrom({ keys: [] })

/** Keys that never change while the service runs: the JWKS of a file, or none. */
export function fixedKeys(keys: KeySet | null): KeySource {
  return async () => keys ?? NO_KEYS
}

/**
 * The keys behind one URL, kept between calls. There is never more than one request on its way; calls that come
 * meanwhile share it. The first fetch is not counted as a miss, so a key that was rotated in just after it is found.
 */
export function fetchedKeys(url: string, { host, now, log }: FetchedKeysOptions): KeySource {
  let held: { keys: KeySet; at: number } | null = null
  let pending: Promise<void> | null = null
  let failedAt: number | null = null
  let missedAt: number | null = null

  // a clock that was set back must not keep anything alive: then as much time as you like has passed
  const since = (at: number | null) => {
    const passed = at === null ? Number.NaN : now().getTime() - at
    return passed >= 0 ? passed : Number.POSITIVE_INFINITY
  }
  const usable = () => (held !== null && since(held.at) < MAX_AGE ? held.keys : null)
  const mayRetry = () => since(failedAt) >= RETRY_AFTER

  const request = async (issuer: string) => {
    const at = now().getTime()
    const answer = await host(url)
    if (answer.ok) held = { keys: answer.keys, at }
    else failedAt = now().getTime()
    pending = null
    log({ kind: 'keys', issuer, outcome: answer.ok ? 'fetched' : answer.failure })
  }
  const fetchOnce = (issuer: string) => {
    pending ??= request(issuer)
    return pending
  }

  return async (kid, issuer) => {
    const keys = usable()
    if (keys === null) {
      if (mayRetry()) await fetchOnce(issuer)
      return usable()
    }
    if (keys.has(kid)) {
      if (held !== null && since(held.at) >= REFRESH_AFTER && mayRetry()) void fetchOnce(issuer)
      return keys
    }
    if (pending === null) {
      if (since(missedAt) < MISS_INTERVAL) return keys
      missedAt = now().getTime()
    }
    await fetchOnce(issuer)
    return usable()
  }
}
