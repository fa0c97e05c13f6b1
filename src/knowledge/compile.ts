import type { Direction, Limit } from '../quantity/limit.ts'
import { foldedSpelling } from '../quantity/unit.ts'
import type { KnowledgeFiles } from './files.ts'
import type {
  Analyte,
  AnalyteId,
  AnalyteUnit,
  CodeEntry,
  ConditionCode,
  ConditionHit,
  ConditionIndex,
  ConditionSet,
  Drug,
  DrugKnowledge,
  KidneyKnowledge,
  Knowledge,
  RuleKnowledge,
  SuggestedTest,
  WindowName,
} from './types.ts'

/** The checked files as the core's look-up tables. Cross-file problems are check.ts's business, not this one's. */
export function compileKnowledge(files: KnowledgeFiles): Knowledge {
  const analytes = new Map<AnalyteId, Analyte>(
    files.analytes.map(({ value }) => [value.id, analyteOf(value)]),
  )
  const conditions = new Map(files.conditions.map(({ value }) => [value.id, conditionSetOf(value)]))
  return {
    version: versionOf(files),
    spellings: new Map(
      Object.entries(files.units.value.units).flatMap(([unit, { spellings }]) =>
        // as written too: most senders need no folding
        [unit, ...spellings].flatMap((spelling): [string, string][] => [
          [spelling, unit],
          [foldedSpelling(spelling), unit],
        ]),
      ),
    ),
    analytes,
    codes: codesOf([...analytes.values()]),
    names: files.names.value,
    ranges: files.ranges.flatMap(({ value }) =>
      value.ranges.map((range) => ({
        ...range,
        applies: value.applies,
        years: range.years ?? null,
        sex: range.sex ?? null,
      })),
    ),
    conditions,
    conditionIndex: conditionIndexOf(conditions),
    concepts: files.concepts.value,
    windows: windowsOf(files),
    drugs: drugsOf(files),
    kidney: kidneyOf(files),
    rules: new Map(files.rules.map(({ value }) => [value.id, ruleOf(value)])),
    wording: files.wording.value.sentences,
    services: new Map(files.services.map(({ value }) => [value.id, value])),
    evidence: new Map(files.evidence.map(({ value }) => [value.id, value])),
    suggestions: new Map(
      Object.entries(files.suggestions.value.suggestions).map(([id, test]): [string, SuggestedTest] => [
        id,
        {
          label: test.label,
          analyte: test.analyte ?? null,
          mass: 'mass' in test.codes ? test.codes.mass : test.codes,
          molar: 'molar' in test.codes ? test.codes.molar : test.codes,
          covers: test.covers,
        },
      ]),
    ),
    recheck: files.recheck.value.rows,
    overrideReasons: files.overrideReasons.value,
  }
}

/** "0.1.0+3f2a9c1d", with an overlay "0.1.0+3f2a9c1d.north-hospital-99aa00bb" (semver build metadata). */
function versionOf({ version, hash, site }: KnowledgeFiles): string {
  const own = `${version.value.version}+${hash.slice(0, 8)}`
  return site === null ? own : `${own}.${site.name}-${site.hash.slice(0, 8)}`
}

function analyteOf(file: KnowledgeFiles['analytes'][number]['value']): Analyte {
  const factorOf = (unit: string): number => {
    const of = file.units[unit]?.of
    return of === undefined ? (file.units[unit]?.factor ?? 1) : factorOf(of)
  }
  return {
    id: file.id,
    name: file.name,
    symbol: file.symbol,
    readByRules: file.readByRules,
    canonical: file.canonical,
    units: new Map(
      Object.entries(file.units).map(([unit, entry]): [string, AnalyteUnit] => [
        unit,
        {
          unit,
          comparedIn: entry.of ?? unit,
          shift: entry.power ?? 0,
          factor: factorOf(unit),
          decimals: entry.decimals,
          source: entry.source,
        },
      ]),
    ),
    allowed: file.allowed.map((code) => ({
      code: code.code,
      name: code.name,
      part: code.part ?? null,
      shownOnly: code.shownOnly ?? false,
      dialysis: code.dialysis ?? null,
    })),
    refused: file.refused.map(({ list, ...code }) => ({ ...code, list: list === 'nothing' ? null : list })),
    hardLimits: file.hardLimits ?? null,
    zones: file.zones.map((zone) => ({
      ...zone,
      couldBe: zone.couldBe.map(({ unit, analyte }) => ({ unit, analyte: analyte ?? file.id })),
    })),
    rangeFactor: file.rangeFactor?.factor ?? null,
  }
}

function codesOf(analytes: readonly Analyte[]): Map<string, CodeEntry> {
  const codes = new Map<string, CodeEntry>()
  for (const analyte of analytes) {
    for (const code of analyte.refused) codes.set(code.code, { use: 'refused', analyte, code })
  }
  for (const analyte of analytes) {
    for (const code of analyte.allowed) codes.set(code.code, { use: 'allowed', analyte, code })
  }
  return codes
}

function withoutDots(code: string): string {
  return code.replaceAll('.', '').toUpperCase()
}

function conditionSetOf(file: KnowledgeFiles['conditions'][number]['value']): ConditionSet {
  const codeOf = (code: (typeof file.snomed)[number]): ConditionCode => ({
    code: code.code,
    display: code.display,
    enabled: code.enabled,
    onlyWithText: code.onlyWithText ?? null,
    notWithText: code.notWithText ?? null,
    days: code.days ?? null,
    historyCounts: code.historyCounts,
    only: code.only ?? null,
    fromAge: code.fromAge ?? null,
  })
  return {
    id: file.id,
    title: file.title,
    snomed: file.snomed.map(codeOf),
    icd10: file.icd10.map((code) => ({ ...codeOf(code), code: withoutDots(code.code) })),
    procedures: file.procedures.map(codeOf),
    exceptSnomed: new Set(file.not?.snomed.map(({ code }) => code)),
    exceptIcd10: (file.not?.icd10 ?? []).map(({ code, only }) => ({
      code: withoutDots(code),
      only: only ?? null,
    })),
    includes: file.includes,
    days: file.days ?? null,
    words: file.words,
  }
}

function conditionIndexOf(sets: ReadonlyMap<string, ConditionSet>): ConditionIndex {
  const index = { snomed: new Map(), icd10: new Map(), procedures: new Map() } satisfies Record<
    string,
    Map<string, ConditionHit[]>
  >
  const add = (map: Map<string, ConditionHit[]>, set: ConditionSet, codes: readonly ConditionCode[]) => {
    for (const code of codes.filter(({ enabled }) => enabled)) {
      const hits = map.get(code.code)
      if (hits) hits.push({ set, code })
      else map.set(code.code, [{ set, code }])
    }
  }
  for (const set of sets.values()) {
    for (const part of [
      set,
      ...set.includes.map((id) => sets.get(id)).filter((other) => other !== undefined),
    ]) {
      const asSet = part === set ? set : { ...set, days: part.days, exceptIcd10: part.exceptIcd10 }
      add(index.snomed, asSet, part.snomed)
      add(index.icd10, asSet, part.icd10)
      add(index.procedures, asSet, part.procedures)
    }
  }
  return index
}

function windowsOf({ windows }: KnowledgeFiles): Knowledge['windows'] {
  const days = Object.entries(windows.value.windows).map(([name, window]) => [name, window.days])
  return Object.fromEntries(days) as Record<WindowName, number>
}

function drugsOf(files: KnowledgeFiles): DrugKnowledge {
  const drugs: Drug[] = files.drugs.value.drugs.map(({ drug, names, roles, atc, rxnorm }) => ({
    name: drug,
    names,
    roles,
    atc,
    rxnorm: rxnorm.map(({ rxcui }) => rxcui),
  }))
  const byAtc = new Map<string, Drug[]>()
  for (const drug of drugs) for (const code of drug.atc) byAtc.set(code, [...(byAtc.get(code) ?? []), drug])
  const matching = files.drugMatching.value
  return {
    drugs,
    byRxnorm: new Map(drugs.flatMap((drug) => drug.rxnorm.map((code): [string, Drug] => [code, drug]))),
    byAtc,
    byName: drugs
      .flatMap((drug) => drug.names.map((name) => ({ name: name.toLowerCase(), drug })))
      .sort((a, b) => b.name.length - a.name.length || (a.name < b.name ? -1 : 1)),
    groups: new Map(files.drugGroups.value.groups.map((group) => [group.id, group])),
    groupsByAtc: indexed(files.drugGroups.value.groups, ({ atc }) => atc),
    groupsByRole: indexed(files.drugGroups.value.groups, ({ roles }) => roles),
    falseFriends: matching.falseFriends.map((text) => text.toLowerCase()),
    localAtc: matching.localAtc,
    localRoutes: new Set(matching.localRoutes.map(({ code }) => code)),
    localWords: wordsPattern(matching.localWords, { whole: false }),
    parenteralRoutes: new Set(matching.parenteralRoutes.map(({ code }) => code)),
    parenteralWords: wordsPattern(matching.parenteralWords, { whole: true }),
    feeding: {
      ...matching.feeding,
      words: wordsPattern(matching.feeding.words, { whole: false }),
      notWords: wordsPattern(matching.feeding.notWords, { whole: false }),
    },
  }
}

/** One pattern for a list of words in lower-case text: from the beginning of a word, or the whole word. */
function wordsPattern(words: readonly string[], { whole }: { whole: boolean }): RegExp {
  if (words.length === 0) return /(?!)/u
  const escaped = [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.toLowerCase().replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'))
  const end = whole ? '(?![\\p{L}\\p{N}])' : ''
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})${end}`, 'gu')
}

function indexed<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): Map<string, T[]> {
  const index = new Map<string, T[]>()
  for (const item of items) for (const key of keysOf(item)) index.set(key, [...(index.get(key) ?? []), item])
  return index
}

function kidneyOf(files: KnowledgeFiles): KidneyKnowledge {
  const caveats = files.caveats.value
  return {
    methods: new Map(
      files.kidney.value.methods.map((method) => [method.code, { ...method, sex: method.sex ?? null }]),
    ),
    recency: files.kidney.value.recency,
    caveats: new Map(
      Object.entries(caveats.topics).map(([topic, bands]) => [topic, new Map(Object.entries(bands))]),
    ),
    phrases: caveats.phrases,
  }
}

function ruleOf(file: KnowledgeFiles['rules'][number]['value']): RuleKnowledge {
  return {
    ...file,
    thresholds: Object.fromEntries(
      Object.entries(file.thresholds).map(([key, limit]) => [key, limitOf(limit)]),
    ),
    sentences: Object.fromEntries(
      Object.entries(file.sentences).map(([key, sentence]) => [
        key,
        typeof sentence === 'string' ? { text: sentence, source: null } : sentence,
      ]),
    ),
  }
}

const DIRECTIONS: readonly Direction[] = ['below', 'atMost', 'above', 'atLeast']

function limitOf(limit: KnowledgeFiles['rules'][number]['value']['thresholds'][string]): Limit {
  for (const direction of DIRECTIONS) {
    const values = limit[direction]
    if (values) return { direction, values, source: limit.source }
  }
  throw new Error('the schema lets no limit without a direction pass')
}
