/** The worked cases: what the core says to whole stories, to values on a limit, and to what really goes wrong. */
import { asFhir } from '../cases/as-fhir.ts'
import { boundary, field, type Story, variantsOf, vignettes } from '../cases/case-files.ts'
import { fieldProblems, holds, storyProblems } from '../cases/expectation.ts'
import { assessmentOf } from './run-case.ts'

const titled = <T extends { readonly id: string; readonly title: string }>(cases: readonly T[]) =>
  cases.map((one) => [one.id, one.title, one] as const)

describe('vignettes', () => {
  const viewed = vignettes.cases.filter((story) => story.hook === 'patient-view')

  test.each(titled(viewed))('%s %s', (_id, _title, story) => {
    const { now } = vignettes
    const assessment = assessmentOf({ ...asFhir(story, now), now })
    holds(story.id, story.title, story.why, assessment, storyProblems(story, assessment, 'vignette'))
  })
})

describe('boundary cases', () => {
  test.each(titled(boundary.cases))('%s %s', (_id, _title, story) => {
    const { now } = boundary
    const assessment = assessmentOf({ ...asFhir(story, now), now })
    const expected = withoutMemory(story)
    holds(story.id, story.title, story.why, assessment, storyProblems(expected, assessment, 'boundary'))
  })
})

/** RESULT-CORRECTED rests on what memory advised earlier: `assess` alone gives no card. */
function withoutMemory(story: Story): Story {
  const cards = story.expected.cards.filter((card) => card.rule !== 'RESULT-CORRECTED')
  if (cards.length === story.expected.cards.length) return story
  return { ...story, expected: { ...story.expected, cards, cardCount: { min: 0, max: 0 } } }
}

describe('field cases sent as one Bundle', () => {
  const runs = field.cases
    .filter((one) => one.door === 'assess')
    .flatMap((one) =>
      variantsOf(one).map((variant) => ({ ...variant, id: variant.name, title: one.title, why: one.why })),
    )

  test.each(titled(runs))('%s %s', (_id, _title, run) => {
    const { now } = field
    const assessment = assessmentOf({
      patientId: 'pt-1',
      sent: run.resources.map((resource) => ({ resource, fullUrl: null })),
      incomplete: [],
      now,
    })
    holds(run.id, run.title, run.why, assessment, fieldProblems(run.expected, assessment))
  })
})

describe('what the field cases ask for besides', () => {
  const assessed = (id: string) => {
    const one = field.cases.find((candidate) => candidate.id === id)
    if (one === undefined) throw new Error(`no field case ${id}`)
    const sent = (one.input.resources ?? []).map((resource) => ({ resource, fullUrl: null }))
    return assessmentOf({ patientId: 'pt-1', sent, incomplete: [], now: field.now })
  }

  test('F202 the assessment says that the own range was refused', () => {
    const [phosphate] = assessed('F202').results.filter((result) => result.analyte === 'phosphate')
    expect(phosphate?.notes.join('; ')).toMatch(/range/i)
  })

  test('F203 the refused range is named with modifier-not-understood', () => {
    const [magnesium] = assessed('F203').results.filter((result) => result.analyte === 'magnesium')
    expect(magnesium?.notes.join('; ')).toMatch(/modifier-not-understood/)
    expect(magnesium?.judged).toBe(true)
  })

  test('F216 the unit is shown as reported', () => {
    const [magnesium] = assessed('F216').results.filter((result) => result.analyte === 'magnesium')
    expect(`${magnesium?.reported.text} ${magnesium?.reported.unit}`).toContain('mg/dL{Mg}')
  })

  test('F308 calcium and magnesium stand in the list of judged results', () => {
    const judged = assessed('F308').results.filter((result) => result.judged)
    expect(judged.map((result) => result.analyte)).toEqual(expect.arrayContaining(['calcium', 'magnesium']))
  })

  test('F311 the older magnesium is judged, and the assessment says that a newer one could not be used', () => {
    const assessment = assessed('F311')
    const older = assessment.results.find((result) => result.observation === 'Observation/mg-0')
    expect(older?.judged).toBe(true)
    expect(older?.reading).toBe('in-range')
    expect(older?.notes.join('; ')).toMatch(/newer result/i)
  })
})
