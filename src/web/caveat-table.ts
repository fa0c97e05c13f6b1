import { type Topic, topicsOf } from '../advisories/caveat.ts'
import type { CaveatText, Knowledge } from '../knowledge/types.ts'
import type { Finding, RuleId } from '../rules/rule.ts'
import type { Content, Html } from './html.ts'
import { comparedRow } from './site-mark.ts'
import { sourceRef } from './source.ts'
import { type Row, table } from './table.ts'
import { bandWords, withPlaceholders } from './words.ts'

/** The renal topics that a rule's cards can carry, asked of the code that chooses them; it reads these two fields. */
export function topicsOfRule(rule: string): readonly Topic[] {
  const topics = [true, false].flatMap((magnesiumIsHigh) =>
    topicsOf([{ rule: rule as RuleId, magnesiumIsHigh } as Finding]),
  )
  return [...new Set(topics)].sort()
}

/** The text of a topic for every kidney band. */
export function caveatTable(
  topic: string,
  where: string,
  knowledge: Knowledge,
  published: Knowledge | null,
): Html | null {
  const bands = knowledge.kidney.caveats.get(topic) ?? new Map<string, CaveatText>()
  const before = published?.kidney.caveats.get(topic)
  return table(
    `${where}: kidney caveats, ${topic}`,
    [{ head: 'Kidney function', kind: 'k' }, { head: 'The card says', kind: 'w' }, { head: 'Source' }],
    [...bands].map(([band, caveat]) => caveatRow(bandWords(band), caveat, before?.get(band), knowledge)),
  )
}

/** A text about the kidneys, with the published one beside it where a site said it otherwise. */
export function caveatRow(
  head: string,
  now: CaveatText,
  before: CaveatText | undefined,
  knowledge: Knowledge,
): Row {
  const cellsOf = ({ text, source }: CaveatText): Content[] => [
    head,
    withPlaceholders(text),
    sourceRef(source, knowledge),
  ]
  return comparedRow(cellsOf(now), before ? cellsOf(before) : null)
}
