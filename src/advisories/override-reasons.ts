import type { Facts } from '../labs/facts.ts'
import type { OverrideReasonView } from './assessment.ts'
import type { Merged } from './merge.ts'

/**
 * Why a user may put the card aside: the codes of its rules, each once, in the order of value-sets.md 8. A
 * critical finding is not merely monitored.
 */
export function overrideReasonsOf(
  { leader, others, indicator }: Merged,
  { knowledge }: Facts,
): readonly OverrideReasonView[] {
  const { system, reasons } = knowledge.overrideReasons
  const offered = new Set(
    [leader, ...others].flatMap(({ finding }) => knowledge.rules.get(finding.rule)?.overrideReasons ?? []),
  )
  if (indicator === 'critical') offered.delete('will-monitor')
  return reasons
    .filter(({ code }) => offered.has(code))
    .map(({ code, display }) => ({ code, system, display }))
}
