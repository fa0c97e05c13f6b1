import type { ClientConfig } from './client.ts'
import type { KeysAsked } from './event.ts'
import { keyHost } from './key-host.ts'
import { keySetFrom } from './key-set.ts'
import { fetchedKeys, fixedKeys, type KeySource } from './key-source.ts'
import { type ReplayMemory, replayMemory } from './replay.ts'
import type { Token } from './token.ts'

/** A configured client with all that is held for it. How much is held is bounded by the configuration. */
export interface KnownClient {
  readonly config: ClientConfig
  readonly outOfBand: KeySource
  readonly byUrl: ReadonlyMap<string, KeySource>
  readonly replay: ReplayMemory
}

export interface KnownClientOptions {
  readonly now: () => Date
  readonly fetch: typeof globalThis.fetch | undefined
  readonly log: (event: KeysAsked) => void
  readonly replayCapacity: number
}

/** The clients by issuer. A key URL that two of them list is fetched once for both. */
export function knownClients(
  clients: readonly ClientConfig[],
  { now, fetch, log, replayCapacity }: KnownClientOptions,
): ReadonlyMap<unknown, KnownClient> {
  const host = keyHost({ fetch })
  const sources = new Map<string, KeySource>()
  const sourceOf = (url: string) => {
    const source = sources.get(url) ?? fetchedKeys(url, { host, now, log })
    sources.set(url, source)
    return source
  }
  return new Map(
    clients.map((config) => [
      config.issuer,
      {
        config,
        outOfBand:
          typeof config.jwks === 'string' ? sourceOf(config.jwks) : fixedKeys(keySetFrom(config.jwks)),
        byUrl: new Map(config.jku.map((url) => [url, sourceOf(url)])),
        replay: replayMemory(now, replayCapacity),
      },
    ]),
  )
}

/**
 * The keys that a token is to be checked with: those at the URL that it names, else the out-of-band ones.
 *
 * @returns null if it names a URL that its issuer may not name; that URL is never asked
 */
export function sourceFor({ header }: Token, { outOfBand, byUrl }: KnownClient): KeySource | null {
  if (!Object.hasOwn(header, 'jku')) return outOfBand
  return typeof header.jku === 'string' ? (byUrl.get(header.jku) ?? null) : null
}
