import { caHigh } from './ca-high.ts'
import { caLow } from './ca-low.ts'
import { caUncertain } from './ca-uncertain.ts'
import { dqDilution } from './dq-dilution.ts'
import { dqEdta } from './dq-edta.ts'
import { dqHaemolysis } from './dq-haemolysis.ts'
import { dqUnit } from './dq-unit.ts'
import { mgHigh } from './mg-high.ts'
import { mgLow } from './mg-low.ts'
import { mgObstetric } from './mg-obstetric.ts'
import { mgRecheck } from './mg-recheck.ts'
import { mgRenalWasting } from './mg-renal-wasting.ts'
import { pHigh } from './p-high.ts'
import { pLow } from './p-low.ts'
import { refeeding } from './refeeding.ts'
import { resultCorrected } from './result-corrected.ts'
import type { Rule } from './rule.ts'
import { vitdHigh, vitdLow } from './vitd.ts'

/** All laboratory rules, in the order of rules.md 4. A new rule is a file of its own and a line here. */
export const LABORATORY_RULES: readonly Rule[] = [
  dqEdta,
  dqHaemolysis,
  dqUnit,
  dqDilution,
  resultCorrected,
  mgLow,
  mgHigh,
  mgObstetric,
  mgRecheck,
  mgRenalWasting,
  caLow,
  caUncertain,
  caHigh,
  pLow,
  pHigh,
  refeeding,
  vitdLow,
  vitdHigh,
]
