import { hash } from 'node:crypto'

/**
 * The nonces (`jti`) that one issuer has used, each until its token has expired. Only tokens with a good signature
 * get here, so nobody but the issuer can fill it. When it is full the token is refused, not an older nonce
 * forgotten: forgetting would let a copied token in, and refusing shows at once.
 */
export interface ReplayMemory {
  readonly size: number
  /** Remembers the nonce until `until` (ms); a nonce that is there already is `seen`. Never waits, so never races. */
  readonly use: (nonce: string, until: number) => 'new' | 'seen' | 'full'
}

/** nonces of one issuer: 70 tokens a second that live an hour, 800 that live five minutes; about 25 MB when full */
export const REPLAY_CAPACITY = 250_000

const MINUTE = 60_000

/** A jti of any length as 22 characters: bounds the memory, and is all of it that a log may hold. */
export function nonceOf(jti: string): string {
  return hash('sha256', jti, 'buffer').toString('base64url', 0, 16)
}

export function replayMemory(now: () => Date, capacity: number): ReplayMemory {
  const used = new Set<string>()
  /** by the minute in which they expire; a token lives at most an hour, so there are never many */
  const expiring = new Map<number, string[]>()

  const forgetExpired = () => {
    const current = Math.floor(now().getTime() / MINUTE)
    for (const [minute, nonces] of expiring) {
      if (minute >= current) continue
      for (const nonce of nonces) used.delete(nonce)
      expiring.delete(minute)
    }
  }

  return {
    get size() {
      return used.size
    },
    use: (nonce, until) => {
      forgetExpired()
      if (used.has(nonce)) return 'seen'
      if (used.size >= capacity) return 'full'
      used.add(nonce)
      const minute = Math.floor(until / MINUTE)
      const sameMinute = expiring.get(minute)
      if (sameMinute) sameMinute.push(nonce)
      else expiring.set(minute, [nonce])
      return 'new'
    },
  }
}
