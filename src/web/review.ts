import type { Knowledge, RuleKnowledge } from '../knowledge/types.ts'
import { type Html, html } from './html.ts'
import { capital, counted } from './words.ts'

/** Reviewed = a named person on a named day; the words of the state alone prove nothing. */
export function isReviewed({ review }: RuleKnowledge): boolean {
  return review.by !== null && review.on !== null
}

/** The review state of one rule, where it cannot be overlooked; on paper with room for a signature. */
export function ruleReview(rule: RuleKnowledge): Html {
  const { state, by, on } = rule.review
  if (isReviewed(rule))
    return html`<p class="review reviewed"><strong>${capital(state)}</strong> by ${by}, ${on}</p>`
  return html`<p class="review"><strong>${capital(state)}.</strong> No number or sentence of this rule is approved for patient care.</p>`
}

export function signature(rule: RuleKnowledge): Html | null {
  if (isReviewed(rule)) return null
  return html`<p class="signature" aria-hidden="true"><span>Reviewed by</span><span>Date</span><span>Signature</span></p>`
}

/** The state of the whole rule book, above everything else on the page. */
export function bookReview({ rules }: Knowledge): Html {
  const all = [...rules.values()]
  const open = all.filter((rule) => !isReviewed(rule)).length
  if (open === 0) {
    return html`<div class="banner signed" role="note"><p><strong>All ${counted(all.length, 'rule')} carry the name of a reviewer.</strong> Codes, ranges, drugs, kidney caveats and windows carry no signature of their own.</p></div>`
  }
  return html`<div class="banner" role="note"><p><strong>Not reviewed by a licensed clinician.</strong> ${
    open === all.length
      ? `None of the ${counted(all.length, 'rule')}`
      : `${open} of ${counted(all.length, 'rule')}`
  } ${open === all.length ? 'has been reviewed' : 'have not been reviewed'}; codes, ranges, drugs, kidney caveats and windows have not been either. Not for use in patient care.</p></div>`
}
