import { missingCases, unmatchedFiles } from './casebook/missing.ts'
import { type RuleCases, readCasebook } from './casebook/read.ts'
import { type CaseResult, runCases } from './casebook/run.ts'
import { KNOWLEDGE_FOLDER } from './knowledge/folder.ts'
import { KnowledgeError, type KnowledgeProblem, loadKnowledge } from './knowledge/load.ts'
import type { Knowledge, SiteNumber } from './knowledge/types.ts'
import { LABORATORY_RULES } from './rules/catalogue.ts'
import { USES } from './uses.ts'

export interface PublishedFrom {
  readonly folder?: string
  readonly overlay?: string | null
}

/**
 * The rule book together with the rules of this program.
 *
 * @throws KnowledgeError with every problem found
 */
export function loadPublished({ folder = KNOWLEDGE_FOLDER, overlay = null }: PublishedFrom = {}): Knowledge {
  return loadKnowledge({ folder, overlay, rules: LABORATORY_RULES, uses: USES })
}

/** An instant for the worked cases: they count from it, so any would do. */
const CASES_AT = new Date('2026-11-20T09:00:00Z')

export interface Worked {
  readonly casebook: readonly RuleCases[]
  readonly results: readonly CaseResult[]
  /** whole cases that a site's overlay tells something else now: no fault, but to be read */
  readonly changed: readonly CaseResult[]
}

/**
 * Runs the worked cases of a rule book on it. Symbolic cases must hold under every overlay; whole cases hold
 * printed values and may change with one.
 *
 * @throws KnowledgeError if a case fails, or a threshold has no case below, on and above it in every unit
 */
export function workedCases(
  knowledge: Knowledge,
  { folder = KNOWLEDGE_FOLDER, overlay = null }: PublishedFrom = {},
): Worked {
  const casebook = readCasebook(folder)
  const results = runCases(withAllRules(knowledge), casebook, CASES_AT)
  const failed = results.filter(({ problems }) => problems.length > 0)
  const changed = overlay === null ? [] : failed.filter(({ symbolic }) => !symbolic)
  const problems = failuresOf(
    failed.filter((result) => !changed.includes(result)),
    knowledge.notes.siteNumbers,
  )
  for (const { rule, threshold, unit } of missingCases(knowledge, casebook)) {
    problems.push({
      file: `rules/${rule}.cases.yaml`,
      line: 1,
      reason: `${threshold} has no case below, on and above it in ${unit}`,
    })
  }
  for (const told of unmatchedFiles(knowledge, casebook))
    problems.push({ file: 'rules', line: 1, reason: String(told) })
  if (problems.length > 0) throw new KnowledgeError(problems)
  return { casebook, results, changed }
}

/**
 * Cases that fail, at the place where they stand. With an overlay that is none of the site's files, so they are told
 * where the site changed the number that they test, else a number of their rule, else a window: once for each place.
 */
function failuresOf(failed: readonly CaseResult[], siteNumbers: readonly SiteNumber[]): KnowledgeProblem[] {
  const numberOf = ({ rule, threshold }: CaseResult) => {
    const ofRule = siteNumbers.filter((number) => number.rule === rule)
    return (
      ofRule.find(({ key }) => key === threshold) ??
      ofRule[0] ??
      siteNumbers.find((number) => number.rule === null) ??
      null
    )
  }
  return [...Map.groupBy(failed, numberOf)].flatMap(([number, cases]): KnowledgeProblem[] => {
    const reasons = cases.map(({ title, problems }) => `case "${title}": ${problems.join('; ')}`)
    if (number === null) return cases.map(({ file, line }, at) => ({ file, line, reason: reasons[at] ?? '' }))
    const { key, file, line } = number
    const [first] = cases
    const more = cases.length > 1 ? `; and ${cases.length - 1} more worked cases fail` : ''
    return [
      { file, line, reason: `${key}: with this number ${reasons[0]} (${first?.file}:${first?.line})${more}` },
    ]
  })
}

/** The cases prove numbers and words; that a site switched a rule off is its will, and no fault of the others. */
function withAllRules(knowledge: Knowledge): Knowledge {
  const rules = [...knowledge.rules].map(([id, rule]) => [id, { ...rule, enabled: true }] as const)
  return { ...knowledge, rules: new Map(rules) }
}
