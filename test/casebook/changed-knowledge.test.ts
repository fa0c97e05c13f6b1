/** The symbolic cases read their numbers from the knowledge: a site's other numbers do not make them false. */
import { readCasebook } from '../../src/casebook/read.ts'
import { runCases } from '../../src/casebook/run.ts'
import type { Knowledge, RuleKnowledge, Threshold } from '../../src/knowledge/types.ts'
import { knowledge, knowledgeFolder } from '../loaded-knowledge.ts'

const now = new Date('2026-11-20T09:30:00Z')
const casebook = readCasebook(knowledgeFolder)

/** The published knowledge with one threshold changed in all of its units. */
function changed(rule: string, key: string, change: (value: number, unit: string) => number): Knowledge {
  const of = knowledge.rules.get(rule)
  const limit = of?.thresholds[key]
  if (!of || !limit) throw new Error(`no threshold ${rule}.${key}`)
  const values = Object.fromEntries(
    Object.entries(limit.values).map(([unit, value]) => [unit, change(value, unit)]),
  )
  const thresholds: Record<string, Threshold> = { ...of.thresholds, [key]: { ...limit, values } }
  const rules = new Map<string, RuleKnowledge>(knowledge.rules)
  rules.set(rule, { ...of, thresholds })
  return { ...knowledge, rules }
}

const failed = (of: Knowledge) =>
  runCases(of, casebook, now)
    .filter(({ symbolic, problems }) => symbolic && problems.length > 0)
    .map(({ file, title, problems }) => `${file}: ${title}: ${problems.join('; ')}`)

const CHANGES: readonly [string, string, (value: number, unit: string) => number][] = [
  ['MG-LOW', 'critical', (_, unit) => ({ 'mmol/L': 0.45, 'mg/dL': 1.1, 'mEq/L': 0.9 })[unit] ?? 0],
  ['MG-LOW', 'lowPotassium', () => 3.3],
  ['MG-HIGH', 'critical', (_, unit) => ({ 'mmol/L': 2.5, 'mg/dL': 6.1, 'mEq/L': 5.0 })[unit] ?? 0],
  ['MG-OBSTETRIC', 'warning', (_, unit) => ({ 'mmol/L': 3.3, 'mg/dL': 8.0, 'mEq/L': 6.6 })[unit] ?? 0],
  ['MG-OBSTETRIC', 'afterInfusion', () => 36],
  ['MG-RECHECK', 'afterInfusion', () => 8],
  ['MG-LOW-RENAL-WASTING', 'femg', () => 3],
  ['MG-LOW-RENAL-WASTING', 'repeatAfter', () => 60],
  ['MG-LOW-RENAL-WASTING', 'youngAge', () => 40],
  ['CA-LOW', 'criticalAdjusted', (_, unit) => ({ 'mmol/L': 1.8, 'mg/dL': 7.2, 'mEq/L': 3.6 })[unit] ?? 0],
  ['P-LOW', 'warning', (_, unit) => ({ 'mmol/L': 0.6, 'mg/dL': 1.9 })[unit] ?? 0],
  ['P-HIGH', 'rise', () => 8],
  ['REFEEDING', 'afterFeeding', () => 96],
  ['DQ-DILUTION', 'saltShift', () => 10],
  ['DQ-HAEMOLYSIS', 'nearLow', () => 1.2],
  ['VITD-LOW', 'low', (_, unit) => ({ 'nmol/L': 25, 'ng/mL': 10 })[unit] ?? 0],
]

test.each(CHANGES)('all symbolic cases hold with another %s.%s', (rule, key, change) => {
  expect(failed(changed(rule, key, change))).toEqual([])
})

test('a change moves the tested numbers: the limit itself is no longer tested where it was', () => {
  const titles = (of: Knowledge) =>
    runCases(of, casebook, now)
      .filter(({ name }) => name === 'the critical limit')
      .map(({ title }) => title)
  const other = changed('MG-LOW', 'critical', (_, unit) => ({ 'mmol/L': 0.45, 'mg/dL': 1.1 })[unit] ?? 0.9)
  expect(titles(knowledge)).toContain('the critical limit: below, 0.49 mmol/L')
  expect(titles(other)).toContain('the critical limit: below, 0.44 mmol/L')
  expect(titles(other)).not.toContain('the critical limit: below, 0.49 mmol/L')
})

test('a limit that is meant the other way round is noticed', () => {
  const of = knowledge.rules.get('MG-LOW')
  const critical = of?.thresholds.critical
  if (!of || !critical) throw new Error('no MG-LOW.critical')
  const rules = new Map<string, RuleKnowledge>(knowledge.rules)
  const atMost: Threshold = { ...critical, direction: 'atMost' }
  rules.set('MG-LOW', { ...of, thresholds: { ...of.thresholds, critical: atMost } })
  expect(failed({ ...knowledge, rules }).join('\n')).toMatch(
    /the critical limit: on, 0\.50 mmol\/L: expected MG-LOW info, came critical/,
  )
})
