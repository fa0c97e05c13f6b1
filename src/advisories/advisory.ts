import { hash } from 'node:crypto'
import type { Facts } from '../labs/facts.ts'
import { once } from '../quantity/once.ts'
import type { Reading } from '../readings/reading.ts'
import type { Kept } from '../rules/rule.ts'
import type { AdvisoryView, FindingView, NotJudged } from './assessment.ts'
import { basisOf, sourcesOf } from './basis.ts'
import { topicsOf } from './caveat.ts'
import { detailOf, summaryOf } from './detail.ts'
import type { Graded } from './grade.ts'
import type { Merged } from './merge.ts'
import { overrideReasonsOf } from './override-reasons.ts'
import { suggestionsOf } from './suggestions.ts'

/** An advisory as it is answered. Its words are made only when somebody reads them: batch reads few. */
export function advisoryView(
  merged: Merged,
  facts: Facts,
  kept: Kept,
  notJudged: () => readonly NotJudged[],
): AdvisoryView {
  return new Advisory(merged, facts, kept, notJudged)
}

/**
 * A class, because getters of an object literal are kept in its shape: each literal would get a shape of its own, and
 * the shapes would hold all facts of all patients until the next full collection.
 */
class Advisory implements AdvisoryView {
  readonly rule: string
  readonly indicator: AdvisoryView['indicator']
  readonly merged: readonly string[]
  readonly findings: readonly FindingView[]
  readonly title: string
  readonly renalCaveat: AdvisoryView['renalCaveat']
  readonly overrideReasons: AdvisoryView['overrideReasons']
  readonly sources: readonly string[]
  readonly #words: Words

  constructor(merged: Merged, facts: Facts, kept: Kept, notJudged: () => readonly NotJudged[]) {
    const { leader, others, indicator } = merged
    const findings = [leader, ...others]
    const rules = facts.knowledge.rules
    this.rule = leader.finding.rule
    this.indicator = indicator
    this.merged = others.map(({ finding }) => finding.rule)
    this.findings = findings.map(findingView)
    this.title = rules.get(leader.finding.rule)?.title ?? leader.finding.rule
    this.renalCaveat = topicsOf(findings.map(({ finding }) => finding)).length > 0 ? facts.kidney.band : null
    this.overrideReasons = overrideReasonsOf(merged, facts)
    this.sources = sourcesOf(
      findings.map(({ finding }) => finding.rule),
      facts.knowledge,
    )
    this.#words = {
      summary: once(() => summaryOf(merged, facts, kept)),
      detail: once(() => detailOf(merged, facts, kept, notJudged())),
      basis: once(() => basisOf(merged, facts, kept)),
      suggestions: once(() => suggestionsOf(merged, facts, kept)),
      fingerprint: once(() => fingerprintOf(merged, facts, kept)),
    }
  }

  get summary() {
    return this.#words.summary()
  }

  get detail() {
    return this.#words.detail()
  }

  get basis() {
    return this.#words.basis()
  }

  get suggestions() {
    return this.#words.suggestions()
  }

  get fingerprint() {
    return this.#words.fingerprint()
  }

  toJSON(): AdvisoryView {
    const { rule, indicator, merged, findings, title, summary, detail, renalCaveat } = this
    const { basis, suggestions, overrideReasons, sources, fingerprint } = this
    const first = { rule, indicator, merged, findings, title, summary, detail, renalCaveat }
    return { ...first, basis, suggestions, overrideReasons, sources, fingerprint }
  }
}

type Words = {
  readonly [Name in 'summary' | 'detail' | 'basis' | 'suggestions' | 'fingerprint']: () => AdvisoryView[Name]
}

function findingView({ finding, indicator, cappedFrom, cappedBecause, heldBackBy }: Graded): FindingView {
  const { restsOn } = finding
  return {
    rule: finding.rule,
    indicator,
    cappedFrom,
    cappedBecause: cappedFrom === null ? null : cappedBecause.join(', '),
    heldBackBy,
    observations: unique(restsOn.map(({ observation }) => observation).filter((id) => id !== null)),
    samples: unique(restsOn.map(({ raw, at }) => raw.specimen ?? raw.accession ?? at.text)),
  }
}

function unique(texts: readonly string[]): readonly string[] {
  return texts.length < 2 ? texts : [...new Set(texts)].sort()
}

/**
 * Same facts, same fingerprint, whichever door: rules, indicators, analytes, canonical values, effective times,
 * kidney band and the roles that mattered. No resource ids, no ages in days, no knowledge version.
 */
function fingerprintOf({ leader, others, indicator }: Merged, facts: Facts, kept: Kept): string {
  const items = [leader, ...others].map(({ finding, indicator: level }) => ({
    rule: finding.rule,
    indicator: level,
    results: finding.restsOn.map(resultIn).sort(),
    roles: [...finding.roles(kept)].sort(),
  }))
  const text = JSON.stringify([indicator, facts.kidney.band, items])
  return hash('sha256', text, 'hex').slice(0, 32)
}

function resultIn({ analyte, canonical, at }: Reading): string {
  const { low, high } = canonical.interval
  const from = rounded(low)
  return `${analyte.id} ${from} ${low === high ? from : rounded(high)} ${at.precision === 'instant' ? at.from : at.day}`
}

/** The same value by two unit spellings or factors is the same value: five significant digits. */
function rounded(value: number): string {
  const text = String(value)
  // no more digits than five
  if (text.length <= 5) return text
  return Number.isFinite(value) ? String(Number(value.toPrecision(5))) : text
}
