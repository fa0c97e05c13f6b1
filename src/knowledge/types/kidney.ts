/** What kidney/ says: how an eGFR is ranked, how long it counts, and what each band means for each topic. */

export const BANDS = [
  '>=60',
  '45-59',
  '30-44',
  '15-29',
  '<15',
  'dialysis',
  'unstable',
  'not-applicable',
  'unknown',
] as const
export type Band = (typeof BANDS)[number]

/** A reported eGFR code with its method and rank (value-sets.md 5). */
export interface EgfrMethod {
  readonly code: string
  readonly method: string
  readonly rank: number
  readonly confidence: 'high' | 'low'
  /** used for this sex only (sex-specific MDRD codes) */
  readonly sex: 'male' | 'female' | null
  readonly children: boolean
  readonly source: string
}

export interface KidneyKnowledge {
  readonly methods: ReadonlyMap<string, EgfrMethod>
  /** what each band means, in words */
  readonly bands: ReadonlyMap<Band, string>
  /** months and hours for which an estimate counts, by band (rules.md 3.1 no. 7) */
  readonly recency: {
    readonly outpatientMonths: { readonly normal: number; readonly moderate: number; readonly severe: number }
    readonly inpatientHours: { readonly normal: number; readonly moderate: number; readonly severe: number }
    readonly source: string
  }
  /** topic -> band (not-applicable is split) -> text with {value} and {creatinine} */
  readonly caveats: ReadonlyMap<string, ReadonlyMap<string, CaveatText>>
  readonly phrases: Readonly<Record<string, CaveatText>>
}

export interface CaveatText {
  readonly text: string
  readonly source: string
}
