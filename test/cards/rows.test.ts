/** Rows CARD, SUG, ACT, LINK, SYS and EXT of cds-hooks.md 13, on every card there is. */
import { lexer, type Token } from 'marked'
import { cardsFor, HOSTILE, hostile, patients } from './all-cards.ts'

const all = patients.flatMap(({ name, bundle }) => cardsFor(bundle).map((card) => ({ name, card })))
const attacked = patients.flatMap(({ name, bundle }) =>
  cardsFor(hostile(bundle)).map((card) => ({ name, card })),
)

/** All tokens of the text, GitHub-flavoured. */
function tokensOf(markdown: string): Token[] {
  const deep = (tokens: readonly Token[]): Token[] =>
    tokens.flatMap((token) => [token, ...deep('tokens' in token && token.tokens ? token.tokens : [])])
  return deep(lexer(markdown, { gfm: true }))
}

test('there are enough cards to speak of', () => {
  expect(all.length).toBeGreaterThan(80)
})

describe('CARD', () => {
  test('CARD-01 the summary has 1 to 139 characters on one line, by code points and UTF-16 units', () => {
    for (const { card } of [...all, ...attacked]) {
      expect(card.summary.length).toBeGreaterThan(0)
      expect(card.summary.length).toBeLessThan(140)
      expect(Array.from(card.summary).length).toBeLessThan(140)
      expect(card.summary).not.toMatch(/[\r\n\u2028\u2029]/u)
    }
  })

  test('CARD-02 CARD-03 CARD-04 indicator, source and topic are what the standard allows', () => {
    for (const { card } of all) {
      expect(['info', 'warning', 'critical']).toContain(card.indicator)
      expect(card.source.label).toBeTruthy()
      expect(card.source.url).toMatch(/^https:\/\//u)
      expect(card.source.topic.code).toMatch(/^[A-Za-z0-9]{1,100}$/u)
      expect(card.source.topic.system).toBe('urn:apatite:rule')
    }
  })

  test('CARD-05 card uuids are UUIDs and unique', () => {
    const uuids = all.map(({ card }) => card.uuid)
    for (const uuid of uuids) expect(uuid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u)
    expect(new Set(uuids).size).toBe(uuids.length)
  })

  test('CARD-06 CARD-07 the detail is Markdown without HTML, images or links, also when the patient is hostile', () => {
    for (const { name, card } of [...all, ...attacked]) {
      const kinds = tokensOf(card.detail).map(({ type }) => type)
      expect({
        name,
        kinds: kinds.filter((kind) =>
          [
            'html',
            'image',
            'link',
            'code',
            'codespan',
            'table',
            'heading',
            'list',
            'blockquote',
            'del',
            'em',
          ].includes(kind),
        ),
      }).toEqual({ name, kinds: [] })
    }
  })

  test('CARD-07 a hostile name or note never forms a tag, in summary or detail', () => {
    for (const { card } of attacked) {
      expect(card.summary).not.toContain(HOSTILE.slice(0, 20))
      expect(card.detail).not.toMatch(/(?<!\\)<(?:img|!--)/u)
    }
  })

  test('the detail has at most 1,500 characters, and no placeholder is left open', () => {
    for (const { name, card } of [...all, ...attacked]) {
      expect({ name, length: card.detail.length > 1500 }).toEqual({ name, length: false })
    }
    for (const { name, card } of all) {
      expect({ name, open: /\{\w+\}/u.exec(card.detail + card.summary)?.[0] }).toEqual({
        name,
        open: undefined,
      })
    }
  })

  test('CARD-08 CARD-09 suggestions come with a selection behaviour, and none is recommended', () => {
    for (const { card } of all) {
      expect(card.suggestions === undefined).toBe(card.selectionBehavior === undefined)
      if (card.suggestions) expect(['any', 'at-most-one']).toContain(card.selectionBehavior)
      expect(JSON.stringify(card)).not.toContain('isRecommended')
    }
  })

  test('CARD-10 override reasons have code, system and display, each code once', () => {
    for (const { card } of all) {
      const codes = (card.overrideReasons ?? []).map(({ code, system, display }) => {
        expect(system).toBe('urn:apatite:override-reason')
        expect(display).toBeTruthy()
        return code
      })
      expect(new Set(codes).size).toBe(codes.length)
      expect(codes).toContain('result-known-and-acted-on')
      expect(codes.includes('will-monitor')).toBe(card.indicator !== 'critical')
    }
  })
})

describe('SUG, ACT', () => {
  const suggestions = all.flatMap(({ name, card }) =>
    (card.suggestions ?? []).map((suggestion) => ({ name, card, suggestion })),
  )

  test('SUG-01 SUG-02 SUG-03 each suggestion has a label, a uuid and one action, and no 3.0 member', () => {
    expect(suggestions.length).toBeGreaterThan(100)
    for (const { suggestion } of suggestions) {
      expect(suggestion.label).toBeTruthy()
      expect(suggestion.uuid).toMatch(/^[0-9a-f-]{36}$/u)
      expect(suggestion.actions).toHaveLength(1)
    }
    expect(JSON.stringify(all)).not.toContain('actionSelectionBehavior')
  })

  test('ACT-01 ACT-02 ACT-04 each action creates a draft ServiceRequest for the patient', () => {
    for (const { name, suggestion } of suggestions) {
      const [action] = suggestion.actions
      const { bundle } = patients.find((one) => one.name === name) ?? {}
      const patient = (bundle as { entry: { resource: { resourceType: string; id: string } }[] }).entry
        .map(({ resource }) => resource)
        .find(({ resourceType }) => resourceType === 'Patient')
      expect(action?.type).toBe('create')
      expect(action?.description).toBeTruthy()
      expect(action?.resource).toMatchObject({
        resourceType: 'ServiceRequest',
        status: 'draft',
        intent: 'proposal',
        subject: { reference: `Patient/${patient?.id}` },
      })
      const code = action?.resource.code as { coding: { system: string; code: string }[]; text: string }
      expect(code.text).toBeTruthy()
      expect(new Set(code.coding.map(({ system }) => system)).size).toBe(code.coding.length)
    }
  })

  test('never a test beside the panel that holds it, and no draft holds a dose', () => {
    for (const { card } of all) {
      const labels = (card.suggestions ?? []).map(({ label }) => label)
      expect(new Set(labels).size).toBe(labels.length)
      expect(JSON.stringify(card.suggestions ?? [])).not.toMatch(/MedicationRequest|dosage/u)
    }
  })
})

describe('LINK, SYS, EXT', () => {
  test('LINK-01 LINK-02 links are absolute https to the rule, without appContext', () => {
    for (const { card } of all) {
      for (const link of card.links ?? []) {
        expect(link).toEqual({
          label: expect.any(String),
          type: 'absolute',
          url: expect.stringMatching(/^https:\/\/cds\.example\.org\/knowledge#[A-Z-]+$/u),
        })
      }
    }
  })

  test('SYS-01 EXT-01 no system actions; extensions are objects under reverse-DNS keys', () => {
    for (const { card } of all) {
      expect(Object.keys(card.extension)).toEqual(['org.apatite.advisory'])
      expect(card).not.toHaveProperty('systemActions')
    }
  })

  test('no card has a null or an empty member anywhere', () => {
    expect(JSON.stringify(all.map(({ card }) => card))).not.toMatch(/:null|:""|:\[\]|:\{\}/u)
  })

  test('the extension holds the basis for an independent review', () => {
    for (const { card } of all) {
      expect(card.extension['org.apatite.advisory']).toMatchObject({
        rules: expect.any(Array),
        knowledgeVersion: expect.any(String),
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/u),
        basis: { inputs: expect.any(Array), kidney: expect.any(Object), sources: expect.any(Array) },
      })
    }
  })
})

test('the hostile texts do reach the cards, inert', () => {
  expect(attacked.filter(({ card }) => card.detail.includes('\\*\\*x')).length).toBeGreaterThan(10)
})
