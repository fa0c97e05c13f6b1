import { createHash } from 'node:crypto'
import type { Facts } from '../labs/facts.ts'
import { once } from '../quantity/once.ts'
import type { Kept } from '../rules/rule.ts'
import type { AdvisoryView, FindingView, NotJudged } from './assessment.ts'
import { basisOf } from './basis.ts'
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
  const { leader, others, indicator } = merged
  const findings = [leader, ...others]
  const rule = leader.finding.rule
  const summary = once(() => summaryOf(merged, facts, kept))
  const detail = once(() => detailOf(merged, facts, kept, notJudged()))
  const basis = once(() => basisOf(merged, facts, kept))
  const suggestions = once(() => suggestionsOf(merged, facts, kept))
  const fingerprint = once(() => fingerprintOf(merged, facts, kept))
  return {
    rule,
    indicator,
    merged: others.map(({ finding }) => finding.rule),
    findings: findings.map(findingView),
    title: facts.knowledge.rules.get(rule)?.title ?? rule,
    get summary() {
      return summary()
    },
    get detail() {
      return detail()
    },
    renalCaveat: topicsOf(findings.map(({ finding }) => finding)).length > 0 ? facts.kidney.band : null,
    get basis() {
      return basis()
    },
    get suggestions() {
      return suggestions()
    },
    overrideReasons: overrideReasonsOf(merged, facts),
    sources: [
      ...new Set(findings.flatMap(({ finding }) => facts.knowledge.rules.get(finding.rule)?.sources ?? [])),
    ],
    get fingerprint() {
      return fingerprint()
    },
  }
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

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort()
}

/**
 * Same facts, same fingerprint, whichever door: rules, indicators, analytes, canonical values, effective times,
 * kidney band and the roles that mattered. No resource ids, no ages in days, no knowledge version.
 */
function fingerprintOf({ leader, others, indicator }: Merged, facts: Facts, kept: Kept): string {
  const items = [leader, ...others].map((item) => ({
    rule: item.finding.rule,
    indicator: item.indicator,
    results: item.finding.restsOn
      .map(({ analyte, canonical, at }) => [
        analyte.id,
        rounded(canonical.interval.low),
        rounded(canonical.interval.high),
        at.precision === 'instant' ? at.from : at.day,
      ])
      .map((result) => result.join(' '))
      .sort(),
    roles: [...item.finding.roles(kept)].sort(),
  }))
  const text = JSON.stringify([indicator, facts.kidney.band, items])
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}

/** The same value by two unit spellings or factors is the same value: five significant digits. */
function rounded(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(5))) : String(value)
}
