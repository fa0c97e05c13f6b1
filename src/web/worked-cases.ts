import type { RuleCases } from '../casebook/read.ts'
import type { CaseResult } from '../casebook/run.ts'
import { expectationText, factsText } from './case-text.ts'

/** The worked cases as the page shows them, and what each gave when it was last run. */
export interface CasebookResults {
  readonly rules: readonly RuleCasesShown[]
}

export interface RuleCasesShown {
  readonly rule: string
  readonly about: string
  readonly cases: readonly CaseShown[]
}

export interface CaseShown {
  readonly name: string
  /** the patient, in words */
  readonly told: string
  /** one line, or one for each side of a threshold: "below (0.49 mmol/L, 1.1 mg/dL): critical" */
  readonly expected: readonly string[]
  /** how many patients stand for it: one, or one for each unit and side */
  readonly patients: number
  /** empty = it gave what was expected */
  readonly problems: readonly string[]
}

/** Brings the cases as written together with what they gave (casebook/read.ts, casebook/run.ts). */
export function casebookResults(
  casebook: readonly RuleCases[],
  results: readonly CaseResult[],
): CasebookResults {
  const byCase = Map.groupBy(results, ({ file, line }) => `${file}:${line}`)
  return {
    rules: casebook.map(({ rule, file, about, cases }) => ({
      rule,
      about,
      cases: cases.map((one) => {
        const ran = byCase.get(`${file}:${one.line}`) ?? []
        return {
          name: one.name,
          told: factsText(one),
          expected: expectedOf(one, ran),
          patients: ran.length,
          problems: ran.flatMap(({ title, problems }) =>
            problems.map((problem) => (title === one.name ? problem : `${title}: ${problem}`)),
          ),
        }
      }),
    })),
  }
}

function expectedOf(one: RuleCases['cases'][number], ran: readonly CaseResult[]): readonly string[] {
  const also = one.notJudged === undefined ? '' : `; not judged: ${[one.notJudged].flat().join(', ')}`
  if (one.expect !== undefined) return [expectationText(one.expect) + also]
  return (['below', 'on', 'above'] as const).flatMap((side) => {
    const expected = one[side]
    if (expected === undefined) return []
    const numbers = ran.flatMap(({ title }) => {
      const start = `${one.name}: ${side}, `
      return title.startsWith(start) ? [title.slice(start.length).replaceAll(' ', '\u00a0')] : []
    })
    return [
      `${side}${numbers.length > 0 ? ` (${numbers.join(', ')})` : ''}: ${expectationText(expected)}${also}`,
    ]
  })
}
