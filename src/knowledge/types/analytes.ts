/** What analytes/ and reference-ranges/ say: how a result is recognised, which units it may have, and what is usual. */
import type { Unit } from '../../quantity/limit.ts'

export const ANALYTES = [
  'magnesium',
  'calcium',
  'calcium-adjusted',
  'calcium-ionised',
  'phosphate',
  'vitamin-d-25oh',
  'albumin',
  'creatinine',
  'egfr',
  'cystatin-c',
  'pth',
  'alp',
  'potassium',
  'sodium',
  'chloride',
  'glucose',
  'bicarbonate',
  'urea',
  'crp',
  'bone-alp',
  'beta-ctx',
  'p1np',
  'osteocalcin',
  'fgf23',
  'qtc',
  'urine-magnesium',
  'urine-calcium',
  'urine-creatinine',
  'femg',
  't-score',
  'bmi',
  'height',
  'weight',
] as const
export type AnalyteId = (typeof ANALYTES)[number]

/** How a unit of an analyte is read. */
export interface AnalyteUnit {
  readonly unit: Unit
  /** the unit in which limits and ranges are compared: itself, or the unit it is a decimal multiple of */
  readonly comparedIn: Unit
  /** moves the decimal point into `comparedIn`: -3 for umol/L compared in mmol/L */
  readonly shift: number
  /** from `comparedIn` to the canonical unit */
  readonly factor: number
  /** decimals that a value in this unit is shown with, at least */
  readonly decimals: number
  readonly source: string
}

export interface AllowedCode {
  readonly code: string
  readonly name: string
  /** 25(OH)D: total, D3-only, or D2 (a component, never judged alone); calcium etc.: null */
  readonly part: 'total' | 'd3' | 'd2' | null
  /** kept and shown, never judged (pH-7.4 ionised calcium) */
  readonly shownOnly: boolean
  /** renal replacement evidence (value-sets.md 5) */
  readonly dialysis: 'pre' | 'post' | null
  readonly source: string
}

export interface RefusedCode {
  readonly code: string
  readonly name: string
  /** "urine", "red cells", "ratio" … shown in the not-judged list */
  readonly because: string
  /** the entry of the not-judged list, or null for codes that are never listed (rules.md 1.8) */
  readonly list: 'not-serum' | 'unlisted-code' | null
}

/** Limits beyond which a value cannot be right; in `unit` (canonical). Values equal to a limit are inside. */
export interface HardLimits {
  readonly low: number
  readonly high: number
  readonly unit: Unit
  readonly source: string
}

/** A span of values, bounds included, that look like another unit or another analyte (rules.md 4.3). */
export interface MixUpZone {
  readonly unit: Unit
  readonly low: number
  readonly high: number
  readonly couldBe: readonly { readonly unit: Unit; readonly analyte: AnalyteId }[]
  /** an accepted own range, another result or verified units do not settle it (Mg 16-27 mg/dL) */
  readonly alwaysAsked: boolean
  /** skipped in bands 15-29, <15, dialysis, unstable */
  readonly skippedWhenClearanceIsLow: boolean
  /** skipped with a recent magnesium source */
  readonly skippedWithMagnesiumSource: boolean
  readonly source: string
}

export interface Analyte {
  readonly id: AnalyteId
  readonly name: string
  /** short form for summaries: "Mg" */
  readonly symbol: string
  /** which quantity it is, and which it is not: for the reviewer */
  readonly about: string
  /** what the factors between its units were made from, for who checks them: g/mol and charges; null = no use for it */
  readonly molarMass: number | null
  readonly valence: number | null
  /** false: no rule reads it yet; what of it cannot be used is not listed */
  readonly readByRules: boolean
  readonly canonical: Unit
  readonly units: ReadonlyMap<Unit, AnalyteUnit>
  readonly allowed: readonly AllowedCode[]
  readonly refused: readonly RefusedCode[]
  readonly hardLimits: HardLimits | null
  readonly zones: readonly MixUpZone[]
  /** an own range is believed only if each limit is within this factor of the built-in adult limit; null = no test */
  readonly rangeFactor: number | null
  readonly rangeFactorSource: string | null
}

export type CodeEntry =
  | { readonly use: 'allowed'; readonly analyte: Analyte; readonly code: AllowedCode }
  | { readonly use: 'refused'; readonly analyte: Analyte; readonly code: RefusedCode }

/** One row of the built-in ranges: a limit may be missing on one side. Age in whole days / years at the sample. */
export interface BuiltInRange {
  readonly analyte: AnalyteId
  readonly applies: 'adult' | 'pregnant' | 'child'
  /** years, `from` included, `to` excluded; only for children */
  readonly years: { readonly from: number; readonly to: number } | null
  readonly sex: 'male' | 'female' | null
  readonly low: Readonly<Record<Unit, number>>
  readonly high: Readonly<Record<Unit, number>>
  readonly source: string
  /** the site's own row (overlay) */
  readonly site: boolean
}

/** Words by which a foreign result is recognised as one of ours (rules.md 1.8, value-sets.md 3). */
export interface NameWords {
  readonly words: readonly { readonly word: string; readonly whole: boolean; readonly analyte: AnalyteId }[]
  readonly notWords: readonly string[]
}
