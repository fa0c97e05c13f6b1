import type { Direction } from '../quantity/limit.ts'
import { foldedSpelling } from '../quantity/unit.ts'
import { conditionIndexOf, conditionSetOf } from './compile-conditions.ts'
import { drugsOf } from './compile-drugs.ts'
import { notesOf } from './compile-notes.ts'
import type { KnowledgeFiles } from './files.ts'
import type {
  Analyte,
  AnalyteId,
  AnalyteUnit,
  CodeEntry,
  Concepts,
  KidneyKnowledge,
  Knowledge,
  RuleKnowledge,
  SuggestedTest,
  Threshold,
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
    names: { words: files.names.value.words, notWords: files.names.value.notWords },
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
    concepts: conceptsOf(files),
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
          textOnly: test.textOnly,
        },
      ]),
    ),
    recheck: files.recheck.value.rows,
    overrideReasons: {
      system: files.overrideReasons.value.system,
      reasons: files.overrideReasons.value.reasons,
    },
    notes: notesOf(files),
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
    about: file.about,
    molarMass: file.molarMass ?? null,
    valence: file.valence ?? null,
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
      source: code.source,
    })),
    refused: file.refused.map(({ list, ...code }) => ({ ...code, list: list === 'nothing' ? null : list })),
    hardLimits: file.hardLimits ?? null,
    zones: file.zones.map((zone) => ({
      ...zone,
      couldBe: zone.couldBe.map(({ unit, analyte }) => ({ unit, analyte: analyte ?? file.id })),
    })),
    rangeFactor: file.rangeFactor?.factor ?? null,
    rangeFactorSource: file.rangeFactor?.source ?? null,
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

/** The head of the file stands with the other heads (notes). */
function conceptsOf({ concepts }: KnowledgeFiles): Concepts {
  const { about, source, ...codes } = concepts.value
  return codes
}

function windowsOf({ windows }: KnowledgeFiles): Knowledge['windows'] {
  const days = Object.entries(windows.value.windows).map(([name, window]) => [name, window.days])
  return Object.fromEntries(days) as Record<WindowName, number>
}

function kidneyOf(files: KnowledgeFiles): KidneyKnowledge {
  const caveats = files.caveats.value
  return {
    methods: new Map(
      files.kidney.value.methods.map((method) => [method.code, { ...method, sex: method.sex ?? null }]),
    ),
    bands: new Map(files.kidney.value.bands.map(({ band, meaning }) => [band, meaning])),
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

function limitOf(limit: KnowledgeFiles['rules'][number]['value']['thresholds'][string]): Threshold {
  for (const direction of DIRECTIONS) {
    const values = limit[direction]
    if (values) return { direction, values, source: limit.source, note: limit.note ?? null }
  }
  throw new Error('the schema lets no limit without a direction pass')
}
