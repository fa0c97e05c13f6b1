import type { Facts } from '../labs/facts.ts'
import type { Range } from '../labs/range.ts'
import type { Truth } from '../quantity/interval.ts'
import type { Reading, Unusable } from '../readings/reading.ts'
import type { NotJudgedReason } from '../readings/reasons.ts'
import type { When } from '../record/when.ts'
import type { Indicator } from './indicator.ts'

/** The laboratory rules (rules.md 4). */
export const RULES = [
  'DQ-EDTA',
  'DQ-HAEMOLYSIS',
  'DQ-UNIT',
  'DQ-DILUTION',
  'RESULT-CORRECTED',
  'MG-LOW',
  'MG-HIGH',
  'MG-OBSTETRIC',
  'MG-RECHECK',
  'MG-LOW-RENAL-WASTING',
  'CA-LOW',
  'CA-UNCERTAIN',
  'CA-HIGH',
  'P-LOW',
  'P-HIGH',
  'REFEEDING',
  'VITD-LOW',
  'VITD-HIGH',
] as const
export type RuleId = (typeof RULES)[number]

/** The parts of a card's detail, in the order in which they are shown (rules.md 4.4). */
export type Part = 'because' | 'link' | 'cause' | 'option' | 'limits'

/** A sentence of the rule's file with what fills its placeholders; values are plain text and escaped when shown. */
export interface Phrase {
  readonly part: Part
  readonly sentence: string
  readonly values: Readonly<Record<string, string>>
}

export function say(part: Part, sentence: string, values: Readonly<Record<string, string>> = {}): Phrase {
  return { part, sentence, values }
}

/** Which findings are kept, for grading (rules.md 4.2 e). */
export interface Kept {
  /** kept, and its date within 7 days of this one */
  readonly has: (rule: RuleId, near: When) => boolean
  /** kept, at any distance */
  readonly anywhere: (rule: RuleId) => boolean
}

export interface Grade {
  readonly indicator: Indicator
  /** results with a bound that leaves a level open */
  readonly undecided: readonly Reading[]
}

/** A result as the card shows it. */
export interface Shown {
  readonly reading: Reading
  readonly range: Range | null
  /** an adjusted value and what it rests on, in words: "adjusted 2.34 mmol/L with albumin 22 g/L" */
  readonly derived: string | null
  readonly tied: Reading | null
  readonly newerUnusable: readonly Unusable[]
}

/** Something a rule found, before it is resolved, graded, capped and merged. */
export interface Finding {
  readonly rule: RuleId
  /** the results that decide it (not its level) */
  readonly restsOn: readonly Reading[]
  /** its newest judged result */
  readonly at: When
  /** is the critical limit passed? (steps 1 to 7 of rules.md 4.2) */
  readonly critical: Truth
  /** why critical would become warning: the words for the card */
  readonly caps: readonly string[]
  /** the results that the card shows first, each with its range */
  readonly shows: readonly Shown[]
  readonly grade: (kept: Kept) => Grade
  /** values of the summary's placeholders */
  readonly summary: (kept: Kept) => Phrase
  readonly phrases: (kept: Kept) => readonly Phrase[]
  /** the drug groups and condition sets that mattered, for basis and fingerprint */
  readonly roles: (kept: Kept) => readonly string[]
  /** MG-RECHECK: the magnesium is above its range (the renal topic depends on it) */
  readonly magnesiumIsHigh?: boolean
  /** the finding without some analytes' results; null = it is then none (REFEEDING) */
  readonly without?: (analytes: ReadonlySet<string>) => Finding | null
}

export type Detection =
  | { readonly verdict: 'found'; readonly finding: Finding }
  | { readonly verdict: 'silent'; readonly because: string }
  | { readonly verdict: 'no-data'; readonly because: string }
  | {
      readonly verdict: 'not-judged'
      readonly reason: NotJudgedReason
      readonly because: string
      /** results to list as undecided-comparator */
      readonly undecided: readonly Reading[]
    }

export interface Rule {
  readonly id: RuleId
  /** keys of the thresholds and sentences that the code uses; the knowledge must hold exactly these */
  readonly thresholds: readonly string[]
  readonly sentences: readonly string[]
  readonly detect: (facts: Facts) => Detection
}

export const silent = (because: string): Detection => ({ verdict: 'silent', because })
export const noData = (because: string): Detection => ({ verdict: 'no-data', because })
export const found = (finding: Finding): Detection => ({ verdict: 'found', finding })

export function notJudged(
  reason: NotJudgedReason,
  because: string,
  undecided: readonly Reading[] = [],
): Detection {
  return { verdict: 'not-judged', reason, because, undecided }
}
