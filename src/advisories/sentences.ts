import type { Knowledge } from '../knowledge/types.ts'
import type { Phrase, RuleId } from '../rules/rule.ts'
import { inert, oneLine } from './escape.ts'

type Values = Readonly<Record<string, string>>

/** Sentences taken apart at their placeholders: text, key, text, key, text … Only the knowledge's own come here. */
const PARTS = new Map<string, readonly string[]>()

function partsOf(sentence: string): readonly string[] {
  let parts = PARTS.get(sentence)
  if (!parts) {
    parts = sentence.split(/\{(\w+)\}/u)
    PARTS.set(sentence, parts)
  }
  return parts
}

/** A sentence with its placeholders filled. A placeholder without a value stays visible: it is a defect, not a blank. */
function fill(sentence: string, values: Values, treat: (value: string) => string): string {
  const parts = partsOf(sentence)
  let text = parts[0] ?? ''
  for (let index = 1; index < parts.length; index += 2) {
    const key = parts[index] ?? ''
    const value = Object.hasOwn(values, key) ? values[key] : undefined
    text += (value === undefined ? `{${key}}` : treat(value)) + (parts[index + 1] ?? '')
  }
  return text
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
