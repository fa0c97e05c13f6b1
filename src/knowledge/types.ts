/**
 * What the files of cds-hooks/ say, as the core reads it. A leaf: nothing of ours is imported but quantities.
 * load.ts makes it from YAML; nobody else does.
 */
import type { Limit, Unit } from '../quantity/limit.ts'

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

export type DrugRole = string

/** A named drug with its codes. */
export interface Drug {
  readonly name: string
  /** lower case, matched as whole words in cleaned text; the longest name that fits wins */
  readonly names: readonly string[]
  readonly rxnorm: readonly string[]
  readonly atc: readonly string[]
  /** exact roles of drug-codes.json: "lowers-Mg", "Mg-source", "QT" …; "(shift)", "(case)", "?" forms are named, never counted */
  readonly roles: readonly DrugRole[]
}

/** A class of drugs that a rule asks for: "lowers-mg", "mg-source", "iv-mg" … (rules.md 1.7). */
export interface DrugGroup {
  readonly id: string
  readonly title: string
  readonly atc: readonly string[]
  readonly exceptAtc: readonly string[]
  readonly roles: readonly DrugRole[]
  readonly source: string
}

export interface DrugKnowledge {
  readonly drugs: readonly Drug[]
  readonly byRxnorm: ReadonlyMap<string, Drug>
  readonly byAtc: ReadonlyMap<string, readonly Drug[]>
  /** all names with their drug, longest first */
  readonly byName: readonly { readonly name: string; readonly drug: Drug }[]
  readonly groups: ReadonlyMap<string, DrugGroup>
  /** the groups that a drug may belong to, by listed ATC prefix and by role */
  readonly groupsByAtc: ReadonlyMap<string, readonly DrugGroup[]>
  readonly groupsByRole: ReadonlyMap<string, readonly DrugGroup[]>
  /** texts that look like a drug of ours and are not ("calcium channel blocker"), lower case, matched first */
  readonly falseFriends: readonly string[]
  /** ATC prefixes of topical, eye, ear and inhaled products */
  readonly localAtc: readonly string[]
  /** route codes (SNOMED CT, with names) that never count, and words in form, route or dose text that mean the same */
  readonly localRoutes: ReadonlyMap<string, string>
  /** matches at the beginning of a word */
  readonly localWords: RegExp
  /** route codes and words that mean intravenous or intramuscular */
  readonly parenteralRoutes: ReadonlyMap<string, string>
  /** matches whole words */
  readonly parenteralWords: RegExp
  /** feeding restarted: ATC prefixes with exceptions, and words of an order's text with their false friends */
  readonly feeding: {
    readonly atc: readonly string[]
    readonly exceptAtc: readonly string[]
    /** matches at the beginning of a word */
    readonly words: RegExp
    /** false friends, cut out first */
    readonly notWords: RegExp
  }
}

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

/** A sentence of a card; every number in it is a {placeholder}. */
export interface Sentence {
  readonly text: string
  readonly source: string | null
}

export interface Threshold extends Limit {
  /** what a reviewer should know about the number */
  readonly note: string | null
}

export interface RuleKnowledge {
  readonly id: string
  readonly title: string
  readonly purpose: string
  readonly use: string
  readonly misuse: string
  readonly review: { readonly state: string; readonly by: string | null; readonly on: string | null }
  readonly sources: readonly string[]
  readonly enabled: boolean
  readonly thresholds: Readonly<Record<string, Threshold>>
  readonly sentences: Readonly<Record<string, Sentence>>
  readonly suggestions: readonly string[]
  readonly overrideReasons: readonly string[]
}

/** A source that a rule, range or caveat cites. */
export interface Evidence {
  readonly id: string
  readonly citation: string
  readonly link: string | null
  readonly kind: string
  readonly supports: string
  readonly grade: string
  readonly read: 'whole' | 'excerpt' | 'not reached'
  readonly problems: readonly string[]
  readonly internallyInconsistent: boolean
}

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

/** One published CDS service: what discovery answers. */
export interface ServiceKnowledge {
  readonly id: string
  readonly hook: string
  readonly title: string
  readonly description: string
  readonly usage: string
  readonly prefetch: readonly PrefetchKey[]
}

export interface PrefetchKey {
  readonly key: string
  readonly template: string
  readonly essential: boolean
  readonly purpose: string
  readonly coversDays?: number | undefined
}

/** The uses for which a result's age is limited (windows.yaml). */
export const WINDOWS = [
  'minerals',
  'hormones',
  'critical',
  'criticalVitaminD',
  'companion',
  'pth',
  'qtc',
  'merge',
  'repeats',
] as const
export type WindowName = (typeof WINDOWS)[number]

/** Words by which a foreign result is recognised as one of ours (rules.md 1.8, value-sets.md 3). */
export interface NameWords {
  readonly words: readonly { readonly word: string; readonly whole: boolean; readonly analyte: AnalyteId }[]
  readonly notWords: readonly string[]
}

/** What a file says of itself as a whole. */
export interface FileHead {
  readonly about: string
  readonly source: string | null
  readonly review: string | null
}

/**
 * What the files say for who reviews and signs them and no rule decides with. It stands apart where the thing that it
 * is about is a bare number or code to the program.
 */
export interface ReviewNotes {
  /** by file: "windows.yaml" */
  readonly files: ReadonlyMap<string, FileHead>
  readonly units: ReadonlyMap<Unit, { readonly ucum: string | null; readonly note: string | null }>
  readonly windows: Readonly<Record<WindowName, { readonly for: string; readonly source: string }>>
  /** RxNorm number -> the public files in which it was found */
  readonly rxnorm: ReadonlyMap<string, string>
  /** the thresholds and windows that a site's overlay changed */
  readonly siteNumbers: readonly SiteNumber[]
}

/** Where a site's overlay changed a number: what does not go with it is told there. */
export interface SiteNumber {
  /** null: a window, which is for all rules */
  readonly rule: string | null
  readonly key: string
  readonly file: string
  readonly line: number
}

export interface Knowledge {
  /** semver + content hash (+ overlay name): "1.0.0+3f2a9c1d" */
  readonly version: string
  /** sender's spelling (lower case, blanks and annotations removed) -> unit */
  readonly spellings: ReadonlyMap<string, Unit>
  readonly analytes: ReadonlyMap<AnalyteId, Analyte>
  readonly codes: ReadonlyMap<string, CodeEntry>
  readonly names: NameWords
  readonly ranges: readonly BuiltInRange[]
  readonly conditions: ReadonlyMap<ConditionSetId, ConditionSet>
  readonly conditionIndex: ConditionIndex
  readonly concepts: Concepts
  readonly windows: Readonly<Record<WindowName, number>>
  readonly drugs: DrugKnowledge
  readonly kidney: KidneyKnowledge
  readonly rules: ReadonlyMap<string, RuleKnowledge>
  /** the frame of all cards (wording.yaml), by key */
  readonly wording: Readonly<Record<string, string>>
  readonly services: ReadonlyMap<string, ServiceKnowledge>
  readonly evidence: ReadonlyMap<string, Evidence>
  readonly suggestions: ReadonlyMap<string, SuggestedTest>
  readonly recheck: readonly RecheckRow[]
  readonly overrideReasons: {
    readonly system: string
    readonly reasons: readonly { readonly code: string; readonly display: string }[]
  }
  readonly notes: ReviewNotes
}
