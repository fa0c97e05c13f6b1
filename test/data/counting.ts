import type { Assessment } from '../../src/advisories/assessment.ts'
import type { Counts } from './expected-counts.ts'

export function countsOf(assessments: readonly Assessment[]): Counts {
  return {
    results: tally(assessments.flatMap(({ results }) => results.map((result) => result.analyte))),
    notJudged: tally(assessments.flatMap(({ notJudged }) => notJudged.map((entry) => entry.reason))),
    cards: tally(
      assessments.flatMap(({ advisories }) => advisories.map((one) => `${one.rule} ${one.indicator}`)),
    ),
  }
}

function tally(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

/** Compares with what was written down; UPDATE_COUNTS=1 prints instead of comparing. */
export function expectCounts(name: string, came: Counts, expected: Counts | null): void {
  if (process.env.UPDATE_COUNTS === '1') {
    process.stdout.write(`export const ${name}: Counts | null = ${JSON.stringify(came, null, 2)}\n`)
    return
  }
  if (expected === null) {
    throw new Error(
      `the counts ${name} are not written down yet: run UPDATE_COUNTS=1 node test/run.ts test/data`,
    )
  }
  expect(came).toEqual(expected)
}

/** What must be true of every assessment, whatever the record: returns what is not. */
export function oddities(assessment: Assessment, sentObservations: ReadonlySet<string>): string[] {
  const odd: string[] = []
  const known = (reference: string) => sentObservations.has(reference.split('#')[0] ?? '')
  const verdicts = assessment.verdicts.map((verdict) => verdict.rule)
  if (new Set(verdicts).size !== verdicts.length) odd.push('a rule has two verdicts')
  for (const { observation, analyte, canonical, judged } of assessment.results) {
    if (observation !== null && !known(observation)) odd.push(`result ${observation} was never sent`)
    if (canonical.low !== null && canonical.high !== null && !(canonical.low <= canonical.high)) {
      odd.push(`${analyte} ${observation} is held from ${canonical.low} to ${canonical.high}`)
    }
    if (
      judged &&
      assessment.results.filter((other) => other.judged && other.analyte === analyte).length > 1
    ) {
      odd.push(`two results of ${analyte} are judged`)
    }
  }
  for (const advisory of assessment.advisories) {
    if (advisory.summary === '' || advisory.summary.length >= 140)
      odd.push(`summary of ${advisory.rule}: "${advisory.summary}"`)
    if (advisory.detail.length > 1500)
      odd.push(`the detail of ${advisory.rule} has ${advisory.detail.length} characters`)
    for (const finding of advisory.findings) {
      for (const observation of finding.observations) {
        if (!known(observation)) odd.push(`${finding.rule} rests on ${observation}, which was never sent`)
      }
    }
  }
  for (const entry of assessment.notJudged) {
    if (entry.observation !== null && !known(entry.observation))
      odd.push(`not judged: ${entry.observation}, never sent`)
  }
  return [...new Set(odd)]
}
