import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** A card that was shown, so that feedback on it can be understood. */
export interface IssuedCard {
  readonly card: string
  readonly service: string
  readonly patientKey: string
  readonly rule: string
  readonly indicator: string
  readonly fingerprint: string
  readonly at: Date
}

export interface IssuedCards {
  /** never waits, never throws: a card is shown whether or not it can be remembered */
  readonly recordSoon: (cards: readonly IssuedCard[]) => void
  /** writes what is waiting; rejects if the database refuses */
  readonly flush: () => Promise<void>
}

const PAUSE = 250
const BATCH = 500
/** with the database away for long the oldest are forgotten; their feedback is kept, unmatched */
const WAITING_MOST = 20_000

/**
 * Writes cards in batches behind the answers.
 *
 * @param failed told when a batch could not be written; it is tried again later
 */
export function issuedCards(database: Kysely<Tables>, failed: (error: unknown) => void): IssuedCards {
  let waiting: IssuedCard[] = []
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> = Promise.resolve()

  const write = async () => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH)
      await database
        .insertInto('issued_card')
        .values(
          batch.map(({ patientKey, at, ...card }) => ({ ...card, patient_key: patientKey, issued_at: at })),
        )
        .onConflict((conflict) => conflict.column('card').doNothing())
        .execute()
      waiting = waiting.slice(batch.length)
    }
  }
  const flush = () => {
    // one writer at a time, also after one that failed
    writing = writing.then(write, write)
    return writing
  }
  const soon = () => {
    if (timer !== null) return
    timer = setTimeout(() => {
      timer = null
      flush().catch((error: unknown) => {
        failed(error)
        soon()
      })
    }, PAUSE)
    timer.unref()
  }
  return {
    recordSoon: (cards) => {
      waiting.push(...cards)
      if (waiting.length > WAITING_MOST) waiting = waiting.slice(-WAITING_MOST)
      soon()
    },
    flush,
  }
}
