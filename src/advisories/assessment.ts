/**
 * What the core answers (shared contract: design/assessment.md). All doors are views of this; it is plain
 * data, so it can be sent as JSON, except for the words, which are rendered only when somebody reads them.
 */
import type { AnalyteId, Band } from '../knowledge/types.ts'
import type { Unit } from '../quantity/limit.ts'
import type { ReportedValue } from '../readings/reading.ts'
import type { NotJudgedReason } from '../readings/reasons.ts'

export type { ReportedValue } from '../readings/reading.ts'
export { NOT_JUDGED_REASONS, type NotJudgedReason } from '../readings/reasons.ts'

import type { Indicator } from '../rules/indicator.ts'

export type { Indicator } from '../rules/indicator.ts'

export interface NotJudged {
  /** "Observation/mg2"; null = about the patient */
  readonly observation: string | null
  readonly analyte: AnalyteId | null
  readonly reason: NotJudgedReason
  /** plain words, without identifiers: "92 days old, newest of its kind" */
  readonly detail: string
}

export interface ResultView {
  readonly observation: string | null
  readonly analyte: AnalyteId
  readonly judged: boolean
  readonly reading: 'low' | 'in-range' | 'high' | 'below-limit' | 'above-limit' | 'undecided' | null
  readonly reported: ReportedValue
  /** null = no bound on that side */
  readonly canonical: { readonly low: number | null; readonly high: number | null; readonly unit: Unit }
  /** as sent */
  readonly effective: string
  readonly status: string
  readonly provisional: boolean
  readonly range: RangeView | null
  readonly labFlag: string | null
  readonly notes: readonly string[]
}

export interface RangeView {
  readonly low: number | null
  readonly high: number | null
  readonly unit: Unit
  readonly lowSource: 'own' | 'site' | 'built-in' | 'none'
  readonly highSource: 'own' | 'site' | 'built-in' | 'none'
}

export interface KidneyView {
  readonly band: Band
  readonly value: number | null
  readonly unit: string | null
  readonly method: string | null
  readonly date: string | null
  readonly ageDays: number | null
  readonly confidence: 'high' | 'low'
  readonly flags: readonly string[]
  readonly basis: string
  readonly otherEvidence: readonly string[]
  /** every estimate that was computed, e.g. for both sexes: [62.5, 83.5] */
  readonly estimates: readonly number[]
}

export interface DerivedView {
  readonly name: 'adjusted calcium' | 'FEMg' | '25(OH)D2 + D3'
  readonly value: number
  readonly unit: Unit
  readonly from: readonly string[]
  readonly reliable: boolean
}

export interface FindingView {
  readonly rule: string
  readonly indicator: Indicator
  readonly cappedFrom: Indicator | null
  readonly cappedBecause: string | null
  readonly heldBackBy: string | null
  readonly observations: readonly string[]
  readonly samples: readonly string[]
}

/** A draft that a reader may take over: one action, useful alone. */
export interface SuggestionView {
  readonly id: string
  readonly label: string
  readonly description: string
  /** a FHIR R4 ServiceRequest, status draft, intent proposal */
  readonly resource: Readonly<Record<string, unknown>>
}

export interface OverrideReasonView {
  readonly code: string
  readonly system: string
  readonly display: string
}

/** What a reader needs to check the advice without us (orders.md 6.8); made by basis.ts. */
export type Basis = Readonly<Record<string, unknown>> & {
  /** by rule, then by key: `{ below: { "mmol/L": 0.5 }, source }` */
  readonly thresholds: Readonly<Record<string, unknown>>
}

export interface AdvisoryView {
  readonly rule: string
  readonly indicator: Indicator
  readonly merged: readonly string[]
  readonly findings: readonly FindingView[]
  readonly title: string
  readonly summary: string
  readonly detail: string
  /** the band whose text the card carries; null = the card's rules have no renal topic */
  readonly renalCaveat: Band | null
  readonly basis: Basis
  readonly suggestions: readonly SuggestionView[]
  readonly overrideReasons: readonly OverrideReasonView[]
  readonly sources: readonly string[]
  readonly fingerprint: string
}

export type VerdictKind = 'fired' | 'merged' | 'replaced' | 'silent' | 'no-data' | 'not-judged' | 'off'

export interface VerdictView {
  readonly rule: string
  readonly verdict: VerdictKind
  readonly because: string
}

export interface Assessment {
  readonly knowledgeVersion: string
  readonly assessedAt: string
  readonly patient: {
    readonly id: string
    readonly sex: string
    readonly ageYears: number | null
    readonly pregnant: boolean
    readonly inpatient: boolean
    readonly notOnFile: readonly string[]
  }
  readonly kidney: KidneyView
  readonly results: readonly ResultView[]
  readonly derived: readonly DerivedView[]
  readonly advisories: readonly AdvisoryView[]
  readonly notJudged: readonly NotJudged[]
  /** foreign results, counted by "system|code" */
  readonly unlisted: Readonly<Record<string, number>>
  readonly incomplete: readonly string[]
  readonly verdicts: readonly VerdictView[]
  /** everything, rendered: what JSON.stringify sends */
  readonly toJSON: () => PlainAssessment
}

export type PlainAssessment = Omit<Assessment, 'toJSON'>

/** What is answered to outsiders: the verdicts only where they are asked for. */
export function answerOf(assessment: Assessment, explain: boolean): Partial<PlainAssessment> {
  const { verdicts, ...answer } = assessment.toJSON()
  return explain ? { ...answer, verdicts } : answer
}
