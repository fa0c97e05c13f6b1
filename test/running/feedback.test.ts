/** Rows FB of cds-hooks.md 13, against the running service; what was stored is asked of GET /api/feedback. */
import { randomUUID } from 'node:crypto'
import { type Caller, caller, cardsIn, SERVICE } from './caller.ts'
import { exampleBodies } from './examples.ts'
import { testLastRows } from './last-rows.ts'
import { NOTE } from './markers.ts'
import type { Json } from './resources.ts'
import { cleanUp, type RunningService, startService } from './service.ts'

const PATH = `${SERVICE}/feedback`
const AT = '2026-01-02T03:04:05Z'
const examples = (exampleBodies() ?? []).filter(({ name }) => name.startsWith('own-feedback/'))
const withExamples = examples.length === 0 ? describe.skip : describe

let service: RunningService
let ehr: Caller

beforeAll(async () => {
  service = await startService()
  ehr = await caller(service)
})
afterAll(cleanUp)

const post = async (item: Json | readonly Json[], path = PATH) =>
  (await ehr.post({ feedback: Array.isArray(item) ? item : [item] }, path)).status
const isGood = (status: number) => status >= 200 && status < 300
const accepted = (card: string, id: string = randomUUID()): Json => ({
  card,
  outcome: 'accepted',
  acceptedSuggestions: [{ id }],
  outcomeTimestamp: AT,
})
const overridden = (card: string, more: Json = {}): Json => ({
  card,
  outcome: 'overridden',
  outcomeTimestamp: AT,
  ...more,
})
/** how often a text stands in the stored feedback */
const storedTimes = async (text: string) => {
  const { status, text: report } = await ehr.send('/api/feedback')
  expect(status).toBe(200)
  return report.split(text).length - 1
}

describe('FB', () => {
  test('FB-01 accepted, overridden with a reason, with a comment only, with neither: 2xx', async () => {
    const [card] = cardsIn(await ehr.post(ehr.body()))
    const uuid = card?.uuid ?? ''
    const [reason] = card?.overrideReasons ?? []
    for (const item of [
      accepted(uuid, String(card?.suggestions?.[0]?.uuid)),
      overridden(uuid, { overrideReason: { reason, userComment: `${NOTE} comment` } }),
      overridden(uuid, { overrideReason: { userComment: `${NOTE} only a comment` } }),
      overridden(uuid, { outcomeTimestamp: '2026-01-02T03:04:05.123+02:00' }),
    ]) {
      expect({ item, good: isGood(await post(item)) }).toEqual({ item, good: true })
    }
    expect(await storedTimes(uuid)).toBeGreaterThan(0)
  })

  test.each([
    ['no body', ''],
    ['no feedback', {}],
    ['null', null],
    ['an array', [{}]],
    ['feedback that is no array', { feedback: accepted(randomUUID()) }],
    ['an item that is no object', { feedback: [7] }],
    ['a null item', { feedback: [null] }],
    ['another outcome', { feedback: [{ ...accepted(randomUUID()), outcome: 'ignored' }] }],
    ['no outcome', { feedback: [{ ...accepted(randomUUID()), outcome: undefined }] }],
    [
      'accepted without suggestions',
      { feedback: [{ ...accepted(randomUUID()), acceptedSuggestions: undefined }] },
    ],
    [
      'accepted suggestions that are no objects',
      { feedback: [{ ...accepted(randomUUID()), acceptedSuggestions: ['x'] }] },
    ],
    ['no card', { feedback: [{ ...accepted(randomUUID()), card: undefined }] }],
    ['a card that is no text', { feedback: [{ ...accepted(randomUUID()), card: 7 }] }],
    ['no timestamp', { feedback: [{ ...accepted(randomUUID()), outcomeTimestamp: undefined }] }],
    [
      'a timestamp that is none',
      { feedback: [{ ...accepted(randomUUID()), outcomeTimestamp: 'yesterday' }] },
    ],
  ])('FB-02 %s: 400, and nothing is stored', async (_name, body) => {
    const { text: before } = await ehr.send('/api/feedback')
    expect((await ehr.post(body === '' ? '' : body, PATH)).status).toBe(400)
    expect((await ehr.send('/api/feedback')).text).toBe(before)
  })

  test('FB-02 one bad item among good ones: 400 that names its place', async () => {
    const answer = await ehr.post({ feedback: [accepted(randomUUID()), { card: 'x' }] }, PATH)
    expect(answer.status).toBe(400)
    expect(answer.text).toMatch(/feedback\[1\]/u)
  })

  test('FB-03 several items, two for one card, in one call: all are stored', async () => {
    const [one, two] = [randomUUID(), randomUUID()]
    expect(isGood(await post([accepted(one), overridden(one), accepted(two)]))).toBe(true)
    expect(await storedTimes(one)).toBe(2)
    expect(await storedTimes(two)).toBe(1)
  })

  test('FB-03 the same call again is stored once', async () => {
    const items = [accepted(randomUUID()), overridden(randomUUID())]
    for (let times = 0; times < 3; times += 1) expect(isGood(await post(items))).toBe(true)
    for (const { card } of items) expect(await storedTimes(String(card))).toBe(1)
  })

  test('FB-03 calls at once lose nothing', async () => {
    const cards = Array.from({ length: 30 }, () => randomUUID())
    await Promise.all(cards.map((card) => post(overridden(card))))
    const { text } = await ehr.send('/api/feedback?since=2020-01-01T00:00:00Z')
    expect(cards.filter((card) => !text.includes(card))).toEqual([])
  })

  test('FB-04 the shapes of Epic: 2xx, and the reason is kept', async () => {
    const [picked, built] = [`epic-${randomUUID()}`, `epic-${randomUUID()}`]
    const reason = { code: 'contraindicated-7', system: 'http://example.org/r', display: 'Contraindicated' }
    expect(isGood(await post(overridden(picked, { overrideReasons: { reason, userComment: NOTE } })))).toBe(
      true,
    )
    const extension = {
      'com.epic.cdshooks.feedback.overrideReason.reasonCategory': '45',
      'com.epic.cdshooks.feedback.overrideReason.reasonDisplay': 'a reason built in the EHR',
    }
    expect(isGood(await post(overridden(built, { overrideReasons: { extension } })))).toBe(true)
    expect(await storedTimes(picked)).toBe(1)
    expect(await storedTimes('contraindicated-7')).toBe(1)
    expect(await storedTimes('a reason built in the EHR')).toBe(1)
  })

  test('FB-05 an unknown card: 2xx; an unknown service: 404', async () => {
    expect(isGood(await post(accepted(randomUUID())))).toBe(true)
    expect(await post(accepted(randomUUID()), '/cds-services/none/feedback')).toBe(404)
  })

  test('hostile texts are stored as they are and harm nothing', async () => {
    const card = `x'); DROP TABLE feedback; --${randomUUID()}`
    const userComment = `${NOTE} <script>'"\\\u0000\u202e${'y'.repeat(5000)}`
    const status = await post(overridden(card, { overrideReason: { userComment } }))
    expect(status).toBeLessThan(500)
    expect(isGood(await post(overridden(randomUUID())))).toBe(true)
  })

  withExamples('the example bodies', () => {
    test.each(examples)('$name', async ({ name, json }) => {
      const { status } = await ehr.post(json, PATH)
      if (/\/(?:0|2)\d-/u.test(name)) expect(isGood(status)).toBe(true)
      else if (name.includes('16-empty')) expect([200, 204, 400]).toContain(status)
      else if (name.includes('14-bad-timestamp')) expect(status < 500).toBe(true)
      else expect(status).toBe(400)
    })
  })
})

testLastRows(() => ({ service, caller: ehr }))
