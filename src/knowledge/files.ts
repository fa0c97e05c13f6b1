import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { z } from 'zod'
import {
  analyteFile,
  caveatsFile,
  conceptsFile,
  conditionFile,
  drugGroupsFile,
  drugMatchingFile,
  drugsFile,
  evidenceFile,
  kidneyFile,
  namesFile,
  overrideReasonsFile,
  rangesFile,
  recheckFile,
  ruleFile,
  serviceFile,
  siteFile,
  suggestionsFile,
  unitsFile,
  versionFile,
  windowsFile,
  wordingFile,
} from './schema.ts'
import { type KnowledgeFile, type KnowledgeProblem, readKnowledgeFile } from './yaml.ts'

type Parsed<S extends z.ZodType> = KnowledgeFile<z.output<S>>

/** All files of cds-hooks/, each checked against its form. */
export interface KnowledgeFiles {
  readonly version: Parsed<typeof versionFile>
  readonly units: Parsed<typeof unitsFile>
  readonly names: Parsed<typeof namesFile>
  readonly concepts: Parsed<typeof conceptsFile>
  readonly windows: Parsed<typeof windowsFile>
  readonly wording: Parsed<typeof wordingFile>
  readonly analytes: readonly Parsed<typeof analyteFile>[]
  readonly ranges: readonly Parsed<typeof rangesFile>[]
  readonly conditions: readonly Parsed<typeof conditionFile>[]
  readonly drugs: Parsed<typeof drugsFile>
  readonly drugGroups: Parsed<typeof drugGroupsFile>
  readonly drugMatching: Parsed<typeof drugMatchingFile>
  readonly kidney: Parsed<typeof kidneyFile>
  readonly caveats: Parsed<typeof caveatsFile>
  readonly rules: readonly Parsed<typeof ruleFile>[]
  readonly services: readonly Parsed<typeof serviceFile>[]
  readonly evidence: readonly Parsed<typeof evidenceFile>[]
  readonly suggestions: Parsed<typeof suggestionsFile>
  readonly recheck: Parsed<typeof recheckFile>
  readonly overrideReasons: Parsed<typeof overrideReasonsFile>
  /** sha256 over the names and bytes of all files */
  readonly hash: string
  /** the site's overlay: its name and a hash of its files */
  readonly site: { readonly name: string; readonly hash: string } | null
}

/**
 * Reads the folder. Every problem of every file is reported together.
 *
 * @throws nothing for bad content; an unreadable folder is the operating system's error
 */
export function readKnowledgeFiles(
  folder: string,
  overlay: string | null = null,
): { ok: true; files: KnowledgeFiles } | { ok: false; problems: KnowledgeProblem[] } {
  const problems: KnowledgeProblem[] = []
  const hash = createHash('sha256')

  if (overlay !== null && !existsSync(overlay)) {
    return { ok: false, problems: [{ file: overlay, line: 1, reason: 'there is no such folder (overlay)' }] }
  }
  const siteFiles = new Set(overlay === null ? [] : allYamlFilesIn(overlay))
  const siteHash = createHash('sha256')
  const read = <S extends z.ZodType>(file: string, schema: S): Parsed<S> | null => {
    const text = textOf(path.join(folder, file))
    if (text === null) {
      problems.push({ file, line: 1, reason: 'the file is missing' })
      return null
    }
    hash.update(file).update('\0').update(text).update('\0')
    const isChanged = overlay !== null && !NOT_A_SITES.has(file) && siteFiles.delete(file)
    const changes = isChanged ? textOf(path.join(overlay, file)) : null
    if (isChanged && changes === null) {
      problems.push({ file: `${path.basename(overlay)}/${file}`, line: 1, reason: 'the file cannot be read' })
      return null
    }
    if (changes !== null) siteHash.update(file).update('\0').update(changes).update('\0')
    const site = changes === null ? null : { file: `${path.basename(overlay ?? '')}/${file}`, text: changes }
    const result = readKnowledgeFile({ file, text }, schema, site)
    if (result.ok) return result.value
    problems.push(...result.problems)
    return null
  }
  const readAll = <S extends z.ZodType>(
    below: string,
    schema: S,
    except: readonly string[] = [],
  ): Parsed<S>[] =>
    yamlFilesIn(folder, below)
      .filter((file) => !except.includes(file))
      .map((file) => read(file, schema))
      .filter((file) => file !== null)

  const version = read('version.yaml', versionFile)
  const units = read('analytes/units.yaml', unitsFile)
  const names = read('analytes/names.yaml', namesFile)
  const concepts = read('concepts.yaml', conceptsFile)
  const windows = read('windows.yaml', windowsFile)
  const wording = read('wording.yaml', wordingFile)
  const analytes = readAll('analytes', analyteFile, ['analytes/units.yaml', 'analytes/names.yaml'])
  const ranges = readAll('reference-ranges', rangesFile)
  const conditions = readAll('conditions', conditionFile)
  const drugs = read('drugs/drugs.yaml', drugsFile)
  const drugGroups = read('drugs/groups.yaml', drugGroupsFile)
  const drugMatching = read('drugs/matching.yaml', drugMatchingFile)
  const kidney = read('kidney/status.yaml', kidneyFile)
  const caveats = read('kidney/caveats.yaml', caveatsFile)
  const rules = readAll('rules', ruleFile)
  const services = readAll('services', serviceFile)
  const evidence = readAll('evidence', evidenceFile)
  const suggestions = read('suggestions.yaml', suggestionsFile)
  const recheck = read('recheck.yaml', recheckFile)
  const overrideReasons = read('override-reasons.yaml', overrideReasonsFile)
  const site = overlay === null ? null : readSite(overlay, siteFiles, siteHash, problems)

  if (
    problems.length > 0 ||
    !(
      version &&
      units &&
      names &&
      concepts &&
      windows &&
      wording &&
      suggestions &&
      recheck &&
      overrideReasons
    ) ||
    !(drugs && drugGroups && drugMatching && kidney && caveats)
  ) {
    return { ok: false, problems }
  }
  return {
    ok: true,
    files: {
      version,
      units,
      names,
      concepts,
      windows,
      wording,
      analytes,
      ranges,
      conditions,
      drugs,
      drugGroups,
      drugMatching,
      kidney,
      caveats,
      rules,
      services,
      evidence,
      suggestions,
      recheck,
      overrideReasons,
      hash: hash.digest('hex'),
      site,
    },
  }
}

/** Paths below the folder, in a fixed order; cases files are read by `knowledge check` only. */
function yamlFilesIn(folder: string, below: string): string[] {
  let entries: string[]
  try {
    entries = readdirSync(path.join(folder, below))
  } catch {
    return []
  }
  return entries
    .filter((name) => name.endsWith('.yaml') && !name.endsWith('.cases.yaml'))
    .sort()
    .map((name) => `${below}/${name}`)
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/**
 * Everything below an overlay that calls itself YAML, with forward slashes: links too (a mounted ConfigMap is made of
 * them), and names that nothing reads, so that they are refused and not passed over. What begins with a dot is no part.
 */
function allYamlFilesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && /\.ya?ml$/iu.test(entry.name))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .filter((file) => !file.split('/').some((part) => part.startsWith('.')))
    .sort()
}

/** Files that are the published book's own, with the reason that a site is told. */
const NOT_A_SITES: ReadonlyMap<string, string> = new Map([
  ['version.yaml', 'the version is that of the published rule book; an overlay has its name in site.yaml'],
])

/** The overlay's own name (site.yaml), and a refusal of files that change nothing. */
function readSite(
  overlay: string,
  unread: ReadonlySet<string>,
  hash: ReturnType<typeof createHash>,
  problems: KnowledgeProblem[],
): KnowledgeFiles['site'] {
  const folder = path.basename(overlay)
  for (const file of unread) {
    if (file !== 'site.yaml') {
      problems.push({
        file: `${folder}/${file}`,
        line: 1,
        reason: NOT_A_SITES.get(file) ?? 'there is no file of this name in the rule book to change',
      })
    }
  }
  const text = textOf(path.join(overlay, 'site.yaml'))
  if (text === null) {
    problems.push({
      file: `${folder}/site.yaml`,
      line: 1,
      reason: 'the file is missing: it names the overlay',
    })
    return null
  }
  hash.update('site.yaml').update('\0').update(text)
  const read = readKnowledgeFile({ file: `${folder}/site.yaml`, text }, siteFile)
  if (!read.ok) {
    problems.push(...read.problems)
    return null
  }
  return { name: read.value.value.name, hash: hash.digest('hex') }
}
