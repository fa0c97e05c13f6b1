/** What rules/ and evidence/ say. */
import type { Limit } from '../../quantity/limit.ts'

/** A sentence of a card; every number in it is a {placeholder}. */
export interface Sentence {
  readonly text: string
  readonly source: string | null
}

export interface Threshold extends Limit {
  /** what a reviewer should know about the number */
  readonly note: string | null
}

export interface RuleKnowledge {
  readonly id: string
  readonly title: string
  readonly purpose: string
  readonly use: string
  readonly misuse: string
  readonly review: { readonly state: string; readonly by: string | null; readonly on: string | null }
  readonly sources: readonly string[]
  readonly enabled: boolean
  readonly thresholds: Readonly<Record<string, Threshold>>
  readonly sentences: Readonly<Record<string, Sentence>>
  readonly suggestions: readonly string[]
  readonly overrideReasons: readonly string[]
}

/** A source that a rule, range or caveat cites. */
export interface Evidence {
  readonly id: string
  readonly citation: string
  readonly link: string | null
  readonly kind: string
  readonly supports: string
  readonly grade: string
  readonly read: 'whole' | 'excerpt' | 'not reached'
  readonly problems: readonly string[]
  readonly internallyInconsistent: boolean
}
