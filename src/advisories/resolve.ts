import { limitOf } from '../knowledge/limits.ts'
import type { Facts } from '../labs/facts.ts'
import { inUnitOf } from '../labs/range.ts'
import type { SuspectSample } from '../labs/suspect.ts'
import { plus } from '../quantity/decimal.ts'
import { isAbove } from '../quantity/interval.ts'
import type { Reading } from '../readings/reading.ts'
import { isDrawnOnObstetricInfusion } from '../rules/mg-obstetric.ts'
import type { Finding, RuleId } from '../rules/rule.ts'

/** What becomes of a finding before it is graded. */
export interface Resolved {
  readonly finding: Finding
  readonly replacedBy: RuleId | null
  /** it stands, "if confirmed on a clean sample": at most a warning */
  readonly heldBackBy: RuleId | null
  /** DQ-DILUTION: one of the findings it replaces had passed a critical limit */
  readonly replacesCritical: boolean
}

const EDTA_REPLACES: readonly RuleId[] = ['MG-LOW', 'MG-LOW-RENAL-WASTING', 'CA-LOW', 'CA-UNCERTAIN']
const DILUTION_REPLACES: readonly RuleId[] = [...EDTA_REPLACES, 'P-LOW']
const EDTA_REFEEDING: ReadonlySet<string> = new Set(['potassium', 'magnesium'])
const ALL_REFEEDING: ReadonlySet<string> = new Set(['phosphate', 'potassium', 'magnesium'])

/** Replace and hold back: steps 1 to 7 of rules.md 4.2. Step 1 (DQ-UNIT) is done: doubtful results are never judged. */
export function resolve(findings: readonly Finding[], facts: Facts): readonly Resolved[] {
  const state = new Map<RuleId, Resolved>(
    findings.map((finding) => [
      finding.rule,
      { finding, replacedBy: null, heldBackBy: null, replacesCritical: false },
    ]),
  )
  const kept = (rule: RuleId) => {
    const resolved = state.get(rule)
    return resolved && resolved.replacedBy === null ? resolved : null
  }
  const change = (rule: RuleId, to: Partial<Resolved>) => {
    const resolved = kept(rule)
    if (resolved) state.set(rule, { ...resolved, ...to })
  }
  const replace = (rule: RuleId, by: RuleId) => change(rule, { replacedBy: by })

  // steps 2 and 3: suspect samples
  const replaceSuspect = (
    by: RuleId,
    suspects: readonly SuspectSample[],
    replaces: readonly RuleId[],
    withoutAnalytes: ReadonlySet<string>,
  ) => {
    if (!kept(by)) return
    for (const rule of replaces) {
      const resolved = kept(rule)
      if (!resolved || !restsOn(resolved.finding, suspects)) continue
      replace(rule, by)
      if (resolved.finding.critical === 'yes') change(by, { replacesCritical: true })
    }
    const refeeding = kept('REFEEDING')
    if (refeeding && restsOn(refeeding.finding, suspects)) {
      const without = refeeding.finding.without?.(withoutAnalytes) ?? null
      if (without) change('REFEEDING', { finding: without })
      else {
        replace('REFEEDING', by)
        if (refeeding.finding.critical === 'yes') change(by, { replacesCritical: true })
      }
    }
  }
  replaceSuspect('DQ-EDTA', facts.edta, EDTA_REPLACES, EDTA_REFEEDING)
  if (kept('DQ-EDTA') && facts.haemolysis.every(({ sample }) => sharesSample(sample.anchor, facts.edta))) {
    replace('DQ-HAEMOLYSIS', 'DQ-EDTA')
  }
  replaceSuspect('DQ-DILUTION', facts.dilution, DILUTION_REPLACES, ALL_REFEEDING)

  // step 4: haemolysis explains a small excess
  if (kept('DQ-HAEMOLYSIS')) {
    for (const [rule, allowance] of [
      ['MG-HIGH', 'allowanceMagnesium'],
      ['P-HIGH', 'allowancePhosphate'],
    ] as const) {
      const resolved = kept(rule)
      if (!resolved || !restsOn(resolved.finding, facts.haemolysis)) continue
      const [reading] = resolved.finding.restsOn
      if (reading && isExplained(reading, allowance, facts)) replace(rule, 'DQ-HAEMOLYSIS')
      else change(rule, { heldBackBy: 'DQ-HAEMOLYSIS' })
    }
  }

  // step 5: on an obstetric infusion magnesium is judged by its own rule, and calcium is expected to fall
  if (kept('MG-OBSTETRIC')) {
    replace('MG-HIGH', 'MG-OBSTETRIC')
    replace('MG-RECHECK', 'MG-OBSTETRIC')
    for (const rule of ['CA-UNCERTAIN', 'CA-LOW'] as const) {
      const resolved = kept(rule)
      if (!resolved || resolved.finding.critical === 'yes') continue
      if (isDrawnOnObstetricInfusion(facts, resolved.finding.at)) replace(rule, 'MG-OBSTETRIC')
    }
  }
  // step 6
  if (kept('MG-RECHECK') && kept('MG-HIGH')?.finding.critical !== 'yes') replace('MG-HIGH', 'MG-RECHECK')
  // step 7
  if (kept('MG-LOW-RENAL-WASTING') && kept('MG-LOW')?.finding.critical !== 'yes') {
    replace('MG-LOW', 'MG-LOW-RENAL-WASTING')
  }
  return [...state.values()]
}

/** Does any result that decides the finding come from one of the samples? */
export function restsOn(finding: Finding, suspects: readonly SuspectSample[]): boolean {
  return finding.restsOn.some((reading) => suspects.some(({ sample }) => sample.readings.includes(reading)))
}

function sharesSample(reading: Reading, suspects: readonly SuspectSample[]): boolean {
  return suspects.some(({ sample }) => sample.readings.includes(reading))
}

/** Not above the upper limit by more than haemolysis adds; a bound that does not tell is held back, not explained. */
function isExplained(reading: Reading, allowance: string, { rangeOf, knowledge }: Facts): boolean {
  const high = rangeOf(reading)?.high
  if (!high) return false
  const { values } = limitOf(knowledge, 'DQ-HAEMOLYSIS', allowance)
  const extra = values[high.unit]
  if (extra === undefined) return false
  return isAbove(inUnitOf(high, reading, reading.analyte), plus(high.value, extra)) === 'no'
}
