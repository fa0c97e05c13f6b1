import type { AllowedCode, Analyte, AnalyteId, AnalyteUnit } from '../knowledge/types.ts'
import { isExact } from '../quantity/interval.ts'
import type { Measured } from '../quantity/limit.ts'
import type { Coded, RawResult } from '../record/record.ts'
import type { When } from '../record/when.ts'
import type { NotJudgedReason } from './reasons.ts'

export interface ReportedValue {
  /** as a clinician would read it: "1.4 mg/dL", "<0.30 mmol/L" */
  readonly text: string
  readonly value: number | null
  readonly comparator: string | null
  readonly unit: string
}

/**
 * A result that can be compared: it has a code of ours, a time, a value and a unit. Whether it is doubtful,
 * suspect or too old is decided later; nothing is dropped here without an entry in `unusable`.
 */
export interface Reading {
  readonly raw: RawResult
  readonly observation: string | null
  readonly analyte: Analyte
  readonly code: AllowedCode
  readonly at: When
  readonly provisional: boolean
  readonly reported: ReportedValue
  /** the unit of the report, canonical spelling */
  readonly unit: AnalyteUnit
  /** in the unit in which limits are compared (decimal multiples already scaled) */
  readonly measured: Measured
  readonly canonical: Measured
}

/** A result that cannot be judged, with why; `at` tells whether it is newer than what is judged instead. */
export interface Unusable {
  readonly observation: string | null
  readonly analyte: AnalyteId | null
  readonly reason: NotJudgedReason
  readonly detail: string
  readonly at: When | null
}

export interface Readings {
  /** newest first; equal values of one minute are one reading */
  readonly of: (analyte: AnalyteId) => readonly Reading[]
  readonly all: readonly Reading[]
  readonly unusable: readonly Unusable[]
  /** codes of the results that are none of ours */
  readonly foreign: readonly Coded[]
}

/** A value that arithmetic may use: no bound, no range (rules.md 1.3). */
export function hasExactValue(reading: Reading): boolean {
  return isExact(reading.measured.interval)
}

/** The number of an exact reading in its compared unit. */
export function exactValueOf(reading: Reading): number {
  return reading.measured.interval.low
}

/** The number of an exact reading in the analyte's canonical unit. */
export function canonicalValueOf(reading: Reading): number {
  return reading.canonical.interval.low
}
