/**
 * What the core makes of the third-party records, written down once and held since. A change here is a change of what
 * is judged: explain it in the commit. Printed anew by
 *   UPDATE_COUNTS=1 node test/run.ts test/data
 */
export interface Counts {
  /** usable results by analyte, at the time of each patient's last result */
  readonly results: Readonly<Record<string, number>>
  /** entries of the not-judged lists by reason */
  readonly notJudged: Readonly<Record<string, number>>
  /** cards by leading rule and indicator */
  readonly cards: Readonly<Record<string, number>>
}

// BEGIN COUNTS (null = not yet produced)
export const MIMIC: Counts | null = null
export const SYNTHEA: Counts | null = null
// END COUNTS
