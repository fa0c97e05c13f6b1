import type { Knowledge, RuleKnowledge } from '../knowledge/types.ts'
import type { Facts } from '../labs/facts.ts'
import type { Range } from '../labs/range.ts'
import { oncePer } from '../quantity/once.ts'
import { remembered } from '../quantity/remembered.ts'
import type { Reading } from '../readings/reading.ts'
import type { Kept, RuleId } from '../rules/rule.ts'
import type { Basis } from './assessment.ts'
import type { Merged } from './merge.ts'
import { kidneyView, rangeView } from './views.ts'

/**
 * What a reader needs to check the advice without us (orders.md 6.8): inputs as reported and as converted, with
 * time, age and resource; range and whose; kidney status; thresholds; rules, version and sources; what was missing.
 */
export function basisOf({ leader, others }: Merged, facts: Facts, kept: Kept): Basis {
  const { knowledge, patient } = facts
  const findings = [leader, ...others].map(({ finding }) => finding)
  const rules = findings.map(({ rule }) => rule)
  const readings = [...new Set(findings.flatMap(({ restsOn }) => restsOn))]
  return {
    inputs: readings.map((reading) => input(reading, facts)),
    kidney: kidneyView(facts),
    thresholds: thresholdsOf(rules, knowledge),
    considered: [...new Set(findings.flatMap((finding) => finding.roles(kept)))].sort(),
    rules,
    knowledgeVersion: knowledge.version,
    sources: sourcesOf(rules, knowledge),
    missing: [...patient.notOnFile.map((thing) => `${thing} not on file`), ...patient.conditions.named],
    incomplete: facts.incomplete.lists,
  }
}

/** The sources of a card's rules, each once, in the order of the rules. */
export function sourcesOf(rules: readonly RuleId[], knowledge: Knowledge): readonly string[] {
  return sourcesBy(knowledge)(rules.join(' '))
}

const MOST_CARDS = 200

const sourcesBy = oncePer((knowledge: Knowledge) =>
  remembered((rules): readonly string[] => {
    const sources = rules.split(' ').flatMap((rule) => knowledge.rules.get(rule)?.sources ?? [])
    return [...new Set(sources)]
  }, MOST_CARDS),
)

type Shown = Readonly<Record<string, unknown>>

/** A rule's thresholds as they are shown: the same for every patient. */
const shownThresholds = oncePer(
  (rule: RuleKnowledge): Shown =>
    Object.fromEntries(
      Object.entries(rule.thresholds).map(([key, { direction, values, source }]) => [
        key,
        { [direction]: values, source },
      ]),
    ),
)

function thresholdsOf(rules: readonly RuleId[], knowledge: Knowledge): Shown {
  const thresholds: Record<string, Shown> = {}
  for (const id of rules) {
    const rule = knowledge.rules.get(id)
    const shown = rule && shownThresholds(rule)
    if (shown && Object.keys(shown).length > 0) thresholds[id] = shown
  }
  return thresholds
}

function input(reading: Reading, facts: Facts): Readonly<Record<string, unknown>> {
  const range: Range | null = facts.rangeOf(reading)
  const { low, high } = reading.canonical.interval
  return {
    observation: reading.observation,
    analyte: reading.analyte.id,
    code: reading.code.code,
    reported: reading.reported.text,
    canonical: {
      low: Number.isFinite(low) ? low : null,
      high: Number.isFinite(high) ? high : null,
      unit: reading.canonical.unit,
    },
    effective: reading.at.text,
    ageDays: Math.floor(facts.clock.ageDays(reading.at) * 10) / 10,
    status: reading.raw.status,
    range: rangeView(range),
    refusedRanges: range?.refused.map(({ reason }) => reason) ?? [],
    labFlag: reading.raw.interpretation[0] ?? null,
  }
}
