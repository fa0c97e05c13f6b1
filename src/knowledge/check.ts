import { foldedSpelling } from '../quantity/unit.ts'
import { checkCaveats } from './check-caveats.ts'
import { checkReferences } from './check-references.ts'
import { checkWords } from './check-words.ts'
import type { KnowledgeFiles } from './files.ts'
import { ANALYTES } from './types.ts'
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

type Checked = Pick<KnowledgeFile<unknown>, 'placeOf'>
export type Report = (file: Checked, path: PropertyKey[], reason: string) => void

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
  const report: Report = (file, path, reason) => {
    problems.push({ ...file.placeOf(path), reason })
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

/** LOINC's mod-10 check digit. */
export function hasLoincCheckDigit(code: string): boolean {
  const [number = '', check = ''] = code.split('-')
  const odd = [...number]
    .reverse()
    .filter((_, place) => place % 2 === 0)
    .reverse()
    .join('')
  const even = [...number]
    .reverse()
    .filter((_, place) => place % 2 === 1)
    .reverse()
    .join('')
  const digits = even + String(Number(odd) * 2)
  const sum = [...digits].reduce((total, digit) => total + Number(digit), 0)
  return (10 - (sum % 10)) % 10 === Number(check)
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

function checkAnalytes({ analytes, units, names }: KnowledgeFiles, report: Report) {
  const place = new Map<string, string>()
  for (const id of ANALYTES) {
    if (!analytes.some(({ value }) => value.id === id)) {
      report(names, [], `analyte ${id} has no file in analytes/`)
    }
  }
  for (const file of analytes) {
    const { value } = file
    for (const list of ['allowed', 'refused'] as const) {
      value[list].forEach(({ code }, index) => {
        const path = [list, index, 'code']
        const other = place.get(code)
        if (other !== undefined) report(file, path, `${code} stands in ${other} already`)
        place.set(code, file.file)
        if (!hasLoincCheckDigit(code)) report(file, path, `${code} fails the LOINC check digit`)
      })
    }
    if (!value.units[value.canonical])
      report(file, ['canonical'], `${value.canonical} is not among the units`)
    for (const [unit, { of, factor, power }] of Object.entries(value.units)) {
      if (!units.value.units[unit]) report(file, ['units', unit], `${unit} is not in analytes/units.yaml`)
      if (of !== undefined && !value.units[of]) report(file, ['units', unit], `${of} is not among the units`)
      if (of !== undefined && factor !== undefined)
        report(file, ['units', unit], 'either a factor or a multiple')
      if (of !== undefined && power === undefined)
        report(file, ['units', unit], 'a multiple needs its power of ten')
      if (of === undefined && factor === undefined && unit !== value.canonical) {
        report(file, ['units', unit], 'no factor to the canonical unit')
      }
    }
    value.zones.forEach((zone, index) => {
      zone.couldBe.forEach((other, at) => {
        const of = analytes.find((one) => one.value.id === (other.analyte ?? value.id))?.value
        if (!of?.units[other.unit])
          report(file, ['zones', index, 'couldBe', at], `${other.unit} is no unit of ${of?.id ?? 'it'}`)
      })
      if (!value.units[zone.unit]) report(file, ['zones', index], `${zone.unit} is not among the units`)
      if (zone.low >= zone.high) report(file, ['zones', index], 'low is not below high')
    })
    if (value.hardLimits && value.hardLimits.unit !== value.canonical) {
      report(file, ['hardLimits', 'unit'], `hard limits are kept in ${value.canonical}`)
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
