import { assess } from '../assess.ts'
import type { Knowledge } from '../knowledge/types.ts'
import { differences } from './compare.ts'
import { type ConcreteCase, concreteCases } from './concrete.ts'
import { CaseError } from './expression.ts'
import type { RuleCases } from './read.ts'
import { recordOf } from './record.ts'

/** What became of one case, or of one side of a threshold in one unit. */
export interface CaseResult {
  readonly rule: string
  readonly file: string
  readonly line: number
  /** as written; the same for all sides and units of a threshold */
  readonly name: string
  /** which of these, counted; it stays when the number changes */
  readonly index: number
  /** "critical limit: below, 0.49 mmol/L" */
  readonly title: string
  /** true: its numbers come from the loaded knowledge, so it must hold under every overlay */
  readonly symbolic: boolean
  /** empty = it holds */
  readonly problems: readonly string[]
}

/**
 * Runs cases on a loaded rule book and compares what the core says with what they expect. It needs no file and no
 * clock, and throws for nothing that a case or a rule book can hold: a case that cannot be built is a problem too.
 *
 * @param now any instant; the cases are told in hours and days before it
 */
export function runCases(
  knowledge: Knowledge,
  casebook: readonly RuleCases[],
  now: Date,
): readonly CaseResult[] {
  return casebook.flatMap((file) =>
    file.cases.flatMap((one) => {
      const result = (title: string, index: number, problems: readonly string[]): CaseResult => ({
        rule: file.rule,
        file: file.file,
        line: one.line,
        name: one.name,
        index,
        title,
        symbolic: one.threshold !== undefined,
        problems,
      })
      const notJudged = typeof one.notJudged === 'string' ? [one.notJudged] : (one.notJudged ?? [])
      let patients: readonly ConcreteCase[]
      try {
        patients = concreteCases(file.rule, file.base, one, knowledge)
      } catch (error) {
        return [result(one.name, 0, [reasonOf(error)])]
      }
      return patients.map((patient, index) =>
        result(patient.title, index, problemsOf(file.rule, patient, notJudged, knowledge, now)),
      )
    }),
  )
}

function problemsOf(
  rule: string,
  patient: ConcreteCase,
  notJudged: readonly string[],
  knowledge: Knowledge,
  now: Date,
): readonly string[] {
  try {
    const assessment = assess(recordOf(patient, knowledge, now), knowledge, now)
    return differences(rule, patient.expected, notJudged, assessment, knowledge)
  } catch (error) {
    return [reasonOf(error)]
  }
}

/** Only what is wrong with the case; a defect of the program is not hidden as a failed case. */
function reasonOf(error: unknown): string {
  if (error instanceof CaseError) return `the case cannot be built: ${error.message}`
  throw error
}
