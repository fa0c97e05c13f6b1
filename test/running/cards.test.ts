/** Rows CARD, SUG, ACT, LINK, SYS and EXT of cds-hooks.md 13, on every card of every fixture, through HTTP. */
import { lexer, type Token } from 'marked'
import { HOSTILE, hostile } from '../cards/all-cards.ts'
import { expected } from '../fixtures/fixture-files.ts'
import { type Answer, type Caller, type Card, caller, cardsIn } from './caller.ts'
import { testLastRows } from './last-rows.ts'
import { fixturePatients, type Json, type Person } from './resources.ts'
import { cleanUp, type RunningService, startService } from './service.ts'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u
const PUBLIC_URL = 'https://cds.example.org'

interface Shown {
  readonly who: Person
  readonly card: Card
}

let service: RunningService
let ehr: Caller
let answers: readonly Answer[]
let all: readonly Shown[]
let again: readonly Shown[]
let attacked: readonly Shown[]

const people = fixturePatients()

async function shownTo(persons: readonly Person[]): Promise<{ answers: Answer[]; shown: Shown[] }> {
  const given: Answer[] = []
  const shown: Shown[] = []
  for (const who of persons) {
    const answer = await ehr.post(ehr.body(who))
    expect({ who: who.name, status: answer.status }).toEqual({ who: who.name, status: 200 })
    given.push(answer)
    shown.push(...cardsIn(answer).map((card) => ({ who, card })))
  }
  return { answers: given, shown }
}

beforeAll(async () => {
  service = await startService({ publicUrl: PUBLIC_URL })
  ehr = await caller(service)
  const first = await shownTo(people)
  answers = first.answers
  all = first.shown
  again = (await shownTo(people)).shown
  attacked = (await shownTo(people.map((who) => ({ ...who, held: hostile(who.held) as Person['held'] }))))
    .shown
})
afterAll(cleanUp)

const tokensIn = (markdown: string): Token[] => {
  const deep = (tokens: readonly Token[]): Token[] =>
    tokens.flatMap((token) => [token, ...deep('tokens' in token && token.tokens ? token.tokens : [])])
  return deep(lexer(markdown, { gfm: true }))
}

/** every member of a value, with its key */
function membersOf(value: unknown, key = ''): readonly (readonly [string, unknown])[] {
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, member]) =>
          membersOf(member, Array.isArray(value) ? key : name),
        )
      : []
  return [[key, value], ...inner]
}

const suggestionsIn = (shown: readonly Shown[]) =>
  shown.flatMap(({ who, card }) => (card.suggestions ?? []).map((suggestion) => ({ who, card, suggestion })))
const actionsIn = (shown: readonly Shown[]) =>
  suggestionsIn(shown).flatMap(({ who, suggestion }) =>
    (suggestion.actions ?? []).map((action) => ({ who, action })),
  )

test('the fixtures, moved to today, still get nearly all the cards that a clinician expects', () => {
  expect(all.length).toBeGreaterThan(50)
  const codes = new Set(all.map(({ card }) => card.source.topic.code))
  expect(codes.size).toBeGreaterThan(14)
  const asExpected = people.filter(({ name }, index) => {
    const got = cardsIn(answers[index] ?? { json: {} }).map(({ indicator, source }) => [
      source.topic.code,
      indicator,
    ])
    const cards = expected[name]?.cards.slice(0, 5) ?? []
    const wanted = cards.map(({ rule, indicator }) => [rule.replaceAll('-', ''), indicator])
    return JSON.stringify(got) === JSON.stringify(wanted)
  })
  expect(asExpected.length).toBeGreaterThan(people.length - 6)
})

test('RESP-01 RESP-02 cards is an array; the only empty member anywhere is an empty list of cards', () => {
  for (const { json, text } of answers) {
    expect(Object.keys(json)).toEqual(['cards'])
    if (text !== '{"cards":[]}') expect(text).not.toMatch(/:null|:""|:\[\]|:\{\}|\[null|,null/u)
  }
  expect(answers.filter(({ text }) => text === '{"cards":[]}').length).toBeGreaterThan(0)
})

describe('CARD', () => {
  test('CARD-01 the summary has 1 to 139 characters on one line', () => {
    for (const { card } of [...all, ...attacked]) {
      expect(card.summary.trim()).not.toBe('')
      expect(card.summary.length).toBeLessThan(140)
      expect(Array.from(card.summary).length).toBeLessThan(140)
      expect(card.summary).not.toMatch(/[\r\n\t\u2028\u2029]/u)
    }
  })

  test('CARD-02 CARD-03 indicator and source', () => {
    for (const { card } of all) {
      expect(['info', 'warning', 'critical']).toContain(card.indicator)
      expect(card.source.label).toMatch(/\S/u)
      for (const member of ['url', 'icon']) {
        if (card.source[member] !== undefined) expect(card.source[member]).toMatch(/^https:\/\/[^/]+\//u)
      }
    }
  })

  test('CARD-04 the topic is a Coding, the same in a later call', () => {
    const topicsOf = (shown: readonly Shown[]) => shown.map(({ card }) => card.source.topic)
    for (const { code, system } of topicsOf(all)) {
      expect(code).toMatch(/^[A-Za-z0-9]{1,100}$/u)
      expect(system).toMatch(/^(?:urn:|https?:\/\/)\S+$/u)
    }
    expect(topicsOf(again)).toEqual(topicsOf(all))
  })

  test('CARD-05 every uuid is a UUID, and none comes twice', () => {
    const uuids = [...all, ...again, ...attacked].flatMap(({ card }) => [
      card.uuid,
      ...(card.suggestions ?? []).map(({ uuid }) => uuid),
    ])
    for (const uuid of uuids) expect(uuid).toMatch(UUID)
    expect(new Set(uuids).size).toBe(uuids.length)
  })

  test('CARD-06 CARD-07 the detail is plain GitHub-flavoured Markdown, also for hostile names and notes', () => {
    const never = [
      'html',
      'image',
      'link',
      'code',
      'codespan',
      'table',
      'heading',
      'blockquote',
      'del',
      'def',
    ]
    for (const { who, card } of [...all, ...attacked]) {
      const kinds = tokensIn(card.detail).map(({ type }) => type)
      expect({ who: who.name, kinds: kinds.filter((kind) => never.includes(kind)) }).toEqual({
        who: who.name,
        kinds: [],
      })
      expect(card.detail).not.toMatch(/(?<!\\)<[a-z!/]/iu)
    }
    expect(attacked.some(({ card }) => card.detail.includes('\\*\\*x'))).toBe(true)
  })

  test('CARD-07 no hostile text is in a summary, and no name of the patient in any card', () => {
    for (const { card } of attacked) {
      expect(card.summary).not.toMatch(/<[a-z!/]|\]\(|javascript/u)
      expect(`${card.summary}${card.detail}`).not.toContain('ZZNAME')
      expect(card.summary).not.toContain(HOSTILE.slice(0, 12))
    }
  })

  test('CARD-08 CARD-09 suggestions come with a selection behaviour; at most one is recommended', () => {
    for (const { card } of all) {
      expect(card.selectionBehavior === undefined).toBe(card.suggestions === undefined)
      if (card.suggestions === undefined) continue
      expect(card.suggestions.length).toBeGreaterThan(0)
      expect(['any', 'at-most-one']).toContain(card.selectionBehavior)
      const recommended = card.suggestions.filter(({ isRecommended }) => isRecommended === true)
      expect(recommended.length).toBeLessThanOrEqual(card.selectionBehavior === 'at-most-one' ? 1 : 0)
    }
  })

  test('CARD-10 override reasons are Codings with display, each code once', () => {
    for (const { card } of all) {
      const reasons = card.overrideReasons ?? []
      for (const reason of reasons) {
        for (const member of ['code', 'system', 'display']) expect(reason[member]).toMatch(/\S/u)
      }
      expect(new Set(reasons.map(({ code }) => code)).size).toBe(reasons.length)
    }
  })
})

describe('SUG, ACT', () => {
  test('SUG-01 SUG-02 SUG-03 label, uuid, one action, no member of 3.0', () => {
    expect(suggestionsIn(all).length).toBeGreaterThan(60)
    for (const { suggestion } of suggestionsIn(all)) {
      expect(suggestion.label).toMatch(/\S/u)
      expect(suggestion.uuid).toMatch(UUID)
      expect(suggestion.actions).toHaveLength(1)
      expect(suggestion).not.toHaveProperty('actionSelectionBehavior')
    }
  })

  test('ACT-01 ACT-02 ACT-03 type and description; create with a resource and without an id', () => {
    for (const { action } of actionsIn(all)) {
      // nothing is updated or deleted by a review, so ACT-03 has nothing to look at yet
      expect(action.type).toBe('create')
      expect(action.description).toMatch(/\S/u)
      expect(action).not.toHaveProperty('resourceId')
      expect(action.resource).toMatchObject({ resourceType: 'ServiceRequest' })
      expect(action.resource).not.toHaveProperty('id')
    }
  })

  test('ACT-02 a ServiceRequest has what FHIR R4 requires, and nothing that R4 does not have', () => {
    const known = [
      ...[
        'resourceType',
        'status',
        'intent',
        'priority',
        'category',
        'code',
        'orderDetail',
        'subject',
        'encounter',
      ],
      ...[
        'occurrenceDateTime',
        'occurrencePeriod',
        'occurrenceTiming',
        'reasonCode',
        'reasonReference',
        'note',
      ],
    ]
    for (const { action } of actionsIn(all)) {
      const resource = action.resource as Json
      for (const member of Object.keys(resource)) expect(known).toContain(member)
      for (const { system, code } of (resource.code as { coding: readonly Json[] }).coding) {
        expect(system).toMatch(/^(?:https?:\/\/|urn:)/u)
        expect(code).toMatch(/^[^\s]+(?:\s[^\s]+)*$/u)
      }
    }
  })

  test('ACT-04 a draft for this patient, for a reason that was sent', () => {
    for (const { who, action } of actionsIn(all)) {
      const sent = who.held.map(({ resource }) => `${resource.resourceType}/${resource.id}`)
      const {
        status,
        intent,
        subject,
        reasonReference = [],
      } = action.resource as Json & {
        reasonReference?: readonly { reference: string }[]
      }
      expect({ status, intent, subject }).toEqual({
        status: 'draft',
        intent: 'proposal',
        subject: { reference: `Patient/${who.id}` },
      })
      for (const { reference } of reasonReference) expect(sent).toContain(reference)
    }
  })
})

describe('LINK, SYS, EXT', () => {
  test('LINK-01 LINK-02 LINK-03 links are absolute, without appContext, and nothing opens by itself', () => {
    for (const { card } of all) {
      expect(card.links?.length).toBeGreaterThan(0)
      for (const link of card.links ?? []) {
        expect(link.label).toMatch(/\S/u)
        expect(link.type).toBe('absolute')
        expect(new URL(String(link.url)).origin).toBe(PUBLIC_URL)
        expect(link).not.toHaveProperty('appContext')
        expect(link).not.toHaveProperty('autolaunchable')
      }
    }
  })

  test('SYS-01 no system actions, in no place', () => {
    for (const { text } of answers) expect(text).not.toContain('systemActions')
  })

  test('EXT-01 every extension of CDS Hooks is an object under reverse-DNS keys', () => {
    for (const { card } of all) {
      const extensions = membersOf(card).filter(([key]) => key === 'extension')
      expect(extensions).toHaveLength(1)
      for (const [, extension] of extensions) {
        expect(Array.isArray(extension)).toBe(false)
        for (const key of Object.keys(extension as Json)) expect(key).toMatch(/^[a-z]+(?:\.[a-z0-9-]+)+$/u)
      }
    }
  })
})

testLastRows(() => ({ service, caller: ehr }))
