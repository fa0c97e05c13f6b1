import type { Analyte, AnalyteId, BuiltInRange, Knowledge } from '../knowledge/types.ts'
import { CaseError, evaluate, type Quantity, type Scope } from './expression.ts'
import type { FactsForm } from './form.ts'

export type Stage = BuiltInRange['applies']

/** Which built-in ranges are for the patient of a case. */
export function stageOf(facts: FactsForm, limit: Quantity | null): Stage {
  if (facts.pregnant || facts.delivered !== undefined) return 'pregnant'
  const years = yearsOf(facts, limit)
  return years !== null && years < 18 ? 'child' : 'adult'
}

/** Age in years, with fractions; null where the case says that it is unknown. Left out: 50. */
export function yearsOf({ age = 50 }: FactsForm, limit: Quantity | null): number | null {
  if (age === 'unknown') return null
  if (typeof age === 'number') return age
  const { value, unit } = evaluate(age, timesOnly(limit))
  if (unit === 'd') return value / 365.25
  if (unit === 'a' || unit === '') return value
  throw new CaseError(`age ${age}: years or days`)
}

/** For ages and times: nothing but numbers and the tested number. */
export function timesOnly(limit: Quantity | null): Scope {
  const refuse = (): Quantity => {
    throw new CaseError('LLN, ULN and thresholds of rules are those of a result')
  }
  return { limit, rangeLimit: refuse, threshold: refuse }
}

/**
 * A threshold of a rule by name.
 *
 * @param unit null: the first one in which it is kept
 * @throws CaseError where there is none, or none in that unit
 */
export function thresholdOf(rule: string, key: string, unit: string | null, { rules }: Knowledge): Quantity {
  const values = rules.get(rule)?.thresholds[key]?.values ?? {}
  const kept = unit ?? Object.keys(values)[0] ?? ''
  const value = values[kept]
  if (value === undefined) throw new CaseError(`no threshold ${rule}.${key} in ${kept || 'any unit'}`)
  return { value, unit: kept }
}

/** The row of the built-in ranges, or null where none is for this patient. */
export function builtInRow(
  analyte: AnalyteId,
  stage: Stage,
  facts: FactsForm,
  limit: Quantity | null,
  { ranges }: Knowledge,
): BuiltInRange | null {
  const years = yearsOf(facts, limit)
  const { sex = 'male' } = facts
  return (
    ranges.find(
      (row) =>
        row.analyte === analyte &&
        row.applies === stage &&
        (row.years === null || (years !== null && years >= row.years.from && years < row.years.to)) &&
        (row.sex === null || row.sex === sex),
    ) ?? null
  )
}

/**
 * One limit of the built-in range of a case's patient.
 *
 * @param unit null: the analyte's canonical unit
 * @throws CaseError where there is no such range, or none in that unit
 */
export function rangeLimit(
  analyte: Analyte,
  side: 'low' | 'high',
  unit: string | null,
  facts: FactsForm,
  limit: Quantity | null,
  knowledge: Knowledge,
): Quantity {
  const kept = unit ?? analyte.canonical
  const stage = stageOf(facts, limit)
  const value = builtInRow(analyte.id, stage, facts, limit, knowledge)?.[side][kept]
  if (value === undefined) throw new CaseError(`no ${side} limit of ${analyte.id} in ${kept} (${stage})`)
  return { value, unit: kept }
}
