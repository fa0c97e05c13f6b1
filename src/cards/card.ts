import { randomUUID } from 'node:crypto'
import type {
  AdvisoryView,
  Assessment,
  OverrideReasonView,
  SuggestionView,
} from '../advisories/assessment.ts'
import { withoutEmpty } from './without-empty.ts'

/** A CDS Hooks card (2.0.1, section 3). */
export interface Card {
  readonly uuid: string
  readonly summary: string
  readonly detail: string
  readonly indicator: 'info' | 'warning' | 'critical'
  readonly source: {
    readonly label: string
    readonly url?: string
    readonly topic: { readonly system: string; readonly code: string; readonly display: string }
  }
  readonly suggestions?: readonly Suggestion[]
  readonly selectionBehavior?: 'any' | 'at-most-one'
  readonly overrideReasons?: readonly OverrideReasonView[]
  readonly links?: readonly Link[]
  readonly extension: Readonly<Record<string, unknown>> & { readonly 'org.apatite.advisory': unknown }
}

export interface Suggestion {
  readonly label: string
  readonly uuid: string
  readonly actions: readonly {
    readonly type: 'create'
    readonly description: string
    readonly resource: Readonly<Record<string, unknown>>
  }[]
}

export interface Link {
  readonly label: string
  readonly url: string
  readonly type: 'absolute'
}

export interface CardOptions {
  /** who the cards come from */
  readonly label?: string
  /** where the rule book can be read, without a slash at its end; null = no link */
  readonly publicUrl?: string | null
  /** epic: the detail's Markdown flavour is named in Epic's own extension (cds-hooks.md 6) */
  readonly profile?: 'plain' | 'epic'
}

/** Most cards in one response (rules.md 1 no. 8); only this door cuts. */
const MOST_CARDS = 5

/** The cards of an assessment, most urgent first. What is cut is named in the last one. */
export function cardsOf(assessment: Assessment, options: CardOptions = {}): readonly Card[] {
  const { advisories } = assessment
  const cut = advisories.slice(MOST_CARDS).map(({ rule }) => rule)
  return advisories.slice(0, MOST_CARDS).map((advisory, index) => {
    const isLast = index === MOST_CARDS - 1
    return cardOf(advisory, assessment, options, isLast ? cut : [])
  })
}

function cardOf(
  advisory: AdvisoryView,
  assessment: Assessment,
  options: CardOptions,
  cut: readonly string[],
): Card {
  const { rule, indicator, suggestions, overrideReasons } = advisory
  const { label = 'Apatite', publicUrl = null, profile = 'plain' } = options
  return {
    // fresh for each card of each response: feedback has no other key (cds-hooks.md 3.1)
    uuid: randomUUID(),
    summary: advisory.summary,
    detail: cut.length > 0 ? withCut(advisory.detail, cut) : advisory.detail,
    indicator,
    source: {
      label,
      ...(publicUrl === null ? {} : { url: `${publicUrl}/` }),
      topic: { system: 'urn:apatite:rule', code: rule.replaceAll('-', ''), display: advisory.title },
    },
    ...(suggestions.length > 0
      ? { suggestions: suggestions.map(suggestionOf), selectionBehavior: 'any' as const }
      : {}),
    ...(overrideReasons.length > 0 ? { overrideReasons } : {}),
    ...(publicUrl === null
      ? {}
      : {
          links: [
            {
              label: 'The rule, its thresholds and sources',
              url: `${publicUrl}/knowledge#${rule}`,
              type: 'absolute' as const,
            },
          ],
        }),
    extension: {
      ...(profile === 'epic'
        ? { 'com.epic.cdshooks.card.detail.content-type': 'text/markdown; variant=GitHub' }
        : {}),
      'org.apatite.advisory': extensionOf(advisory, assessment),
    },
  }
}

/** The thresholds are large, the same for every patient and without empty members: they are not gone through. */
function extensionOf(advisory: AdvisoryView, assessment: Assessment): Readonly<Record<string, unknown>> {
  const { rule, merged, findings, indicator, renalCaveat, fingerprint } = advisory
  const { thresholds, ...basis } = advisory.basis
  const { knowledgeVersion, notJudged, incomplete } = assessment
  const found = { rules: [rule, ...merged], findings, indicator, renalCaveat, knowledgeVersion, fingerprint }
  const clean = withoutEmpty({ ...found, basis, notJudged, incomplete })
  return Object.keys(thresholds).length === 0 ? clean : { ...clean, basis: { ...clean.basis, thresholds } }
}

/** One action a suggestion: some EHRs take no more, and some let the user pick one suggestion only. */
function suggestionOf({ label, description, resource }: SuggestionView): Suggestion {
  return { label, uuid: randomUUID(), actions: [{ type: 'create', description, resource }] }
}

function withCut(detail: string, cut: readonly string[]): string {
  return `**More findings than one response shows:** ${cut.join(', ')}.\n\n${detail}`
}
