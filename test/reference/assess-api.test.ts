/** The example of docs/reference/assess-api.md is what the program answers, and every member is explained. */
import type { Assessment } from '../../src/advisories/assessment.ts'
import { recordFromBundle } from '../../src/api/assess.ts'
import { assess } from '../../src/assess.ts'
import { knowledge } from '../loaded-knowledge.ts'
import { section, textOf } from './tables.ts'

const page = textOf('docs/reference/assess-api.md')
const [bundle, shown] = [...page.matchAll(/```json\n(.*?)```/gsu)].map(([, json = '']) => JSON.parse(json))
const answer: Assessment = JSON.parse(
  JSON.stringify(assess(recordFromBundle(bundle, 'UTC', []), knowledge, new Date('2026-11-20T09:00:00Z'))),
)

function membersOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}

describe('the example of docs/reference/assess-api.md', () => {
  test('has the members of the real answer, in their order', () => {
    expect(membersOf(shown)).toEqual(membersOf(answer))
    for (const list of ['results', 'advisories', 'notJudged', 'verdicts'] as const) {
      expect(membersOf(shown[list][0])).toEqual(membersOf(answer[list][0]))
    }
    expect(membersOf(shown.advisories[0].findings[0])).toEqual(membersOf(answer.advisories[0]?.findings[0]))
  })

  test('has the facts of the real answer', () => {
    const { assessedAt, patient, kidney, results, derived, notJudged, unlisted, incomplete } = shown
    expect(answer).toMatchObject({
      assessedAt,
      patient,
      kidney,
      results,
      derived,
      notJudged,
      unlisted,
      incomplete,
    })
    expect(answer.verdicts).toEqual(expect.arrayContaining(shown.verdicts))
    const { rule, indicator, merged, findings, renalCaveat } = shown.advisories[0]
    expect(answer.advisories).toHaveLength(1)
    expect(answer.advisories[0]).toMatchObject({ rule, indicator, merged, findings, renalCaveat })
  })
})

test.each([
  ['Answer', (one: Assessment) => one],
  ['kidney', (one: Assessment) => one.kidney],
  ['results', (one: Assessment) => one.results[0]],
  ['advisories', (one: Assessment) => one.advisories[0]],
  ['advisories', (one: Assessment) => one.advisories[0]?.findings[0]],
])('every member of %s is explained', (heading, part) => {
  const text = section(page, heading)
  const members = membersOf(part(answer))
  expect(members.length).toBeGreaterThan(5)
  expect(members.filter((member) => !new RegExp(`\`${member}(?:\\[\\])?\``, 'u').test(text))).toEqual([])
})
