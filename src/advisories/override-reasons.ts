import type { Knowledge } from '../knowledge/types.ts'
import type { Facts } from '../labs/facts.ts'
import { oncePer } from '../quantity/once.ts'
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
  const offered = new Set<string>()
  for (const { finding } of [leader, ...others]) {
    for (const code of knowledge.rules.get(finding.rule)?.overrideReasons ?? []) offered.add(code)
  }
  if (indicator === 'critical') offered.delete('will-monitor')
  return viewsOf(knowledge.overrideReasons).filter(({ code }) => offered.has(code))
}

const viewsOf = oncePer(({ system, reasons }: Knowledge['overrideReasons']): readonly OverrideReasonView[] =>
  reasons.map(({ code, display }) => ({ code, system, display })),
)
