/** What an assessment tells, without its words: "MG-LOW warning + CA-LOW, VITD-LOW". */
import type { Assessment } from '../../src/advisories/assessment.ts'
import { assessed, type Story } from '../readings/small-record.ts'

export function cardsOf({ advisories }: Pick<Assessment, 'advisories'>): string[] {
  return advisories.map(({ rule, indicator, merged }) =>
    [`${rule} ${indicator}`, ...(merged.length > 0 ? [merged.join(', ')] : [])].join(' + '),
  )
}

export const cards = (story: Story, now?: Date) => cardsOf(assessed(story, now))

/** The verdict on a rule: "replaced: by DQ-EDTA". */
export function verdict(story: Story, rule: string): string {
  const found = assessed(story).verdicts.find((one) => one.rule === rule)
  if (!found) return 'none'
  return found.verdict === 'replaced' ? `replaced ${found.because}` : found.verdict
}

/** A finding wherever it stands, with its level and why it was lowered. */
export function finding(story: Story, rule: string) {
  return assessed(story)
    .advisories.flatMap(({ findings }) => findings)
    .find((one) => one.rule === rule)
}

export const reasons = (story: Story) => assessed(story).notJudged.map(({ reason }) => reason)
