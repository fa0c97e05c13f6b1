/** What suggestions.yaml and recheck.yaml say: what a card may offer. */
import type { AnalyteId } from './analytes.ts'

export interface TestCode {
  readonly system: 'loinc' | 'snomed'
  readonly code: string
  readonly display: string
}

/** A test that a card may offer as a draft order (value-sets.md 6). */
export interface SuggestedTest {
  readonly label: string
  readonly analyte: AnalyteId | null
  readonly mass: readonly TestCode[]
  readonly molar: readonly TestCode[]
  /** tests that this panel holds: not offered beside it */
  readonly covers: readonly string[]
  /** a referral: its text says to whom */
  readonly textOnly: boolean
}

export interface RecheckInterval {
  readonly text: string
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly unit?: 'h' | 'd' | 'wk' | 'mo' | undefined
}

/** When to measure again (value-sets.md 7); null = does not apply in that setting. */
export interface RecheckRow {
  readonly rules: readonly string[]
  readonly indicator?: 'critical' | undefined
  readonly inpatient: { readonly normal: RecheckInterval; readonly low: RecheckInterval } | null
  readonly outpatient: {
    readonly normal: RecheckInterval
    readonly moderate: RecheckInterval
    readonly low: RecheckInterval
  } | null
  readonly dialysis: RecheckInterval | null
}
