/**
 * What the files of cds-hooks/ say, as the core reads it; by folder in types/. Leaves: nothing of ours is imported but
 * quantities. load.ts makes it from YAML; nobody else does.
 */
import type { Unit } from '../quantity/limit.ts'
import type { RecheckRow, SuggestedTest } from './types/advice.ts'
import type { Analyte, AnalyteId, BuiltInRange, CodeEntry, NameWords } from './types/analytes.ts'
import type { Concepts, ConditionIndex, ConditionSet, ConditionSetId } from './types/conditions.ts'
import type { DrugKnowledge } from './types/drugs.ts'
import type { KidneyKnowledge } from './types/kidney.ts'
import type { ReviewNotes } from './types/review.ts'
import type { Evidence, RuleKnowledge } from './types/rules.ts'
import type { ServiceKnowledge } from './types/services.ts'
import type { WindowName } from './types/windows.ts'

export * from './types/advice.ts'
export * from './types/analytes.ts'
export * from './types/conditions.ts'
export * from './types/drugs.ts'
export * from './types/kidney.ts'
export * from './types/review.ts'
export * from './types/rules.ts'
export * from './types/services.ts'
export * from './types/windows.ts'

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
