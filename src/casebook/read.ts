import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { KnowledgeError, type KnowledgeProblem, readKnowledgeFile } from '../knowledge/yaml.ts'
import { type CasesForm, casesFile } from './form.ts'

/** The cases of one rule. */
export interface RuleCases {
  /** the rule that the file is named after */
  readonly rule: string
  /** "rules/MG-LOW.cases.yaml" */
  readonly file: string
  readonly about: string
  readonly base: CasesForm['base']
  /** each with its line in the file */
  readonly cases: readonly (CasesForm['cases'][number] & { readonly line: number })[]
}

const ENDING = '.cases.yaml'

/**
 * One cases file.
 *
 * @param file its path below the knowledge folder; its name is the rule's id
 * @throws KnowledgeError with file, line and reason of everything that is wrong
 */
export function readRuleCases(file: string, source: string): RuleCases {
  const read = readKnowledgeFile({ file, text: source }, casesFile)
  if (!read.ok) throw new KnowledgeError(read.problems)
  const { value, placeOf } = read.value
  const seen = new Set<string>()
  const problems: KnowledgeProblem[] = []
  const cases = value.cases.map((one, index) => {
    const { line } = placeOf(['cases', index])
    if (seen.has(one.name)) problems.push({ file, line, reason: `a second case is called "${one.name}"` })
    seen.add(one.name)
    return { ...one, line }
  })
  if (problems.length > 0) throw new KnowledgeError(problems)
  return { rule: path.posix.basename(file, ENDING), file, about: value.about, base: value.base, cases }
}

/**
 * All rules/<ID>.cases.yaml of a knowledge folder, by file name. The only function of the casebook that reads files.
 *
 * @throws KnowledgeError with the problems of every file together; an unreadable folder is the operating system's error
 */
export function readCasebook(folder: string): readonly RuleCases[] {
  const problems: KnowledgeProblem[] = []
  const casebook: RuleCases[] = []
  const names = readdirSync(path.join(folder, 'rules')).filter((name) => name.endsWith(ENDING))
  for (const name of names.sort()) {
    try {
      casebook.push(readRuleCases(`rules/${name}`, readFileSync(path.join(folder, 'rules', name), 'utf8')))
    } catch (error) {
      if (!(error instanceof KnowledgeError)) throw error
      problems.push(...error.problems)
    }
  }
  if (problems.length > 0) throw new KnowledgeError(problems)
  return casebook
}
