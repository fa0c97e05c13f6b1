/** The same facts, sent in another way, give the same advice: every case, every change, every rule's verdict. */
import type { Assessment } from '../../src/advisories/assessment.ts'
import { asFhir } from '../cases/as-fhir.ts'
import { boundary, field, variantsOf, vignettes } from '../cases/case-files.ts'
import { changes } from './changes.ts'
import { assessmentOf, type Run } from './run-case.ts'

interface Named extends Run {
  readonly id: string
}

const stories: Named[] = [
  ...vignettes.cases
    .filter((story) => story.hook === 'patient-view')
    .map((story) => ({ id: story.id, ...asFhir(story, vignettes.now), now: vignettes.now })),
  ...boundary.cases.map((story) => ({ id: story.id, ...asFhir(story, boundary.now), now: boundary.now })),
]

const fieldRuns: Named[] = field.cases
  .filter((one) => one.door === 'assess')
  .flatMap(variantsOf)
  .map(({ name, resources }) => ({
    id: name,
    patientId: 'pt-1',
    sent: resources.map((resource) => ({ resource, fullUrl: null })),
    incomplete: [],
    now: field.now,
  }))

const runs = [...stories, ...fieldRuns]

/** What was decided, without words, units and list order. */
function decided(assessment: Assessment) {
  return {
    verdicts: assessment.verdicts.map(({ rule, verdict }) => `${rule}: ${verdict}`).sort(),
    cards: assessment.advisories.map(({ rule, indicator, merged, renalCaveat, fingerprint }) => ({
      rule,
      indicator,
      merged: [...merged].sort(),
      renalCaveat,
      fingerprint,
    })),
    kidney: { band: assessment.kidney.band, confidence: assessment.kidney.confidence },
    notJudged: assessment.notJudged
      .map((entry) => `${entry.observation ?? 'patient'} ${entry.analyte ?? ''} ${entry.reason}`)
      .sort(),
    judged: assessment.results
      .filter((result) => result.judged)
      .map((result) => `${result.observation} ${result.analyte} ${result.reading}`)
      .sort(),
  }
}

describe.each(changes.map((change) => [change.name, change] as const))('%s', (_name, change) => {
  const affected = runs.flatMap((run) => {
    const sent = change.apply(run.sent, run.patientId)
    return sent === null ? [] : [{ id: run.id, run, sent }]
  })

  test('there are cases that it changes', () => {
    expect(affected.length).toBeGreaterThan(0)
  })

  test.each(affected.map((one) => [one.id, one] as const))('%s is judged the same', (_id, { run, sent }) => {
    expect(decided(assessmentOf({ ...run, sent }))).toEqual(decided(assessmentOf(run)))
  })
})

describe('an infusion on file as the order or as what was given', () => {
  const infused = boundary.cases.filter((story) =>
    story.medications?.some(
      (medication) => medication.atc?.startsWith('B05XA') === true && medication.until !== undefined,
    ),
  )

  test.each(infused.map((story) => [story.id, story] as const))('%s is judged the same', (_id, story) => {
    const { now } = boundary
    const asGiven = assessmentOf({ ...asFhir(story, now, { infusions: 'administration' }), now })
    const asOrdered = assessmentOf({ ...asFhir(story, now, { infusions: 'order' }), now })
    expect(decided(asOrdered)).toEqual(decided(asGiven))
  })
})

describe('a record that is read twice', () => {
  test.each(runs.map((run) => [run.id, run] as const))('%s gives the same assessment', (_id, run) => {
    const first = assessmentOf(run)
    const second = assessmentOf(run)
    expect(decided(second)).toEqual(decided(first))
    expect(second.advisories.map(({ summary, detail }) => ({ summary, detail }))).toEqual(
      first.advisories.map(({ summary, detail }) => ({ summary, detail })),
    )
  })
})
