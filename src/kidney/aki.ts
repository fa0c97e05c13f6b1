import { minus } from '../quantity/decimal.ts'

/** Creatinine in umol/L over time, for staging acute kidney injury. */
export interface AkiInput {
  readonly baseline: number
  readonly current: number
  /** rise within 48 hours; null = not known */
  readonly riseIn48h: number | null
  readonly replacementTherapy?: boolean
  /** children: an eGFR below 35 is stage 3 once the definition is met */
  readonly childEgfr?: number | null
}

const RISE = 26.5

/**
 * KDIGO stage of acute kidney injury by creatinine (labs.md 4.3). The definition comes first: a rise of
 * 26.5 umol/L in 48 h or 1.5 times the baseline; 353.6 umol/L makes stage 3 only once it is met.
 *
 * @returns 0 = the definition is not met
 */
export function akiStage(input: AkiInput): 0 | 1 | 2 | 3 {
  const { baseline, current, riseIn48h } = input
  const ratio = current / baseline
  const rose = riseIn48h !== null && riseIn48h >= RISE
  if (!rose && ratio < 1.5) return 0
  const isChildBelow35 = input.childEgfr !== undefined && input.childEgfr !== null && input.childEgfr < 35
  if (ratio >= 3 || current >= 353.6 || input.replacementTherapy || isChildBelow35) return 3
  return ratio >= 2 ? 2 : 1
}

/** A rise on the printed digits (rules.md 1.3). */
export function rise(before: number, after: number): number {
  return minus(after, before)
}
