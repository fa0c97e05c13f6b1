import { type Topic, topicsOf } from '../advisories/caveat.ts'
import type { Knowledge } from '../knowledge/types.ts'
import type { Finding, RuleId } from '../rules/rule.ts'
import type { Html } from './html.ts'
import { sourceRef } from './source.ts'
import { table } from './table.ts'
import { bandWords, withPlaceholders } from './words.ts'

/** The renal topics that a rule's cards can carry, asked of the code that chooses them; it reads these two fields. */
export function topicsOfRule(rule: string): readonly Topic[] {
  const topics = [true, false].flatMap((magnesiumIsHigh) =>
    topicsOf([{ rule: rule as RuleId, magnesiumIsHigh } as Finding]),
  )
  return [...new Set(topics)].sort()
}

/** The text of a topic for every kidney band. */
export function caveatTable(topic: string, where: string, knowledge: Knowledge): Html | null {
  const bands = knowledge.kidney.caveats.get(topic) ?? new Map()
  return table(
    `${where}: kidney caveats, ${topic}`,
    [{ head: 'Kidney function', kind: 'k' }, { head: 'The card says', kind: 'w' }, { head: 'Source' }],
    [...bands].map(([band, { text, source }]) => ({
      cells: [bandWords(band), withPlaceholders(text), sourceRef(source, knowledge)],
    })),
  )
}
