import type { Knowledge } from '../knowledge/types.ts'
import { SIDES, unitsOf } from './concrete.ts'
import type { RuleCases } from './read.ts'

/** A threshold in a unit for which no case shows what happens below, on and above it. */
export interface MissingCase {
  readonly rule: string
  readonly threshold: string
  readonly unit: string
}

/**
 * Every threshold of every rule in every unit in which it is kept needs a case with below, on and above.
 *
 * @returns what is not covered; empty = the casebook is complete
 */
export function missingCases(knowledge: Knowledge, casebook: readonly RuleCases[]): readonly MissingCase[] {
  return [...knowledge.rules.values()].flatMap(({ id, thresholds }) =>
    Object.entries(thresholds).flatMap(([threshold, { values }]) => {
      const kept = Object.keys(values)
      const covered = new Set(
        casebook
          .filter(({ rule }) => rule === id)
          .flatMap(({ cases }) => cases)
          .filter((one) => one.threshold === threshold && SIDES.every((side) => one[side] !== undefined))
          .flatMap((one) => unitsOf(one, kept)),
      )
      return kept.filter((unit) => !covered.has(unit)).map((unit) => ({ rule: id, threshold, unit }))
    }),
  )
}

/** Rules without a cases file, and cases files without a rule. */
export function unmatchedFiles(knowledge: Knowledge, casebook: readonly RuleCases[]): readonly string[] {
  const rules = new Set(knowledge.rules.keys())
  const written = new Set(casebook.map(({ rule }) => rule))
  return [
    ...[...rules].filter((rule) => !written.has(rule)).map((rule) => `${rule} has no cases file`),
    ...casebook.filter(({ rule }) => !rules.has(rule)).map(({ file, rule }) => `${file}: no rule ${rule}`),
  ]
}
