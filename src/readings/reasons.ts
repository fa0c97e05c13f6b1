/** Why something was not judged: the codes of rules.md 1 no. 5. */
export const NOT_JUDGED_REASONS = [
  'no-unit',
  'unknown-unit',
  'unit-doubtful',
  'implausible-value',
  'undecided-comparator',
  'no-value',
  'not-final',
  'entered-in-error',
  'cancelled',
  'too-old',
  'future-dated',
  'no-date',
  'not-serum',
  'unlisted-code',
  'other-patient',
  'no-range-for-age',
  'no-age',
  'no-kidney-function',
  'modifier-not-understood',
  'incomplete-data',
] as const
export type NotJudgedReason = (typeof NOT_JUDGED_REASONS)[number]
