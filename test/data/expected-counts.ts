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

// BEGIN COUNTS (the core as of issue 3)
export const MIMIC: Counts | null = {
  results: {
    albumin: 625,
    alp: 1138,
    bicarbonate: 2863,
    calcium: 2375,
    'calcium-ionised': 509,
    chloride: 2981,
    creatinine: 2999,
    glucose: 2711,
    magnesium: 2469,
    phosphate: 2336,
    potassium: 3019,
    pth: 11,
    sodium: 3006,
    'urine-creatinine': 106,
    'urine-magnesium': 3,
    'vitamin-d-25oh': 33,
  },
  notJudged: {
    'implausible-value': 1,
    'no-kidney-function': 1,
    'no-value': 740,
    'not-serum': 8,
    'too-old': 41,
    'unit-doubtful': 3,
    'unlisted-code': 9,
  },
  cards: {
    'CA-HIGH warning': 1,
    'CA-LOW critical': 2,
    'CA-LOW info': 7,
    'CA-LOW warning': 11,
    'CA-UNCERTAIN info': 8,
    'DQ-UNIT info': 1,
    'DQ-UNIT warning': 1,
    'MG-HIGH warning': 3,
    'MG-LOW info': 1,
    'MG-LOW warning': 4,
    'MG-RECHECK info': 5,
    'P-HIGH info': 8,
    'P-HIGH warning': 3,
    'P-LOW info': 4,
    'P-LOW warning': 1,
  },
}
export const SYNTHEA: Counts | null = {
  results: {
    bmi: 58,
    egfr: 35,
    height: 58,
    weight: 58,
  },
  notJudged: {
    'no-kidney-function': 2,
    'unlisted-code': 2,
  },
  cards: {},
}
// END COUNTS
