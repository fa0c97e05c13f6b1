import type { Facts } from '../labs/facts.ts'
import { daysBetween } from '../readings/clock.ts'
import type { Reading } from '../readings/reading.ts'
import type { Indicator } from '../rules/indicator.ts'
import type { Finding, Kept, RuleId } from '../rules/rule.ts'
import type { Resolved } from './resolve.ts'

/** A kept finding with its level. */
export interface Graded {
  readonly finding: Finding
  readonly indicator: Indicator
  readonly cappedFrom: Indicator | null
  /** keys of the reasons: old, provisional, tied, noRange, heldBack */
  readonly cappedBecause: readonly string[]
  readonly heldBackBy: RuleId | null
  readonly undecided: readonly Reading[]
}

export interface Grading {
  readonly graded: readonly Graded[]
  readonly kept: Kept
}

/**
 * Grade with the findings that are kept, then cap each by itself: critical becomes warning if its result is
 * too old, provisional, tied and different, without range, or held back (rules.md 4.2 e and f).
 */
export function grade(resolved: readonly Resolved[], facts: Facts): Grading {
  const standing = resolved.filter(({ replacedBy }) => replacedBy === null)
  const byRule = new Map(standing.map(({ finding }) => [finding.rule, finding]))
  const kept: Kept = {
    anywhere: (rule) => byRule.has(rule),
    has: (rule, near) => {
      const finding = byRule.get(rule)
      return (
        finding !== undefined && Math.abs(daysBetween(finding.at, near)) <= facts.knowledge.windows.companion
      )
    },
  }
  const graded = standing.map(({ finding, heldBackBy, replacesCritical }): Graded => {
    const { indicator, undecided } = finding.grade(kept)
    const level = finding.rule === 'DQ-DILUTION' && replacesCritical ? 'warning' : indicator
    const because = [...finding.caps, ...(heldBackBy ? ['heldBack'] : [])]
    const capped = level === 'critical' && because.length > 0
    return {
      finding,
      indicator: capped ? 'warning' : level,
      cappedFrom: capped ? 'critical' : null,
      cappedBecause: because,
      heldBackBy,
      undecided,
    }
  })
  return { graded, kept }
}
