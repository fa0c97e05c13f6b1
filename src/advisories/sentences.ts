import type { Knowledge } from '../knowledge/types.ts'
import type { Phrase, RuleId } from '../rules/rule.ts'
import { inert, oneLine } from './escape.ts'

type Values = Readonly<Record<string, string>>

/** A sentence with its placeholders filled. A placeholder without a value stays visible: it is a defect, not a blank. */
function fill(text: string, values: Values, treat: (value: string) => string): string {
  return text.replace(/\{(\w+)\}/gu, (placeholder, key: string) => {
    const value = values[key]
    return value === undefined ? placeholder : treat(value)
  })
}

function ruleSentence(knowledge: Knowledge, rule: RuleId, key: string): string {
  const sentence = knowledge.rules.get(rule)?.sentences[key]
  if (!sentence) throw new Error(`no sentence ${rule}.${key}`)
  return sentence.text
}

/** A rule's sentence for the detail of a card: Markdown, every value inert. */
export function detailSentence(knowledge: Knowledge, rule: RuleId, { sentence, values }: Phrase): string {
  return fill(ruleSentence(knowledge, rule, sentence), values, inert)
}

/** A rule's sentence for the summary: plain text on one line. */
export function summarySentence(knowledge: Knowledge, rule: RuleId, { sentence, values }: Phrase): string {
  return fill(ruleSentence(knowledge, rule, sentence), values, oneLine)
}

/** A sentence of the frame that all cards share; the values are Markdown already, or made inert by the caller. */
export function frame(knowledge: Knowledge, key: string, values: Values = {}): string {
  const sentence = knowledge.wording[key]
  if (sentence === undefined) throw new Error(`no wording ${key}`)
  return fill(sentence, values, (value) => value)
}
