import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
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
  kidneyFile,
  namesFile,
  rangesFile,
  ruleFile,
  serviceFile,
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
  /** sha256 over the names and bytes of all files */
  readonly hash: string
}

/**
 * Reads the folder. Every problem of every file is reported together.
 *
 * @throws nothing for bad content; an unreadable folder is the operating system's error
 */
export function readKnowledgeFiles(
  folder: string,
): { ok: true; files: KnowledgeFiles } | { ok: false; problems: KnowledgeProblem[] } {
  const problems: KnowledgeProblem[] = []
  const hash = createHash('sha256')

  const read = <S extends z.ZodType>(file: string, schema: S): Parsed<S> | null => {
    let source: string
    try {
      source = readFileSync(path.join(folder, file), 'utf8')
    } catch {
      problems.push({ file, line: 1, reason: 'the file is missing' })
      return null
    }
    hash.update(file).update('\0').update(source).update('\0')
    const result = readKnowledgeFile(file, source, schema)
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

  if (
    problems.length > 0 ||
    !(
      version &&
      units &&
      names &&
      concepts &&
      windows &&
      wording &&
      drugs &&
      drugGroups &&
      drugMatching &&
      kidney &&
      caveats
    )
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
      hash: hash.digest('hex'),
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
