/** The field cases of the hook door: what real EHRs send, and what must come of it. */
import request from 'supertest'
import { type FieldCase, field } from '../cases/case-files.ts'
import { app, briefly, callOf, cardsIn, type Json, post, service } from './ehr.ts'

const OURS = ['F101', 'F104', 'F106', 'F110', 'F111']

interface HookInput {
  readonly resources?: readonly unknown[]
  readonly prefetchRaw?: Readonly<Record<string, unknown>>
  readonly bodyPatch?: Json
  readonly context?: Json
}

function bodyOf({ input }: FieldCase): Json {
  const { resources = [], prefetchRaw = {}, bodyPatch = {}, context } = input as HookInput
  const body = callOf(resources, { ...bodyPatch, ...(context ? { context } : {}) })
  const prefetch = body.prefetch as Json
  for (const [type, raw] of Object.entries(prefetchRaw)) {
    for (const { key, template } of service.prefetch) if (template.startsWith(type)) prefetch[key] = raw
  }
  return body
}

const one = (id: string): FieldCase => {
  const found = field.cases.find((candidate) => candidate.id === id)
  if (!found) throw new Error(`no field case ${id}`)
  return found
}

describe('field cases at the hook door', () => {
  test.each(OURS)('%s', async (id) => {
    const { expected } = one(id)
    const response = await post(bodyOf(one(id)))
    const { http, advisories, kidney, notJudged } = expected as {
      http: number
      advisories?: readonly { rule: string; indicator: string; mention?: string[]; notSay?: string[] }[]
      kidney?: { band: string }
      notJudged?: readonly { analyte?: string; reason: string }[]
    }
    expect(response.status).toBe(http)
    if (!advisories) return
    const cards = cardsIn(response)
    expect(briefly(cards)).toEqual(
      advisories.map(({ rule, indicator }) => `${rule.replaceAll('-', '')} ${indicator}`),
    )
    for (const [index, { mention = [], notSay = [] }] of advisories.entries()) {
      const text = `${cards[index]?.summary}\n${cards[index]?.detail}`.toLowerCase()
      for (const words of mention) expect(text).toContain(words.toLowerCase())

      for (const words of notSay) expect(text).not.toContain(words.toLowerCase())
    }
    const extension = cards[0]?.extension['org.apatite.advisory']
    if (kidney) expect(extension?.renalCaveat).toBe(kidney.band)
    for (const { reason } of notJudged ?? []) {
      expect(extension?.notJudged).toContainEqual(expect.objectContaining({ reason }))
    }
  })

  test('F101 names the prefetch key and never repeats the HTML', async () => {
    const response = await post(bodyOf(one('F101')))
    expect(response.body.resourceType).toBe('OperationOutcome')
    expect(response.text).toContain('prefetch.minerals')
    expect(response.text).not.toMatch(/Bad Gateway|upstream/u)
  })

  test('F104 gives the same answer as without the extension', async () => {
    const { bodyPatch: _, ...input } = one('F104').input as HookInput
    const plain = await post(bodyOf({ ...one('F104'), input } as FieldCase))
    const patched = await post(bodyOf(one('F104')))
    const alike = (text: string) => text.replaceAll(/"uuid":"[^"]*"/gu, '')
    expect(alike(patched.text)).toBe(alike(plain.text))
  })

  test('F108 every filled template stays under 1,800 characters', async () => {
    const response = await request(app).get('/cds-services')
    const id = 'x'.repeat(64)
    for (const { prefetch } of response.body.services as { prefetch: Record<string, string> }[]) {
      for (const template of Object.values(prefetch)) {
        const filled = template.replaceAll(/\{\{[^}]*\}\}/gu, id)
        expect(encodeURI(filled).length).toBeLessThan(1800)
        expect(filled.replace(/(?<=[?&=])[^&=]*/gu, encodeURIComponent).length).toBeLessThan(1800)
      }
    }
  })
})
