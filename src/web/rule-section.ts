import type { Knowledge, RuleKnowledge, Sentence, Threshold } from '../knowledge/types.ts'
import { anchor, linkTo, ruleAnchor } from './anchor.ts'
import { casesOf } from './case-table.ts'
import { caveatTable, topicsOfRule } from './caveat-table.ts'
import { type Content, type Html, html, joined } from './html.ts'
import { decimalsOfLimit, quantities } from './quantity-text.ts'
import { recheckTable } from './recheck-table.ts'
import { ruleReview, signature } from './review.ts'
import { comparedRow } from './site-mark.ts'
import { sourceRef } from './source.ts'
import { part, table, terms } from './table.ts'
import { DIRECTIONS, plainWords, withPlaceholders } from './words.ts'
import type { CasebookResults } from './worked-cases.ts'

/** One rule, as a reviewer reads and signs it. */
export function ruleSection(
  rule: RuleKnowledge,
  knowledge: Knowledge,
  casebook: CasebookResults | null,
  published: Knowledge | null,
): Html {
  const before = published?.rules.get(rule.id) ?? null
  return html`<article class="rule" id="${ruleAnchor(rule.id)}">
<h3><span class="id">${rule.id}</span> ${rule.title}</h3>
${ruleReview(rule)}
${rule.enabled ? null : html`<p class="off-note"><strong>Switched off.</strong> It judges nothing at this site.</p>`}
${terms([
  ['Purpose', rule.purpose],
  ['For whom and when', rule.use],
  ['Not to be read as', rule.misuse],
])}
${part('Thresholds', thresholds(rule, knowledge, before))}
${part('Sentences of its cards', sentences(rule, knowledge, before))}
${part('Tests that a card may offer', tests(rule, knowledge))}
${part('When to measure again', recheckTable(rule.id, knowledge, published))}
${topicsOfRule(rule.id).map((topic) => part(`What it says about the kidneys: ${plainWords(topic)}`, caveatTable(topic, rule.id, knowledge, published)))}
${part('Reasons to put a card aside', overrideReasons(rule, knowledge))}
${part('Sources', sources(rule, knowledge))}
${part('Worked cases', casesOf(rule.id, casebook))}
${signature(rule)}
</article>`
}

function thresholds(rule: RuleKnowledge, knowledge: Knowledge, before: RuleKnowledge | null): Content {
  const cellsOf = (key: string, { direction, values, source, note }: Threshold): Content[] => [
    plainWords(key),
    DIRECTIONS[direction],
    quantities(values, decimalsOfLimit(values, knowledge)),
    sourceRef(source, knowledge),
    note,
  ]
  return table(
    `${rule.id}: thresholds`,
    [
      { head: 'Threshold', kind: 'k' },
      { head: 'Is passed' },
      { head: 'Value', kind: 'n' },
      { head: 'Source' },
      { head: 'Note', kind: 'w' },
    ],
    Object.entries(rule.thresholds).map(([key, limit]) => {
      const old = before?.thresholds[key]
      return {
        id: `${ruleAnchor(rule.id)}.${key}`.replace(/\s+/gu, '-'),
        ...comparedRow(cellsOf(key, limit), old ? cellsOf(key, old) : null),
      }
    }),
  )
}

function sentences(rule: RuleKnowledge, knowledge: Knowledge, before: RuleKnowledge | null): Content {
  const cellsOf = (key: string, { text, source }: Sentence): Content[] => [
    plainWords(key),
    withPlaceholders(text),
    sourceRef(source, knowledge),
  ]
  return table(
    `${rule.id}: sentences`,
    [{ head: 'Said for', kind: 'k' }, { head: 'Sentence', kind: 'w' }, { head: 'Source' }],
    Object.entries(rule.sentences).map(([key, sentence]) => {
      const old = before?.sentences[key]
      return comparedRow(cellsOf(key, sentence), old ? cellsOf(key, old) : null)
    }),
  )
}

function tests({ suggestions }: RuleKnowledge, knowledge: Knowledge): Content {
  if (suggestions.length === 0) return null
  return html`<p>${joined(
    suggestions.map((id) => {
      const label = knowledge.suggestions.get(id)?.label
      return label === undefined ? id : linkTo(anchor('test', id), label)
    }),
    '; ',
  )}. Which of them a card shows depends on what is already known.</p>`
}

function overrideReasons(rule: RuleKnowledge, { overrideReasons: { reasons } }: Knowledge): Content {
  if (rule.overrideReasons.length === 0) return null
  const displayOf = (code: string) => reasons.find((one) => one.code === code)?.display ?? code
  return html`<ul class="inline">${rule.overrideReasons.map((code) => html`<li>${displayOf(code)}</li>`)}</ul>`
}

function sources(rule: RuleKnowledge, knowledge: Knowledge): Content {
  if (rule.sources.length === 0) return null
  return html`<ul class="inline">${rule.sources.map((id) => html`<li>${sourceRef(id, knowledge)}</li>`)}</ul>`
}
