import type { FeedbackItem } from '../memory/feedback.ts'
import { readWhen } from '../record/time.ts'
import { isObject } from './call.ts'
import { Problem } from './problem.ts'

/** Longer than any uuid or id of an EHR. */
const LONGEST_ID = 512

/**
 * Reads the body of a feedback call (cds-hooks.md 4), Epic's shapes included: `overrideReasons` for `overrideReason`,
 * reasons as an extension, cards that are no UUID.
 *
 * @param body anything that came as JSON
 * @throws Problem 400 naming the item and the member: one bad item refuses the whole call, and nothing is stored
 */
export function readFeedback(body: unknown): FeedbackItem[] {
  if (!isObject(body) || !Array.isArray(body.feedback)) {
    throw new Problem('body-invalid', 'feedback must be an array', 'feedback')
  }
  return body.feedback.map((item: unknown, index) => readItem(item, `feedback[${index}]`))
}

function readItem(item: unknown, place: string): FeedbackItem {
  if (!isObject(item)) throw new Problem('body-invalid', 'an item must be an object', place)
  const { card, outcome, outcomeTimestamp } = item
  if (!isId(card)) throw new Problem('body-invalid', "card must be the card's uuid", `${place}.card`)
  if (outcome !== 'accepted' && outcome !== 'overridden') {
    throw new Problem('body-invalid', 'outcome must be accepted or overridden', `${place}.outcome`)
  }
  const when = typeof outcomeTimestamp === 'string' ? readWhen(outcomeTimestamp, 'UTC') : null
  if (when === null || when.precision !== 'instant') {
    throw new Problem(
      'body-invalid',
      'outcomeTimestamp must be a date-time such as 2026-11-20T09:00:00Z',
      `${place}.outcomeTimestamp`,
    )
  }
  return {
    card,
    outcome,
    acceptedSuggestions: outcome === 'accepted' ? acceptedOf(item.acceptedSuggestions, place) : [],
    ...reasonOf(item.overrideReason ?? item.overrideReasons, place),
    outcomeAt: new Date(when.from),
  }
}

function acceptedOf(sent: unknown, place: string): string[] {
  const there = `${place}.acceptedSuggestions`
  if (!Array.isArray(sent)) {
    throw new Problem('body-invalid', 'accepted needs acceptedSuggestions, an array of { id }', there)
  }
  return sent.map((suggestion: unknown, index) => {
    if (isObject(suggestion) && isId(suggestion.id)) return suggestion.id
    throw new Problem('body-invalid', 'a suggestion must be an object with its id', `${there}[${index}]`)
  })
}

/** A Coding that was picked, Epic's extension with a reason of its own, a comment, or several of them. */
function reasonOf(sent: unknown, place: string): Pick<FeedbackItem, 'overrideReason' | 'userComment'> {
  const one: unknown = Array.isArray(sent) ? sent[0] : sent
  if (one === undefined || one === null) return { overrideReason: null, userComment: null }
  if (!isObject(one)) {
    throw new Problem('body-invalid', 'overrideReason must be an object', `${place}.overrideReason`)
  }
  const reason = {
    ...(isObject(one.reason) ? one.reason : {}),
    ...(isObject(one.extension) ? { extension: one.extension } : {}),
  }
  return {
    overrideReason: Object.keys(reason).length > 0 ? reason : null,
    userComment: typeof one.userComment === 'string' && one.userComment !== '' ? one.userComment : null,
  }
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_ID
}
