/** What the cards of the vignettes must mention and must not say (cases/phrases.json), and the field cases' words. */
import { readFileSync } from 'node:fs'
import { assessmentOf } from '../agreement/run-case.ts'
import { asFhir } from '../cases/as-fhir.ts'
import { cardText, pattern } from '../cases/card-text.ts'
import { boundary, type FieldAdvisory, field, variantsOf, vignettes } from '../cases/case-files.ts'

type Alternative = string | readonly string[]
interface Ideas {
  readonly mustMention: Readonly<Record<string, readonly Alternative[]>>
  readonly mustNotSay: Readonly<Record<string, readonly string[]>>
}
const { cases } = JSON.parse(readFileSync(new URL('../cases/phrases.json', import.meta.url), 'utf8')) as {
  cases: Readonly<Record<string, Ideas>>
}

const stories = vignettes.cases.filter(({ id, hook }) => hook === 'patient-view' && cases[id] !== undefined)

test('the patient-view vignettes with cards are V04, V09, V13 and V18', () => {
  expect(stories.map(({ id }) => id)).toEqual(['V04', 'V09', 'V13', 'V18'])
})

describe.each(stories.map((story) => [story.id, story] as const))('%s', (id, story) => {
  const assessment = assessmentOf({ ...asFhir(story, vignettes.now), now: vignettes.now })
  const text = assessment.advisories.map(cardText).join(' ')
  const { mustMention, mustNotSay } = cases[id] ?? { mustMention: {}, mustNotSay: {} }

  test.each(Object.entries(mustMention))('mentions: %s', (_idea, alternatives) => {
    const holds = (alternative: Alternative) =>
      [alternative].flat().every((source) => pattern(source).test(text))
    expect({ text, mentioned: alternatives.some(holds) }).toEqual({ text, mentioned: true })
  })

  test.each(Object.entries(mustNotSay))('does not say: %s', (_idea, sources) => {
    const said = sources
      .map((source) => pattern(source).exec(text)?.[0])
      .filter((found) => found !== undefined)
    expect(said).toEqual([])
  })
})

describe('field cases', () => {
  const runs = field.cases
    .filter(({ door }) => door === 'assess')
    .flatMap((one) => variantsOf(one))
    .filter(({ expected }) => (expected.advisories ?? []).some(({ mention, notSay }) => mention || notSay))

  test.each(runs.map((run) => [run.name, run] as const))(
    '%s says what it must, and nothing it must not',
    (_name, run) => {
      const assessment = assessmentOf({
        patientId: 'pt-1',
        sent: run.resources.map((resource) => ({ resource, fullUrl: null })),
        incomplete: [],
        now: field.now,
      })
      for (const [index, expected] of (run.expected.advisories ?? []).entries()) {
        const { mention = [], notSay = [] } = expected as FieldAdvisory & {
          mention?: string[]
          notSay?: string[]
        }
        const advisory = assessment.advisories[index]
        const text = `${advisory?.summary} ${advisory?.detail}`.toLowerCase()
        for (const words of mention) expect(text).toContain(words.toLowerCase())
        // "<10 nmol/L" holds "0 nmol/L": a number is forbidden as a number of its own
        for (const words of notSay)
          expect(text).not.toMatch(new RegExp(`(?<![\\d.])${words.toLowerCase()}(?![\\d])`, 'u'))
      }
    },
  )
})

test('no card of a child holds a dose, and none of any patient says a forbidden word', () => {
  const forbidden =
    /\b(?:improves bone density|reduces fracture|optimal|safe|natural|all clear|administer now)\b/iu
  for (const story of [...vignettes.cases, ...boundary.cases].filter(({ hook }) => hook === 'patient-view')) {
    const { advisories } = assessmentOf({ ...asFhir(story, boundary.now), now: boundary.now })
    for (const { summary, detail } of advisories) {
      expect(`${summary} ${detail}`).not.toMatch(forbidden)
      if (story.patient.ageYears < 18)
        expect(detail).not.toMatch(/\b\d+ ?mg\b(?! ?\/)|\bhalf the usual dose/iu)
    }
  }
})
