import { randomUUID } from 'node:crypto'
import type { AdvisoryView, Assessment } from '../advisories/assessment.ts'
import { withoutEmpty } from './without-empty.ts'

/** A CDS Hooks card (2.0.1, section 3). */
export interface Card {
  readonly uuid: string
  readonly summary: string
  readonly detail: string
  readonly indicator: 'info' | 'warning' | 'critical'
  readonly source: {
    readonly label: string
    readonly topic: { readonly system: string; readonly code: string; readonly display: string }
  }
  readonly extension: { readonly 'org.apatite.advisory': unknown }
}

/** Most cards in one response (rules.md 1 no. 8); only this door cuts. */
const MOST_CARDS = 5

/**
 * The cards of an assessment, most urgent first. What is cut is named in the last one.
 *
 * @param label who the cards come from
 */
export function cardsOf(assessment: Assessment, label = 'Apatite'): readonly Card[] {
  const { advisories } = assessment
  const cut = advisories.slice(MOST_CARDS).map(({ rule }) => rule)
  return advisories.slice(0, MOST_CARDS).map((advisory, index) => {
    const isLast = index === MOST_CARDS - 1
    return cardOf(advisory, assessment, label, isLast ? cut : [])
  })
}

function cardOf(advisory: AdvisoryView, assessment: Assessment, label: string, cut: readonly string[]): Card {
  const { rule, indicator, merged, findings, renalCaveat, fingerprint, basis } = advisory
  return {
    // fresh for each card of each response: feedback has no other key (cds-hooks.md 3.1)
    uuid: randomUUID(),
    summary: advisory.summary,
    detail: cut.length > 0 ? withCut(advisory.detail, cut) : advisory.detail,
    indicator,
    source: {
      label,
      topic: { system: 'urn:apatite:rule', code: rule.replaceAll('-', ''), display: advisory.title },
    },
    extension: {
      'org.apatite.advisory': withoutEmpty({
        rules: [rule, ...merged],
        findings,
        indicator,
        renalCaveat,
        knowledgeVersion: assessment.knowledgeVersion,
        fingerprint,
        basis,
        notJudged: assessment.notJudged,
        incomplete: assessment.incomplete,
      }),
    },
  }
}

function withCut(detail: string, cut: readonly string[]): string {
  return `**More findings than one response shows:** ${cut.join(', ')}.\n\n${detail}`
}
