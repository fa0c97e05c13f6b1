import { missingCases, unmatchedFiles } from './casebook/missing.ts'
import { type RuleCases, readCasebook } from './casebook/read.ts'
import { type CaseResult, runCases } from './casebook/run.ts'
import { atTheCase, atTheSite, only } from './casebook/told.ts'
import { KNOWLEDGE_FOLDER } from './knowledge/folder.ts'
import { KnowledgeError, type KnowledgeProblem, loadKnowledge } from './knowledge/load.ts'
import { siteNumbers, withPublished } from './knowledge/site-numbers.ts'
import type { Knowledge } from './knowledge/types.ts'
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
  const wrong = failed.filter((result) => !changed.includes(result))
  const problems =
    overlay === null || wrong.length === 0
      ? wrong.map(atTheCase)
      : siteProblems(wrong, knowledge, casebook, { folder, overlay })
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

/** The failed cases again, once for each of the site's numbers, with the published one in its place. */
function siteProblems(
  failed: readonly CaseResult[],
  knowledge: Knowledge,
  casebook: readonly RuleCases[],
  { folder, overlay }: { readonly folder: string; readonly overlay: string },
): KnowledgeProblem[] {
  const published = loadPublished({ folder })
  const cases = only(casebook, failed)
  return atTheSite(failed, siteNumbers(folder, overlay), (number) =>
    runCases(withAllRules(withPublished(number, knowledge, published)), cases, CASES_AT),
  )
}

/** The cases prove numbers and words; that a site switched a rule off is its will, and no fault of the others. */
function withAllRules(knowledge: Knowledge): Knowledge {
  const rules = [...knowledge.rules].map(([id, rule]) => [id, { ...rule, enabled: true }] as const)
  return { ...knowledge, rules: new Map(rules) }
}
