import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

/** What a reader did with a card (cds-hooks.md 4). */
export interface FeedbackItem {
  readonly card: string
  readonly outcome: 'accepted' | 'overridden'
  /** ids of the suggestions that were taken over */
  readonly acceptedSuggestions: readonly string[]
  /** a Coding that was picked, or what the EHR built itself; null = none given */
  readonly overrideReason: Readonly<Record<string, unknown>> | null
  /** free text: may hold anything, so it is never logged */
  readonly userComment: string | null
  readonly outcomeAt: Date
}

export interface StoredFeedback extends FeedbackItem {
  readonly id: string
  readonly service: string
  readonly receivedAt: Date
  /** null = a card that this installation does not know */
  readonly rule: string | null
  readonly indicator: string | null
}

export interface Added {
  readonly stored: number
  /** had been stored before */
  readonly repeated: number
  /** of the stored ones: their card is not known here */
  readonly unmatched: number
}

export interface Feedback {
  /** Durable once it resolves; all items or none. The same item again is stored once. */
  readonly add: (service: string, items: readonly FeedbackItem[], at: Date) => Promise<Added>
  /** In the order of arrival, at most `limit`. @param after the id of the last one that was seen */
  readonly list: (query: {
    readonly since: Date | null
    readonly after: string | null
    readonly limit: number
  }) => Promise<readonly StoredFeedback[]>
}

export function feedbackOf(database: Kysely<Tables>): Feedback {
  return {
    add: async (service, items, at) => {
      if (items.length === 0) return { stored: 0, repeated: 0, unmatched: 0 }
      const rows = items.map((item) => ({
        digest: digestOf(service, item),
        service,
        card: storable(item.card),
        outcome: item.outcome,
        accepted_suggestions: storableJson(item.acceptedSuggestions),
        override_reason: item.overrideReason === null ? null : storableJson(item.overrideReason),
        user_comment: item.userComment === null ? null : storable(item.userComment),
        outcome_at: item.outcomeAt,
        received_at: at,
      }))
      return database.transaction().execute(async (transaction) => {
        let stored: string[] = []
        for (let start = 0; start < rows.length; start += 500) {
          const inserted = await transaction
            .insertInto('feedback')
            .values(rows.slice(start, start + 500))
            .onConflict((conflict) => conflict.column('digest').doNothing())
            .returning('card')
            .execute()
          stored = [...stored, ...inserted.map(({ card }) => card)]
        }
        const known = await transaction
          .selectFrom('issued_card')
          .select('card')
          .where('card', 'in', rows.map(({ card }) => card).slice(0, 10_000))
          .execute()
        const cards = new Set(known.map(({ card }) => card))
        return {
          stored: stored.length,
          repeated: rows.length - stored.length,
          unmatched: stored.filter((card) => !cards.has(card)).length,
        }
      })
    },
    list: async ({ since, after, limit }) => {
      const rows = await database
        .selectFrom('feedback')
        .leftJoin('issued_card', 'issued_card.card', 'feedback.card')
        .selectAll('feedback')
        .select(['issued_card.rule', 'issued_card.indicator'])
        .$if(since !== null, (query) => query.where('received_at', '>=', since ?? new Date(0)))
        .$if(after !== null, (query) => query.where('feedback.id', '>', after ?? '0'))
        .orderBy(sql`feedback.id`)
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        id: String(row.id),
        service: row.service,
        card: row.card,
        outcome: row.outcome,
        acceptedSuggestions: row.accepted_suggestions,
        overrideReason: row.override_reason as StoredFeedback['overrideReason'],
        userComment: row.user_comment,
        outcomeAt: row.outcome_at,
        receivedAt: row.received_at,
        rule: row.rule,
        indicator: row.indicator,
      }))
    },
  }
}

/** PostgreSQL keeps neither NUL nor half a surrogate pair. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\uFFFD')
}

/** In JSON both stand as escapes; a backslash that is itself escaped begins none. */
function storableJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/gu, '$1\\ufffd')
}

/** The same service, card, outcome, reason and time: the same item, however often it is sent. */
function digestOf(service: string, item: FeedbackItem): string {
  const { card, outcome, acceptedSuggestions, overrideReason, userComment, outcomeAt } = item
  const content = [service, card, outcome, [...acceptedSuggestions].sort(), overrideReason, userComment]
  return createHash('sha256')
    .update(JSON.stringify([...content, outcomeAt.toISOString()]))
    .digest('hex')
}
