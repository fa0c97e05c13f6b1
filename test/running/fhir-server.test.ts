/** Rows TOK of cds-hooks.md 13, and what EHRs' FHIR servers do: limits, outages, redirects, rubbish. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ACCESS_TOKEN } from './access.ts'
import { adviceIn, brieflyIn, type Caller, caller, ESSENTIAL } from './caller.ts'
import { type Behaviour, type FhirStub, fhirStub, outcome, send } from './fhir-stub.ts'
import { testLastRows } from './last-rows.ts'
import { PATIENT_ID, person } from './resources.ts'
import { cleanUp, filesIn, type RunningService, startService } from './service.ts'

let service: RunningService
let ehr: Caller
let stub: FhirStub
let foreign: FhirStub
let whole: ReturnType<typeof adviceIn>

beforeAll(async () => {
  stub = await fhirStub(person().held)
  foreign = await fhirStub(person().held)
  service = await startService(
    { limits: { callTimeout: '1500ms' } },
    { APATITE_FHIR_SERVERS: `${stub.base}/, https://fhir.example.org/r4`, APATITE_LOG_LEVEL: 'trace' },
  )
  ehr = await caller(service)
  whole = adviceIn(await ehr.post(ehr.body()))
})
afterAll(async () => {
  await stub.close()
  await foreign.close()
  await cleanUp()
})
beforeEach(() => {
  stub.reset()
  foreign.reset()
})

const isFor = (type: string) => (url: string) => url.startsWith(`/r4/${type}?`)
const minerals = (url: string) => url.includes('|2601-3')
/** the first so many requests that match are answered so, the others as usual */
const first = (times: number, matches: (url: string) => boolean, behaviour: Behaviour): Behaviour => {
  let left = times
  return (url, response) => {
    if (!matches(url) || left === 0) return false
    left -= 1
    return behaviour(url, response)
  }
}
const always = (matches: (url: string) => boolean, behaviour: Behaviour) =>
  first(Number.POSITIVE_INFINITY, matches, behaviour)
const bare = async () => adviceIn(await ehr.post(ehr.bare(stub.base)))
const requestsFor = (matches: (url: string) => boolean) => stub.seen.filter(({ url }) => matches(url))

describe('a server under load or half down', () => {
  test('429 with Retry-After, then 200: asked again after that time, the same cards', async () => {
    stub.behave = first(1, minerals, (_url, response) =>
      send(response, 429, outcome('throttled'), { 'retry-after': '1' }),
    )
    expect(await bare()).toEqual(whole)
    const [before, after] = requestsFor(minerals)
    expect((after?.at ?? 0) - (before?.at ?? 0)).toBeGreaterThanOrEqual(990)
  })

  test('429 with a date in Retry-After is understood', async () => {
    stub.behave = first(1, minerals, (_url, response) =>
      send(response, 429, '', { 'retry-after': new Date(Date.now() + 1000).toUTCString() }),
    )
    expect(await bare()).toEqual(whole)
  })

  test('Retry-After beyond the budget: not waited for', async () => {
    stub.behave = always(isFor('Condition'), (_url, response) =>
      send(response, 429, '', { 'retry-after': '120' }),
    )
    const start = Date.now()
    expect((await bare()).cards[0]?.incomplete).toEqual(['Condition'])
    expect(Date.now() - start).toBeLessThan(2500)
  })

  test('503 twice, then 200: the same cards', async () => {
    stub.behave = first(2, minerals, (_url, response) => send(response, 503, 'ZZTEXT'))
    expect(await bare()).toEqual(whole)
    expect(requestsFor(minerals)).toHaveLength(3)
  })

  test('a connection cut once: the same cards', async () => {
    stub.behave = first(1, minerals, (_url, response) => !!response.socket?.destroy())
    expect(await bare()).toEqual(whole)
  })

  test('an optional search that hangs: the cards come within the budget, and say what is missing', async () => {
    stub.behave = always(isFor('Condition'), () => true)
    const answer = await ehr.post(ehr.bare(stub.base))
    expect(answer.ms).toBeLessThan(2100)
    expect(adviceIn(answer).cards[0]?.incomplete).toEqual(['Condition'])
  })

  test('a body that trickles without end: 412 within the budget', async () => {
    stub.behave = always(minerals, (_url, response) => {
      response.writeHead(200, { 'content-type': 'application/fhir+json' })
      const drip = setInterval(() => response.write(' '), 50)
      response.once('close', () => clearInterval(drip))
      return true
    })
    const answer = await ehr.post(ehr.bare(stub.base))
    expect(answer.status).toBe(412)
    expect(answer.ms).toBeLessThan(2100)
  })

  test('while it hangs, other calls are answered without delay', async () => {
    stub.behave = () => true
    const hanging = Array.from({ length: 20 }, () => ehr.post(ehr.bare(stub.base)))
    await new Promise((resolve) => setTimeout(resolve, 300))
    const times: number[] = []
    for (let call = 0; call < 20; call += 1) {
      const answer = await ehr.post(ehr.body())
      expect(adviceIn(answer)).toEqual(whole)
      times.push(answer.ms)
    }
    expect(Math.max(...times)).toBeLessThan(300)
    for (const { status } of await Promise.all(hanging)) expect(status).toBe(412)
  })
})

describe('rubbish and refusals', () => {
  test.each([
    [
      'HTML with 200',
      (_url, response) => send(response, 200, '<html>ZZTEXT</html>', { 'content-type': 'text/html' }),
    ],
    ['HTML that says it is FHIR', (_url, response) => send(response, 200, '<html>ZZTEXT</html>')],
    ['nothing with 200', (_url, response) => send(response, 200, '')],
    ['204', (_url, response) => send(response, 204, '')],
    ['null', (_url, response) => send(response, 200, 'null')],
    ['an array', (_url, response) => send(response, 200, [{ resourceType: 'Observation' }])],
    ['another resource', (_url, response) => send(response, 200, { resourceType: 'CapabilityStatement' })],
    ['an OperationOutcome with 200', (_url, response) => send(response, 200, outcome('exception'))],
    ['a half body', (_url, response) => send(response, 200, '{"resourceType":"Bundle","entry":[')],
    ['a Bundle of nonsense', (_url, response) => send(response, 200, { resourceType: 'Bundle', entry: 7 })],
  ] as [string, Behaviour][])(
    '%s: 412 for an essential key, incomplete for an optional one',
    async (_name, behaviour) => {
      stub.behave = always(minerals, behaviour)
      const refused = await ehr.post(ehr.bare(stub.base))
      expect(refused.status).toBe(412)
      expect(refused.text).not.toContain('ZZTEXT')
      stub.behave = always(isFor('Condition'), behaviour)
      expect(await bare()).toEqual({
        status: 200,
        cards: [{ ...whole.cards[0], fingerprint: expect.any(String), incomplete: ['Condition'] }],
      })
    },
  )

  test('404 and 501 for types that many servers do not keep: no incomplete list', async () => {
    for (const type of ['Specimen', 'NutritionOrder', 'MedicationStatement', 'MedicationAdministration']) {
      for (const status of [404, 501]) {
        stub.behave = always(isFor(type), (_url, response) =>
          send(response, status, outcome('not-supported')),
        )
        expect({ type, sent: status, ...(await bare()) }).toEqual({ type, sent: status, ...whole })
      }
    }
  })

  test('404 for Condition or MedicationRequest: incomplete', async () => {
    for (const type of ['Condition', 'MedicationRequest']) {
      stub.behave = always(isFor(type), (_url, response) => send(response, 404, outcome('not-found')))
      expect((await bare()).cards[0]?.incomplete).toEqual([type])
    }
  })

  test('"not-supported" with 200 or 400 for a type that is not kept: no incomplete list', async () => {
    for (const status of [200, 400]) {
      stub.behave = always(isFor('NutritionOrder'), (_url, response) =>
        send(response, status, outcome('not-supported')),
      )
      expect({ sent: status, ...(await bare()) }).toEqual({ sent: status, ...whole })
    }
  })

  test('a server that is not there: 412, quickly', async () => {
    const gone = createServer()
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve))
    const { port } = gone.address() as AddressInfo
    await new Promise((resolve) => gone.close(resolve))
    const other = await startService({ fhirServers: [`http://127.0.0.1:${port}/r4`] })
    const answer = await (await caller(other)).post(ehr.bare(`http://127.0.0.1:${port}/r4`))
    expect(answer.status).toBe(412)
    expect(answer.ms).toBeLessThan(2000)
    await other.stop()
  })
})

describe('TOK', () => {
  test('TOK-01 the token is on each request to the server, and nothing else of the call is', async () => {
    expect(await bare()).toEqual(whole)
    expect(stub.seen).toHaveLength(16)
    for (const { headers, url } of stub.seen) {
      expect(headers.authorization).toBe(`Bearer ${ACCESS_TOKEN}`)
      expect(url).not.toContain(ACCESS_TOKEN)
      expect(headers.cookie).toBeUndefined()
    }
  })

  test('TOK-01 two calls at once: each token goes with its own call', async () => {
    const other = `${ACCESS_TOKEN}-2`
    const tokens = (of: string) => ({
      fhirAuthorization: { access_token: of, token_type: 'Bearer', expires_in: 9, scope: '', subject: 'x' },
    })
    await Promise.all([
      ehr.post(ehr.bare(stub.base, person(), tokens(ACCESS_TOKEN))),
      ehr.post(ehr.bare(stub.base, person(), tokens(other))),
    ])
    const sent = stub.seen.map(({ headers }) => headers.authorization)
    expect(sent.filter((one) => one === `Bearer ${other}`)).toHaveLength(16)
    expect(sent.filter((one) => one === `Bearer ${ACCESS_TOKEN}`)).toHaveLength(16)
    expect(await bare()).toEqual(whole)
  })

  test('TOK-01 the token is in no answer and in no file, the database included', async () => {
    stub.behave = always(minerals, (_url, response) => send(response, 401, `{"token":"${ACCESS_TOKEN}"}`))
    for (const changes of [{}, { hook: ACCESS_TOKEN }, { hookInstance: ACCESS_TOKEN }]) {
      const answer = await ehr.post(ehr.bare(stub.base, person(), changes))
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.text).not.toContain(ACCESS_TOKEN)
    }
    for (const { path, text } of filesIn(service.dataDir)) {
      expect({ path, leak: text.includes(ACCESS_TOKEN) }).toEqual({ path, leak: false })
    }
  })

  test('TOK-01 odd tokens neither break the call nor reach the log', async () => {
    for (const token of ['a\r\nx-injected: 1', 'ZZTOKEN \u0000', 'ZZTOKEN\u20ac', '', 'x'.repeat(20_000)]) {
      const answer = await ehr.post(
        ehr.bare(stub.base, person(), { fhirAuthorization: { access_token: token, token_type: 'Bearer' } }),
      )
      expect([200, 400, 412]).toContain(answer.status)
    }
    for (const { headers } of stub.seen) expect(headers).not.toHaveProperty('x-injected')
  })

  test('TOK-02 a server that is not listed is not contacted: 412 that names the setting', async () => {
    const { port } = new URL(stub.base)
    for (const server of [
      foreign.base,
      `${stub.origin}/r5`,
      `${stub.origin}/r4/../admin`,
      stub.origin,
      `http://localhost:${port}/r4`,
      `http://user:ZZTOKEN@127.0.0.1:${port}/r4`,
      `${stub.base}@${new URL(foreign.base).host}/r4`,
      `${stub.base}#x`,
      `${stub.base}?x`,
      'http://169.254.169.254/latest/meta-data',
      'http://fhir.example.org/r4',
      'https://fhir.example.org.evil.example/r4',
      'file:///etc/passwd',
      'data:application/json,{}',
      'gopher://127.0.0.1/',
    ]) {
      const answer = await ehr.post(ehr.bare(server))
      expect({ server, status: answer.status }).toEqual({ server, status: 412 })
      expect(answer.text).toContain('APATITE_FHIR_SERVERS')
    }
    expect([...stub.seen, ...foreign.seen]).toEqual([])
  })

  test('TOK-02 a slash at the end of the listed server does not matter', async () => {
    expect(adviceIn(await ehr.post(ehr.bare(`${stub.base}/`)))).toEqual(whole)
  })

  test.each([301, 302, 303, 307, 308])(
    'TOK-02 a redirect (%i) to another origin is not followed',
    async (status) => {
      stub.behave = always(minerals, (url, response) =>
        send(response, status, '', { location: `${foreign.origin}${encodeURI(url)}` }),
      )
      expect((await ehr.post(ehr.bare(stub.base))).status).toBe(412)
      stub.behave = always(isFor('Condition'), (url, response) =>
        send(response, status, '', { location: `${foreign.origin}${encodeURI(url)}` }),
      )
      expect((await bare()).cards[0]?.incomplete).toEqual(['Condition'])
      expect(foreign.seen).toEqual([])
    },
  )

  test('a redirect within the origin is followed or refused, never half: the same cards, or 412', async () => {
    stub.behave = first(1, minerals, (url, response) =>
      send(response, 307, '', { location: encodeURI(`${url}&moved=1`) }),
    )
    const answer = await ehr.post(ehr.bare(stub.base))
    if (answer.status === 200) expect(adviceIn(answer)).toEqual(whole)
    else expect(answer.status).toBe(412)
  })

  test('pages that lead in a circle end', async () => {
    stub.behave = always(minerals, (url, response) =>
      send(response, 200, {
        resourceType: 'Bundle',
        type: 'searchset',
        entry: person().held.slice(1),
        link: [{ relation: 'next', url: `${stub.origin}${url}` }],
      }),
    )
    const answer = await ehr.post(ehr.bare(stub.base))
    expect(brieflyIn(answer)).toEqual(['MGLOW info'])
    expect(adviceIn(answer).cards[0]?.incomplete).toEqual(['Observation:minerals'])
    expect(requestsFor(minerals).length).toBeLessThanOrEqual(5)
  })

  test('a patient id with URL syntax in it stays one parameter', async () => {
    for (const id of ['x&_count=1', '../Patient/x', `${PATIENT_ID}?a`, '%2e%2e', 'x#y', 'a b']) {
      stub.reset()
      const answer = await ehr.post(
        ehr.bare(stub.base, person(), { context: { userId: 'Practitioner/1', patientId: id } }),
      )
      expect([400, 412]).toContain(answer.status)
      for (const { url } of stub.seen) expect(url).toMatch(/^\/r4\/[A-Z]/u)
      expect(new Set(stub.seen.map(({ url }) => url.split(/[/?]/u)[2])).size).toBeLessThanOrEqual(10)
    }
  })

  test('every essential key is named when the server refuses all', async () => {
    stub.behave = (_url, response) => send(response, 403, outcome('forbidden'))
    const { text } = await ehr.post(ehr.bare(stub.base))
    for (const key of ESSENTIAL) expect(text).toContain(`prefetch.${key}`)
  })
})

testLastRows(() => ({ service, caller: ehr }))
