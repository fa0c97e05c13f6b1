import { noData, type Rule } from './rule.ts'

/** Added by memory after `assess`: here nothing was ever advised (rules.md 4.2). */
export const resultCorrected: Rule = {
  id: 'RESULT-CORRECTED',
  thresholds: [],
  sentences: [],
  detect: () => noData('no memory of earlier advice'),
}
