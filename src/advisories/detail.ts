import type { Facts } from '../labs/facts.ts'
import type { Indicator } from '../rules/indicator.ts'
import type { Kept, Part, Phrase } from '../rules/rule.ts'
import type { NotJudged } from './assessment.ts'
import { caveatTexts, topicsOf } from './caveat.ts'
import { inert } from './escape.ts'
import type { Graded } from './grade.ts'
import type { Merged } from './merge.ts'
import { recheckOf } from './recheck.ts'
import { resultText } from './results-text.ts'
import { detailSentence, frame, summarySentence } from './sentences.ts'

/** the budget of a card's detail (rules.md 4.4) */
export const DETAIL_LENGTH = 1500
/** fewer than 140 characters (CDS Hooks 2.0.1) */
const SUMMARY_LENGTH = 139

const WHY: Readonly<Record<Indicator, string>> = {
  info: 'whyInfo',
  warning: 'whyWarning',
  critical: 'whyCritical',
}

const CAPS: Readonly<Record<string, string>> = {
  old: 'capOld',
  provisional: 'capProvisional',
  tied: 'capTied',
  noRange: 'capNoRange',
  heldBack: 'capHeldBack',
  unreliable: 'capUnreliable',
}

/** The leader's summary, and every other critical finding by name (rules.md 4.2 step 9). Plain text, one line. */
export function summaryOf({ leader, others }: Merged, facts: Facts, kept: Kept): string {
  const text = (item: Graded) =>
    summarySentence(facts.knowledge, item.finding.rule, summaryPhrase(item, kept))
  const also = others.filter(({ indicator }) => indicator === 'critical').map(text)
  const whole = [text(leader), ...also].join('; ')
  const fits = whole.length <= SUMMARY_LENGTH || Array.from(whole).length <= SUMMARY_LENGTH
  return fits ? whole : `${cut(whole, SUMMARY_LENGTH - 1)}…`
}

/** A finding that was lowered to warning does not call itself critical. */
function summaryPhrase({ finding, cappedFrom }: Graded, kept: Kept): Phrase {
  const phrase = finding.summary(kept)
  const { severity } = phrase.values
  if (cappedFrom === null || severity === undefined) return phrase
  return { ...phrase, values: { ...phrase.values, severity: severity.replace('critically ', '') } }
}

/** By UTF-16 units and code points alike, at a blank where one is near. */
function cut(text: string, length: number): string {
  const shortened = text.slice(0, length)
  const blank = shortened.lastIndexOf(' ')
  return (blank > length - 25 ? shortened.slice(0, blank) : shortened).replace(/[\s,;:(]+$/u, '')
}

const BREAK = '\n\n'

interface Block {
  readonly text: string
  /** the caveat and the result are never cut */
  readonly fixed: boolean
}

/**
 * The detail of a card in the order of rules.md 4.4, within its budget: what does not fit is left out from the
 * end of the list, never the result and never the renal caveat.
 */
export function detailOf(merged: Merged, facts: Facts, kept: Kept, notJudged: readonly NotJudged[]): string {
  const { leader, others, indicator } = merged
  const { knowledge } = facts
  const all = [leader, ...others]
  const findings = all.map(({ finding }) => finding)
  const spoken = new Map(all.map((item) => [item, item.finding.phrases(kept)]))
  // a sentence is said once on a card, whichever of its rules says it first
  const said: string[] = []
  const sentences = (items: readonly Graded[], part: Part) => {
    const parts: string[] = []
    for (const item of items) {
      for (const phrase of spoken.get(item) ?? []) {
        if (phrase.part !== part) continue
        const sentence = detailSentence(knowledge, item.finding.rule, phrase)
        if (said.includes(sentence)) continue
        said.push(sentence)
        parts.push(sentence)
      }
    }
    return parts
  }
  const blocks: Block[] = []
  const add = (text: string, fixed = false) => {
    if (text !== '') blocks.push({ text, fixed })
  }
  const section = (key: string, name: string, parts: readonly string[], fixed = false) =>
    add(parts.length > 0 ? frame(knowledge, key, { [name]: parts.join(' ') }) : '', fixed)

  add(distinct(leader.finding.shows.map((shown) => resultText(shown, facts))).join(BREAK), true)
  section(WHY[indicator], 'because', [...sentences([leader], 'because'), ...capSentences(leader, facts)])
  const also = others.map((item) =>
    [
      `${detailSentence(knowledge, item.finding.rule, summaryPhrase(item, kept))}.`,
      // an info finding is told by its value alone: the card is about its leader
      ...(item.indicator === 'info' ? [] : sentences([item], 'because')),
      ...capSentences(item, facts),
    ].join(' '),
  )
  section('also', 'findings', distinct(also))
  section('links', 'links', sentences(all, 'link'))
  section('causes', 'causes', sentences(all, 'cause'))
  const caveats = caveatTexts(topicsOf(findings), facts).map(({ text }) => text)
  section('kidneys', 'caveats', withoutRepeatedLead(distinct(caveats)), true)
  const recheck = recheckOf(leader, facts)
  section('options', 'options', [
    ...sentences(all, 'option'),
    ...(recheck ? [frame(knowledge, 'recheck', { interval: recheck.text })] : []),
  ])
  if (indicator === 'critical') add(frame(knowledge, 'support'), true)
  section('limits', 'limits', sentences(all, 'limits'))
  section('notConsidered', 'things', notConsidered(facts))
  const named = notJudged.map(({ analyte, reason }) => `${analyteName(facts, analyte)}: ${reason}`)
  section('notJudged', 'things', named.length > 0 ? [`${distinct(named).join('; ')}.`] : [])
  if (facts.incomplete.lists.length > 0) {
    add(frame(knowledge, 'incomplete', { lists: facts.incomplete.lists.join(', ') }))
  }
  add(
    frame(knowledge, 'footer', {
      rules: findings.map(({ rule }) => rule).join(', '),
      version: knowledge.version,
      sources: sourcesSaid(all, spoken, facts),
    }),
  )
  return withinBudget(blocks)
}

const MOST_SOURCES = 4

/** The sources of the sentences on this card; all sources of its rules are in the extension. */
function sourcesSaid(
  all: readonly Graded[],
  spoken: ReadonlyMap<Graded, readonly Phrase[]>,
  facts: Facts,
): string {
  const ids = all.flatMap((item) => {
    const rule = facts.knowledge.rules.get(item.finding.rule)
    return (spoken.get(item) ?? []).map(({ sentence }) => rule?.sentences[sentence]?.source ?? null)
  })
  const cited = ids.filter((id) => id !== null && id !== 'apatite-judgement')
  const [leader] = all
  const fallback = leader ? (facts.knowledge.rules.get(leader.finding.rule)?.sources ?? []) : []
  const named = distinct((cited.length > 0 ? cited : fallback).filter((id) => id !== null))
  const rest = named.length - MOST_SOURCES
  return `${named.slice(0, MOST_SOURCES).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

/** Two caveats of one patient begin with the same estimate: it is said once. */
function withoutRepeatedLead(caveats: readonly string[]): string[] {
  const lead = /^(?:eGFR [^:]*: |On dialysis: |No eGFR is valid in pregnancy; [^.]*\. ?)/u.exec(
    caveats[0] ?? '',
  )?.[0]
  return caveats
    .map((text, index) => {
      if (index === 0 || lead === undefined || !text.startsWith(lead)) return text
      const rest = text.slice(lead.length)
      return rest.charAt(0).toUpperCase() + rest.slice(1)
    })
    .filter((text) => text !== '')
}

function capSentences({ cappedFrom, cappedBecause, finding, heldBackBy }: Graded, facts: Facts): string[] {
  const { knowledge, clock } = facts
  if (cappedFrom === null) return heldBackBy ? [frame(knowledge, 'heldBack')] : []
  const days = String(Math.floor(clock.ageDays(finding.at)))
  return cappedBecause.map((key) => frame(knowledge, CAPS[key] ?? 'capHeldBack', { days }))
}

function notConsidered({ patient, kidney }: Facts): string[] {
  const things = [
    ...patient.notOnFile.map((thing) => `${thing} not on file`),
    ...patient.conditions.named.map(inert),
  ]
  if (kidney.band === 'unknown') things.push('kidney function not on file')
  return things.length > 0 ? [`${distinct(things).join('; ')}.`] : []
}

function analyteName({ knowledge }: Facts, analyte: NotJudged['analyte']): string {
  return analyte === null ? 'patient' : (knowledge.analytes.get(analyte)?.name ?? analyte)
}

function distinct(texts: readonly string[]): string[] {
  const kept: string[] = []
  for (const text of texts) if (text !== '' && !kept.includes(text)) kept.push(text)
  return kept
}

function withinBudget(blocks: readonly Block[]): string {
  const kept = [...blocks]
  const joined = () => kept.map(({ text }) => text).join(BREAK)
  let whole = joined()
  while (whole.length > DETAIL_LENGTH) {
    const last = kept.findLastIndex(({ fixed }) => !fixed)
    if (last < 0) break
    const over = whole.length - DETAIL_LENGTH
    const block = kept[last]
    const shorter = block ? withoutLastSentences(block.text, over) : ''
    if (shorter === '') kept.splice(last, 1)
    else kept[last] = { text: shorter, fixed: false }
    whole = joined()
  }
  return whole
}

/** Whole sentences are left out from the end; a block that would hold only its heading goes as a whole. */
function withoutLastSentences(text: string, over: number): string {
  const sentences = text.split(/(?<=[.!?])\s+(?=\p{Lu})/u)
  let removed = 0
  while (sentences.length > 1 && removed < over) removed += (sentences.pop()?.length ?? 0) + 1
  return removed >= over ? sentences.join(' ') : ''
}
