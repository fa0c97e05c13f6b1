/** Where a failed case is told: where it stands, or where a site wrote the number that makes it fail. */
import type { SiteNumber } from '../knowledge/site-numbers.ts'
import type { KnowledgeProblem } from '../knowledge/yaml.ts'
import type { RuleCases } from './read.ts'
import type { CaseResult } from './run.ts'

export function atTheCase(failed: CaseResult): KnowledgeProblem {
  return { file: failed.file, line: failed.line, reason: reasonOf(failed) }
}

/**
 * Which of a site's numbers makes cases fail is tried, not guessed: a case that holds with the published number in the
 * site's place is told at that number, once for all such cases. The others are told where they stand.
 *
 * @param withoutNumber the results of the same cases with the published number
 */
export function atTheSite(
  failed: readonly CaseResult[],
  numbers: readonly SiteNumber[],
  withoutNumber: (number: SiteNumber) => readonly CaseResult[],
): KnowledgeProblem[] {
  const left = new Set(failed)
  const problems: KnowledgeProblem[] = []
  for (const number of numbers) {
    const holding = new Set(
      withoutNumber(number)
        .filter(({ problems: told }) => told.length === 0)
        .map(nameOf),
    )
    const because = failed.filter((one) => holding.has(nameOf(one)))
    const [first, ...others] = because
    if (first === undefined) continue
    for (const one of because) left.delete(one)
    const more = others.length === 0 ? '' : `; worked cases that fail with it, too: ${others.length}`
    problems.push({
      file: number.file,
      line: number.line,
      reason: `${number.key}: with this number ${reasonOf(first)} (${first.file}:${first.line})${more}`,
    })
  }
  return [...problems, ...[...left].map(atTheCase)]
}

/** The casebook with only the cases of these results. */
export function only(casebook: readonly RuleCases[], results: readonly CaseResult[]): readonly RuleCases[] {
  const wanted = new Set(results.map(({ file, line }) => `${file}:${line}`))
  return casebook.map((rule) => ({
    ...rule,
    cases: rule.cases.filter(({ line }) => wanted.has(`${rule.file}:${line}`)),
  }))
}

/** Not by its title, which holds the tested number. */
function nameOf({ file, line, index }: CaseResult): string {
  return `${file}:${line}:${index}`
}

function reasonOf({ title, problems }: CaseResult): string {
  return `case "${title}": ${problems.join('; ')}`
}
