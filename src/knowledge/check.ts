import { foldedSpelling } from '../quantity/unit.ts'
import { checkAnalytes } from './check-analytes.ts'
import { checkCaveats } from './check-caveats.ts'
import { checkReferences } from './check-references.ts'
import { checkWords } from './check-words.ts'
import type { KnowledgeFiles } from './files.ts'
import type { KnowledgeFile, KnowledgeProblem } from './yaml.ts'

/** What a rule's code uses by key; the knowledge must hold exactly this (knowledge-format.md). */
export interface RuleDeclaration {
  readonly id: string
  readonly thresholds: readonly string[]
  readonly sentences: readonly string[]
}

/** Drug groups and condition sets that the code asks for by id: without them it would fall silent. */
export interface KnowledgeUses {
  readonly drugGroups: readonly string[]
  readonly conditionSets: readonly string[]
}
const NO_USES: KnowledgeUses = { drugGroups: [], conditionSets: [] }

type Checked = Pick<KnowledgeFile<unknown>, 'placeOf' | 'isSites'>
/** What contradicts the reported place: if a site wrote this one and not the other, it is told here. */
export interface Opposite {
  readonly file: Checked
  readonly path: PropertyKey[]
  /** as it is said from this side */
  readonly reason?: string
}
export type Report = (file: Checked, path: PropertyKey[], reason: string, opposite?: Opposite) => void

/**
 * What no single file can show: codes in two places, units nobody can spell, references that lead nowhere,
 * rules and their files that disagree.
 */
export function checkKnowledge(
  files: KnowledgeFiles,
  rules: readonly RuleDeclaration[],
  uses: KnowledgeUses = NO_USES,
): KnowledgeProblem[] {
  const problems: KnowledgeProblem[] = []
  const report: Report = (file, path, reason, opposite) => {
    const isTheOther = opposite && !file.isSites(path) && opposite.file.isSites(opposite.path)
    if (isTheOther)
      problems.push({ ...opposite.file.placeOf(opposite.path), reason: opposite.reason ?? reason })
    else problems.push({ ...file.placeOf(path), reason })
  }
  checkUnits(files, report)
  checkAnalytes(files, report)
  checkRanges(files, report)
  checkConditions(files, report)
  checkRules(files, rules, report)
  checkWords(files, rules, report)
  checkCaveats(files, report)
  checkReferences(files, report)
  checkUses(files, uses, report)
  return problems
}

function checkUnits({ units }: KnowledgeFiles, report: Report) {
  const seen = new Map<string, string>()
  for (const [unit, { spellings }] of Object.entries(units.value.units)) {
    for (const spelling of [unit, ...spellings]) {
      const folded = foldedSpelling(spelling)
      const other = seen.get(folded)
      if (other !== undefined && other !== unit) {
        report(units, ['units', unit], `"${spelling}" is a spelling of ${other} already`)
      }
      seen.set(folded, unit)
    }
  }
}

function checkRanges({ ranges, analytes }: KnowledgeFiles, report: Report) {
  const rows = new Set<string>()
  for (const file of ranges) {
    file.value.ranges.forEach((range, index) => {
      const analyte = analytes.find(({ value }) => value.id === range.analyte)?.value
      for (const side of ['low', 'high'] as const) {
        for (const unit of Object.keys(range[side])) {
          if (analyte && !analyte.units[unit]) {
            report(file, ['ranges', index, side], `${unit} is no unit of ${range.analyte}`)
          }
        }
      }
      const key = JSON.stringify([file.value.applies, range.analyte, range.years ?? null, range.sex ?? null])
      if (rows.has(key)) report(file, ['ranges', index], 'a second row for the same patients')
      rows.add(key)
      for (const side of ['low', 'high'] as const) {
        const units = Object.keys(range[side])
        if (analyte && units.length > 0 && !units.includes(analyte.canonical)) {
          report(file, ['ranges', index, side], `no limit in ${analyte.canonical}`)
        }
      }
      for (const [unit, low] of Object.entries(range.low)) {
        const high = range.high[unit]
        if (high !== undefined && low >= high)
          report(file, ['ranges', index], `${unit}: low is not below high`)
      }
    })
  }
}

function checkConditions({ conditions }: KnowledgeFiles, report: Report) {
  const ids = new Set(conditions.map(({ value }) => value.id))
  for (const file of conditions) {
    file.value.includes.forEach((id, index) => {
      if (!ids.has(id)) report(file, ['includes', index], `no set ${id}`)
    })
    if (`conditions/${file.value.id}.yaml` !== file.file)
      report(file, ['id'], 'the file is named after another id')
  }
}

/** units of thresholds that are no result's: hours, days, years, percent, factors */
const PLAIN_UNITS = ['h', 'd', 'a', '%', 'times the previous one', 'times the lower limit']

function checkRules(files: KnowledgeFiles, rules: readonly RuleDeclaration[], report: Report) {
  for (const file of files.rules) {
    const rule = rules.find(({ id }) => id === file.value.id)
    if (!rule) {
      report(file, ['id'], `no rule ${file.value.id} in the program`)
      continue
    }
    for (const key of Object.keys(file.value.thresholds)) {
      if (!rule.thresholds.includes(key)) report(file, ['thresholds', key], `the rule does not use ${key}`)
    }
    for (const key of rule.thresholds) {
      if (!file.value.thresholds[key]) report(file, ['thresholds'], `the rule needs the threshold ${key}`)
    }
  }
  const units = new Set([...Object.keys(files.units.value.units), ...PLAIN_UNITS])
  for (const file of files.rules) {
    for (const [key, limit] of Object.entries(file.value.thresholds)) {
      for (const unit of Object.keys(limit.below ?? limit.atMost ?? limit.above ?? limit.atLeast ?? {})) {
        if (!units.has(unit)) report(file, ['thresholds', key], `${unit} is no unit of analytes/units.yaml`)
      }
    }
  }
  for (const { code } of files.kidney.value.methods) {
    const egfr = files.analytes.find(({ value }) => value.id === 'egfr')
    if (!egfr?.value.allowed.some((allowed) => allowed.code === code)) {
      report(files.kidney, ['methods'], `${code} is no allowed code of analytes/egfr.yaml`)
    }
  }
  for (const rule of rules) {
    if (!files.rules.some(({ value }) => value.id === rule.id)) {
      report(files.version, [], `rules/${rule.id}.yaml is missing`)
    }
  }
}

function checkUses(files: KnowledgeFiles, uses: KnowledgeUses, report: Report) {
  const groups = files.drugGroups.value.groups.map(({ id }) => id)
  for (const id of uses.drugGroups) {
    if (!groups.includes(id)) report(files.drugGroups, ['groups'], `the program needs the group ${id}`)
  }
  groups.forEach((id, index) => {
    if (groups.indexOf(id) !== index)
      report(files.drugGroups, ['groups', index, 'id'], `a second group ${id}`)
  })
  for (const id of uses.conditionSets) {
    if (!files.conditions.some(({ value }) => value.id === id)) {
      report(files.version, [], `conditions/${id}.yaml is missing: the program needs it`)
    }
  }
}
