/** What conditions/ and concepts.yaml say: codes of problems and procedures, and those that are neither results nor problems. */

export type ConditionSetId = string

export interface ConditionCode {
  readonly code: string
  readonly display: string
  /** false: from memory, kept visible for review, never matched (value-sets.md mark "?") */
  readonly enabled: boolean
  /** counts only where the concept's text holds this word (R94.31 with "QT") */
  readonly onlyWithText: string | null
  /** a false friend in the text that takes it out again ("short QT") */
  readonly notWithText: string | null
  /** overrides the set's recency, days */
  readonly days: number | null
  /** counts whatever the clinical status says (Z98.84) */
  readonly historyCounts: boolean
  /** applies to ICD-10-CM or ICD-10 (WHO) only */
  readonly only: 'CM' | 'WHO' | null
  /** only from this age, years (fragility fractures) */
  readonly fromAge: number | null
}

export interface ConditionSet {
  readonly id: ConditionSetId
  readonly title: string
  /** the rules and look-ups that ask for it, in the words of its file */
  readonly usedBy: string
  readonly source: string
  readonly review: string
  readonly snomed: readonly ConditionCode[]
  /** prefixes without dots: "I48" holds I48.0 too */
  readonly icd10: readonly ConditionCode[]
  readonly procedures: readonly ConditionCode[]
  /** false friends with their names: never members, even below a listed prefix */
  readonly exceptSnomed: ReadonlyMap<string, string>
  readonly exceptIcd10: readonly {
    readonly code: string
    readonly display: string
    readonly only: 'CM' | 'WHO' | null
  }[]
  /** why the false friends are none of its members */
  readonly exceptWhy: string | null
  /** other sets whose codes belong to this one too */
  readonly includes: readonly ConditionSetId[]
  /** days after onset (or recorded date) during which it counts; null = no limit */
  readonly days: number | null
  /** words of the title by which an uncoded problem is named "problem not coded" */
  readonly words: readonly string[]
}

/** Where a condition or procedure code leads: the sets that hold it. */
export interface ConditionHit {
  readonly set: ConditionSet
  readonly code: ConditionCode
}

/** Look-up from codes to sets; ICD-10 by every listed prefix, without dots. */
export interface ConditionIndex {
  readonly snomed: ReadonlyMap<string, readonly ConditionHit[]>
  readonly icd10: ReadonlyMap<string, readonly ConditionHit[]>
  readonly procedures: ReadonlyMap<string, readonly ConditionHit[]>
}

/** Codes that are neither results, conditions nor drugs (cds-hooks/concepts.yaml). */
export interface Concepts {
  readonly pregnancyStatus: {
    readonly code: string
    readonly name: string
    readonly pregnant: readonly string[]
    readonly notPregnant: readonly string[]
  }
  readonly expectedDelivery: { readonly code: string; readonly name: string }
  readonly gestationalAge: { readonly code: string; readonly name: string }
  readonly haemolysed: {
    readonly sample: { readonly code: string; readonly name: string; readonly positive: readonly string[] }
    readonly index: { readonly code: string; readonly name: string }
    readonly words: readonly string[]
    readonly notWords: readonly string[]
    readonly denialsBefore: readonly string[]
    readonly denialsAfter: readonly string[]
    /** HL7 v2 table 0493 */
    readonly specimenCondition: readonly string[]
  }
  readonly wrongTubeWords: readonly string[]
  readonly pregnancyRange: {
    readonly codes: readonly string[]
    readonly words: readonly string[]
    readonly notWords: readonly string[]
  }
  readonly sexRange: { readonly male: readonly string[]; readonly female: readonly string[] }
  readonly inpatientClasses: readonly string[]
  readonly intensiveCare: { readonly codes: readonly string[] }
}
