import type { Knowledge, RuleKnowledge } from '../knowledge/types.ts'
import { RULES } from '../rules/rule.ts'

/** The rules in the order of the catalogue (rules.md 4); what it does not know comes last. */
export function inCatalogueOrder({ rules }: Knowledge): readonly RuleKnowledge[] {
  const place = (id: string) => {
    const at = (RULES as readonly string[]).indexOf(id)
    return at < 0 ? RULES.length : at
  }
  return [...rules.values()].sort((a, b) => place(a.id) - place(b.id))
}
