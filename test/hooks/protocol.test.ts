/** CDS Hooks 2.0.1 at the patient-view door, with a full prefetch (cds-hooks.md 13). */
import request from 'supertest'
import { createApp } from '../../src/server.ts'
import { knowledge as published } from '../loaded-knowledge.ts'
import {
  app,
  briefly,
  callOf,
  cardsIn,
  type Json,
  lowMagnesium,
  patient,
  post,
  result,
  service,
} from './ehr.ts'

const std = () => callOf([patient, lowMagnesium])

describe('discovery', () => {
  test('lists mineral-review with hook, title, description and prefetch, and nothing empty', async () => {
    const response = await request(app).get('/cds-services')
    expect(response.status).toBe(200)
    expect(response.type).toBe('application/json')
    const [first] = response.body.services as Json[]
    expect(first).toMatchObject({ id: 'mineral-review', hook: 'patient-view' })
    expect(Object.keys(first?.prefetch as Json)).toHaveLength(16)
    expect(response.text).not.toMatch(/null|""|\[\]|\{\}/u)
  })

  test('every template is a read or a search by the patient id alone', async () => {
    for (const { template } of service.prefetch) {
      expect(template).toMatch(/^[A-Z][A-Za-z]+(?:\/|\?patient=)\{\{context\.patientId\}\}/u)
      expect(template.match(/\{\{/gu)).toHaveLength(1)
    }
  })
})

describe('security headers', () => {
  test('an answer about a patient, and a refusal, may not be kept, framed or run', async () => {
    for (const response of [await post(std()), await post({})]) {
      expect(response.headers).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none';frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'cross-origin-resource-policy': 'same-origin',
      })
      expect(response.headers['strict-transport-security']).toMatch(/^max-age=\d+/u)
    }
  })

  test('a page has those of a page, and may be kept', async () => {
    const page = createApp({ knowledge: published, knowledgePage: '<!doctype html>' })
    for (const path of ['/knowledge', '/knowledge/', '/KNOWLEDGE']) {
      const response = await request(page).get(path)
      expect(response.status).toBe(200)
      expect(response.headers['content-security-policy']).toContain("script-src 'self'")
      expect(response.headers['cache-control']).toBeUndefined()
    }
  })
})

describe('the body of a call', () => {
  test('a valid call gives 200 and cards', async () => {
    const response = await post(std())
    expect(response.status).toBe(200)
    expect(briefly(cardsIn(response))).toEqual(['MGLOW info'])
  })

  test('a patient with nothing to say gets an empty list of cards', async () => {
    const response = await post(callOf([patient, result('mg', '2601-3', 0.86, 'mmol/L')]))
    expect(response.text).toBe('{"cards":[]}')
  })

  test.each(['hook', 'hookInstance', 'context'])('without %s: 400 that names it', async (member) => {
    const { [member]: _, ...body } = std()
    const response = await post(body)
    expect(response.status).toBe(400)
    expect(response.body.issue[0].diagnostics).toBe(member)
  })

  test.each([
    ['truncated', '{"hook": "patient-view", "context": {"patientId": "secret-patient"'],
    ['with a trailing comma', '{"hook":"patient-view",}'],
    ['an array', '[]'],
    ['a number', '7'],
    ['empty', ''],
  ])('%s: 400, and nothing of it is repeated', async (_name, body) => {
    const response = await post(body)
    expect(response.status).toBe(400)
    expect(response.body.resourceType).toBe('OperationOutcome')
    expect(response.text).not.toContain('secret-patient')
  })

  test('another hook than the advertised one: 400', async () => {
    expect((await post({ ...std(), hook: 'order-sign' })).status).toBe(400)
  })

  test('an unknown service: 404; a GET on a service: 405', async () => {
    expect((await post(std(), 'no-such-service')).status).toBe(404)
    expect((await request(app).get('/cds-services/mineral-review')).status).toBe(405)
  })

  test('text/plain: 415; a charset parameter is accepted; a body over the limit: 413', async () => {
    const send = (type: string, body: string) =>
      request(app).post('/cds-services/mineral-review').set('content-type', type).send(body)
    expect((await send('text/plain', JSON.stringify(std()))).status).toBe(415)
    expect((await send('application/json; charset=utf-8', JSON.stringify(std()))).status).toBe(200)
    expect(
      (await send('application/json', JSON.stringify({ ...std(), x: 'y'.repeat(5_300_000) }))).status,
    ).toBe(413)
  })

  test('any UUID is a hookInstance: version 1, 4, upper case', async () => {
    for (const hookInstance of [
      '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
      'D1577C69-DFBE-44AD-BA6D-3E05E953B2EA',
    ]) {
      expect((await post({ ...std(), hookInstance })).status).toBe(200)
    }
  })

  test('context without patientId or userId: 400 that names it', async () => {
    for (const member of ['patientId', 'userId']) {
      const context = { ...(std().context as Json), [member]: undefined }
      const response = await post({ ...std(), context })
      expect(response.status).toBe(400)
      expect(response.body.issue[0].diagnostics).toBe(`context.${member}`)
    }
  })
})

describe('prefetch', () => {
  const withKey = (key: string, value: unknown) => {
    const body = std()
    return { ...body, prefetch: { ...(body.prefetch as Json), [key]: value } }
  }
  const without = (key: string) => {
    const body = std()
    const { [key]: _, ...prefetch } = body.prefetch as Json
    return { ...body, prefetch }
  }
  const essential = service.prefetch.filter((key) => key.essential).map(({ key }) => key)
  const optional = service.prefetch.filter((key) => !key.essential).map(({ key }) => key)

  test.each(essential)('without the essential %s: 412 that names it', async (key) => {
    const response = await post(without(key))
    expect(response.status).toBe(412)
    expect(response.body.issue[0].diagnostics).toContain(`prefetch.${key}`)
  })

  test.each(optional)('without the optional %s: cards, and they say that it was not read', async (key) => {
    const response = await post(without(key))
    expect(response.status).toBe(200)
    const [card] = cardsIn(response)
    expect(card?.extension['org.apatite.advisory'].incomplete).toHaveLength(1)
    expect(card?.detail).toContain('Not read completely')
  })

  test('no prefetch at all: 412, not 500', async () => {
    const { prefetch: _, ...body } = std()
    expect((await post(body)).status).toBe(412)
  })

  test('null, an empty searchset and a searchset with only an outcome are the answer "nothing there"', async () => {
    for (const value of [
      null,
      { resourceType: 'Bundle', type: 'searchset', total: 0 },
      { resourceType: 'Bundle', type: 'searchset', entry: [] },
      {
        resourceType: 'Bundle',
        type: 'searchset',
        entry: [{ search: { mode: 'outcome' }, resource: { resourceType: 'OperationOutcome', issue: [] } }],
      },
    ]) {
      const response = await post(withKey('electrolytes', value))
      expect(response.status).toBe(200)
      expect(briefly(cardsIn(response))).toEqual(['MGLOW info'])
    }
  })

  test('an OperationOutcome is unknown, not empty: 412 for an essential key', async () => {
    const response = await post(
      withKey('kidney', { resourceType: 'OperationOutcome', issue: [{ code: 'timeout' }] }),
    )
    expect(response.status).toBe(412)
  })

  test('a type that the server does not keep is no incomplete list', async () => {
    const response = await post(
      withKey('nutritionOrders', { resourceType: 'OperationOutcome', issue: [{ code: 'not-supported' }] }),
    )
    const [card] = cardsIn(response)
    expect(card?.extension['org.apatite.advisory'].incomplete).toBeUndefined()
  })

  test("another patient's Patient: 400; another patient's result: no advice from it, and it is listed", async () => {
    expect((await post(withKey('patient', { ...patient, id: 'pt-2' }))).status).toBe(400)
    const other = { ...lowMagnesium, id: 'mg-other', subject: { reference: 'Patient/pt-2' } }
    const response = await post(callOf([patient, other]))
    expect(cardsIn(response)).toEqual([])
  })

  test('absolute and relative references give the same cards', async () => {
    const absolute = { ...lowMagnesium, subject: { reference: 'https://ehr.example.org/r4/Patient/pt-1' } }
    const fingerprint = async (body: Json) =>
      cardsIn(await post(body)).map((card) => card.extension['org.apatite.advisory'].fingerprint)
    expect(await fingerprint(callOf([patient, absolute]))).toEqual(await fingerprint(std()))
  })

  test('the pre-1.0 wrapper is unwrapped', async () => {
    const body = std()
    const wrapped = Object.fromEntries(
      Object.entries(body.prefetch as Json).map(([key, value]) => [
        key,
        { response: { status: '200' }, resource: value },
      ]),
    )
    expect(briefly(cardsIn(await post({ ...body, prefetch: wrapped })))).toEqual(['MGLOW info'])
  })

  test('a further page is told: what came is judged, and nothing is concluded from what did not', async () => {
    const minerals = (std().prefetch as Record<string, Json>).minerals
    const response = await post(
      withKey('minerals', {
        ...minerals,
        link: [{ relation: 'next', url: 'https://ehr.example.org/r4?page=2' }],
      }),
    )
    const [card] = cardsIn(response)
    expect(card?.extension['org.apatite.advisory'].incomplete).toEqual(['Observation:minerals'])
    expect(card?.extension['org.apatite.advisory'].notJudged).toContainEqual(
      expect.objectContaining({ reason: 'incomplete-data' }),
    )
  })
})

describe('cards', () => {
  test('the same body twice gives the same advice under different uuids', async () => {
    const [a, b] = [cardsIn(await post(std())), cardsIn(await post(std()))]
    expect(a.map(({ uuid }) => uuid)).not.toEqual(b.map(({ uuid }) => uuid))
    const alike = (cards: unknown) => JSON.stringify(cards).replaceAll(/"uuid":"[^"]*"/gu, '')
    expect(alike(a)).toBe(alike(b))
  })

  test('hold no null and no empty member', async () => {
    expect((await post(std())).text).not.toMatch(/:null|:""|:\[\]|:\{\}/u)
  })

  test('concurrent calls do not mix patients', async () => {
    const high = callOf([
      { ...patient, id: 'pt-2' },
      {
        ...result('mg', '2601-3', 2.2, 'mmol/L'),
        subject: { reference: 'Patient/pt-2' },
        referenceRange: lowMagnesium.referenceRange,
      },
    ])
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => post(index % 2 ? high : std())),
    )
    answers.forEach((answer, index) => {
      expect(briefly(cardsIn(answer))).toEqual(index % 2 ? ['MGHIGH critical'] : ['MGLOW info'])
    })
  })
})
