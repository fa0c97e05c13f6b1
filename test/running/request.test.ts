/** Rows REQ, RESP, HOOK-01 and E2E-02 of cds-hooks.md 13, against the running service. */
import { gzipSync } from 'node:zlib'
import { adviceIn, brieflyIn, type Caller, caller, cardsIn, SERVICE } from './caller.ts'
import { exampleBodies } from './examples.ts'
import { type FhirStub, fhirStub } from './fhir-stub.ts'
import { testLastRows } from './last-rows.ts'
import { ID, NOTE } from './markers.ts'
import { type Json, lowMagnesium, normalMagnesium, patient, person, result } from './resources.ts'
import { cleanUp, type RunningService, startService } from './service.ts'

const examples = exampleBodies()
const withExamples = examples === null ? describe.skip : describe
const example = (name: string) => examples?.find((one) => one.name === name)?.json as Json

let service: RunningService
let ehr: Caller
let stub: FhirStub

beforeAll(async () => {
  stub = await fhirStub()
  service = await startService({ fhirServers: [stub.base], limits: { body: '1mb' } })
  ehr = await caller(service)
})
afterAll(async () => {
  await stub.close()
  await cleanUp()
})

describe('REQ', () => {
  test('REQ-01 RESP-01 a valid call gives 200 and an object with cards', async () => {
    const answer = await ehr.post(ehr.body())
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^application\/json\b/u)
    expect(brieflyIn(answer)).toEqual(['MGLOW info'])
  })

  test("Epic's trigger action is read from the request extensions, and changes no advice", async () => {
    const extension = { 'com.epic.cdshooks.request.bpa-trigger-action': '23' }
    expect(brieflyIn(await ehr.post({ ...ehr.body(), extension }))).toEqual(['MGLOW info'])
    const odd = { 'com.epic.cdshooks.request.bpa-trigger-action': `${ID} 23` }
    expect(brieflyIn(await ehr.post({ ...ehr.body(), extension: odd }))).toEqual(['MGLOW info'])
    const { text } = await ehr.send('/metrics')
    expect(text).toContain('apatite_hook_triggers_total{trigger="23"} 1')
    expect(text.match(/^apatite_hook_triggers_total\{/gmu)).toHaveLength(1)
  })

  test.each(['hook', 'hookInstance', 'context'])('REQ-02 without %s: 400', async (member) => {
    for (const value of [undefined, null, '', 7, []]) {
      expect((await ehr.post({ ...ehr.body(), [member]: value })).status).toBe(400)
    }
  })

  test.each([
    ['truncated', `{"hook":"patient-view","context":{"patientId":"${ID}-x`],
    ['with a trailing comma', '{"hook":"patient-view",}'],
    ['an array', '[]'],
    ['an array of bodies', '[{"hook":"patient-view"}]'],
    ['a string', `"${NOTE}"`],
    ['null', 'null'],
    ['empty', ''],
    ['blank', ' \n'],
    ['not UTF-8', Buffer.from('7b2268223a22ff22', 'hex').toString('latin1')],
    ['a __proto__', '{"__proto__":{"hook":"patient-view"},"constructor":1}'],
  ])('REQ-03 a body that is %s: 400', async (_name, body) => {
    expect((await ehr.post(body)).status).toBe(400)
  })

  test('REQ-04 another hook than the advertised one: 400', async () => {
    for (const hook of ['order-sign', 'Patient-View', 'patient-view ', 'constructor']) {
      expect((await ehr.post(ehr.body(undefined, { hook }))).status).toBe(400)
    }
  })

  test('REQ-05 an unknown id: 404; another method than it takes: 405 that names the right one', async () => {
    for (const id of ['none', 'Mineral-Review', '__proto__', 'constructor', '%00', '..%2f..%2fetc']) {
      expect({ id, status: (await ehr.post(ehr.body(), `/cds-services/${id}`)).status }).toEqual({
        id,
        status: 404,
      })
    }
    for (const [path, method, allow] of [
      [SERVICE, 'GET', 'POST'],
      [SERVICE, 'DELETE', 'POST'],
      ['/cds-services', 'POST', 'GET'],
      ['/api/assess', 'GET', 'POST'],
    ] as const) {
      const answer = await ehr.send(path, { method })
      expect([path, method, answer.status, answer.headers.get('allow')]).toEqual([path, method, 405, allow])
    }
  })

  test('REQ-05 an id that is no URL component: 4xx', async () => {
    const { status } = await ehr.post(ehr.body(), '/cds-services/%zz')
    expect([400, 404]).toContain(status)
  })

  test('REQ-06 media types', async () => {
    const of = async (type: string) => (await ehr.post(ehr.body(), SERVICE, { 'content-type': type })).status
    for (const type of [
      'application/json',
      'application/json; charset=utf-8',
      'application/json;charset="UTF-8"',
      'application/fhir+json',
      'APPLICATION/JSON',
    ]) {
      expect({ type, status: await of(type) }).toEqual({ type, status: 200 })
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'x']) {
      const status = await of(type)
      expect({ type, refused: status === 415 || status === 400 }).toEqual({ type, refused: true })
    }
  })

  test('REQ-06 a body over the limit: 413, compressed or not; too deep: 400; compressed within: 200', async () => {
    const long = JSON.stringify(
      ehr.body(undefined, { extension: { 'org.example.x': 'y'.repeat(1_100_000) } }),
    )
    expect((await ehr.post(long)).status).toBe(413)
    const zipped = (text: string) =>
      ehr.send(SERVICE, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
        body: gzipSync(text),
      })
    expect((await zipped(`{"x":"${'0'.repeat(50_000_000)}"}`)).status).toBe(413)
    expect((await zipped(JSON.stringify(ehr.body()))).status).toBe(200)
    const deep = (levels: number) =>
      JSON.stringify(ehr.body()).replace(/\}$/u, `,"x":${'['.repeat(levels)}${']'.repeat(levels)}}`)
    expect((await ehr.post(deep(150))).status).toBe(200)
    expect((await ehr.post(deep(250))).status).toBe(400)
    expect((await ehr.post(deep(200_000))).status).toBe(400)
    expect((await ehr.post(`${'['.repeat(400_000)}`)).status).toBe(400)
  })

  test('REQ-07 unknown members, extension and unrequested keys change nothing', async () => {
    const plain = ehr.body()
    const answer = await ehr.post({
      ...plain,
      hello: { world: [1] },
      extension: { 'com.epic.cdshooks.request.bpa-trigger-action': '18' },
      context: { ...(plain.context as Json), unknown: true },
      prefetch: { ...(plain.prefetch as Json), 'not-asked': { resourceType: 'Observation' }, user: '123' },
    })
    expect(adviceIn(answer)).toEqual(adviceIn(await ehr.post(plain)))
    expect(cardsIn(answer)).toHaveLength(1)
  })

  test('REQ-08 a token without fhirServer is not used', async () => {
    stub.reset()
    const { fhirServer: _, ...body } = ehr.bare(stub.base)
    expect((await ehr.post(body)).status).toBe(412)
    expect((await ehr.post({ ...ehr.bare(stub.base), fhirServer: '' })).status).toBe(412)
    expect(stub.seen).toEqual([])
  })

  test('REQ-09 a UUID of any version and case is a hookInstance; anything else: 400', async () => {
    for (const hookInstance of [
      '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
      'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
      'D1577C69-DFBE-44AD-BA6D-3E05E953B2EA',
    ]) {
      expect((await ehr.post(ehr.body(undefined, { hookInstance }))).status).toBe(200)
    }
    expect((await ehr.post(ehr.body(undefined, { hookInstance: 'not-a-uuid' }))).status).toBe(400)
  })

  test('REQ-10 null or odd fhirServer and fhirAuthorization cause no 5xx', async () => {
    for (const fhirServer of [null, 7, [], {}, 'not a url', 'http://', 'http://[::1', 'https://a b/']) {
      for (const fhirAuthorization of [null, 'x', [], {}, { access_token: null }]) {
        const whole = await ehr.post(ehr.body(undefined, { fhirServer, fhirAuthorization }))
        expect(whole.status).toBe(200)
        const { prefetch: _, ...without } = ehr.body(undefined, { fhirServer, fhirAuthorization })
        expect((await ehr.post(without)).status).toBe(412)
      }
    }
  })

  test('REQ-11 encounterId may be missing; without patientId or userId: 400', async () => {
    const body = ehr.body()
    const context = body.context as Json
    for (const encounterId of [undefined, 'enc-1', null]) {
      expect((await ehr.post({ ...body, context: { ...context, encounterId } })).status).toBe(200)
    }
    for (const member of ['patientId', 'userId']) {
      for (const value of [undefined, null, '', ' ', 7, {}]) {
        expect((await ehr.post({ ...body, context: { ...context, [member]: value } })).status).toBe(400)
      }
    }
  })

  test('REQ-12 order hooks have no service yet: their bodies are refused as another hook; draftOrders in patient-view are ignored', async () => {
    const draftOrders = {
      resourceType: 'Bundle',
      entry: [
        { resource: { resourceType: 'MedicationRequest', id: 'x'.repeat(90), status: 'draft' } },
        { resource: { resourceType: 'Medication', id: 'm', code: { text: NOTE } } },
        {},
        null,
      ],
    }
    const body = ehr.body()
    const context = { ...(body.context as Json), draftOrders, selections: ['MedicationRequest/1'] }
    for (const hook of ['order-sign', 'order-select']) {
      expect((await ehr.post({ ...body, hook, context })).status).toBe(400)
    }
    expect(adviceIn(await ehr.post({ ...body, context }))).toEqual(adviceIn(await ehr.post(body)))
  })

  withExamples('with the example bodies', () => {
    test('REQ-12 the Epic-shaped order-sign body: 400, no 5xx', async () => {
      const body = example('own-vendor-shapes/epic-style-order-sign-medication-in-bundle.json')
      expect((await ehr.post(body)).status).toBe(400)
    })

    test('the Epic-shaped patient-view body: 412 for the keys that it lacks, and its server is not asked', async () => {
      const answer = await ehr.post(example('own-vendor-shapes/epic-style-patient-view.json'))
      expect(answer.status).toBe(412)
      expect(answer.text).toContain('prefetch.minerals')
    })

    test('HOOK-01 the library contexts of every advertised hook are accepted', async () => {
      const contexts = (examples ?? []).filter(({ name }) => name.startsWith('hook-contexts/patient-view'))
      expect(contexts.length).toBeGreaterThan(1)
      for (const { json } of contexts) {
        const { context = json } = json as { context?: Json }
        const { patientId } = context as { patientId: string }
        const held = person([{ ...patient, id: patientId }], patientId)
        const answer = await ehr.post(ehr.body(held, { context }))
        expect(answer.status).toBe(200)
        expect((await ehr.post(ehr.body(undefined, { context }))).status).toBe(400)
      }
    })

    test('E2E-02 every example file as a body, to every door: no 5xx', async () => {
      expect(examples?.length).toBeGreaterThan(70)
      for (const { name, text } of examples ?? []) {
        for (const path of [SERVICE, `${SERVICE}/feedback`, '/cds-services/other', '/api/assess']) {
          const { status } = await ehr.post(text, path)
          expect({ name, path, failed: status >= 500 }).toEqual({ name, path, failed: false })
        }
      }
    })
  })
})

describe('RESP', () => {
  test('RESP-02 nothing to say: an empty list, and nothing else', async () => {
    expect((await ehr.post(ehr.body(person([patient, normalMagnesium()])))).text).toBe('{"cards":[]}')
    expect((await ehr.post(ehr.body(person([patient])))).text).toBe('{"cards":[]}')
  })

  test('RESP-03 latency with a full prefetch', async () => {
    const weekly = Array.from({ length: 60 }, (_, week) =>
      result(`k-${week}`, '2823-3', 4.2, 'mmol/L', {
        effectiveDateTime: new Date(Date.now() - week * 7 * 86_400_000).toISOString(),
      }),
    )
    const body = JSON.stringify(ehr.body(person([patient, lowMagnesium(), ...weekly])))
    const times: number[] = []
    for (let call = 0; call < 120; call += 1) times.push((await ehr.post(body)).ms)
    const sorted = times.slice(20).sort((a, b) => a - b)
    const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN
    process.stdout.write(
      `RESP-03: median ${at(0.5).toFixed(1)} ms, p95 ${at(0.95).toFixed(1)} ms over loopback HTTP\n`,
    )
    expect(at(0.95)).toBeLessThan(500)
  })

  test('RESP-04 the same body twice: the same advice under other uuids', async () => {
    const body = ehr.body()
    const [first, second] = [await ehr.post(body), await ehr.post(body)]
    // a draft's period counts from the moment of the call
    const alike = (text: string) => text.replaceAll(/"(?:uuid|start|end)":"[^"]*"/gu, '')
    expect(alike(first.text)).toBe(alike(second.text))
    expect(cardsIn(first)[0]?.uuid).not.toBe(cardsIn(second)[0]?.uuid)
  })

  test('RESP-04 concurrent calls do not mix patients', async () => {
    const id = `${ID}-other`
    const subject = { reference: `Patient/${id}` }
    const high = ehr.body(
      person(
        [
          { ...patient, id },
          { ...lowMagnesium({ subject }), valueQuantity: { value: 2.21937, unit: 'mmol/L' } },
        ],
        id,
      ),
    )
    const low = ehr.body()
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => ehr.post(index % 2 ? high : low)),
    )
    for (const [index, answer] of answers.entries()) {
      expect(brieflyIn(answer)).toEqual(index % 2 ? ['MGHIGH critical'] : ['MGLOW info'])
      const drafts = JSON.stringify(cardsIn(answer)[0]?.suggestions ?? [])
      expect(drafts).not.toContain(index % 2 ? `Patient/${patient.id}"` : `Patient/${id}"`)
    }
  })
})

test('the log names the address of a refused call by its pattern', () => {
  expect(service.output()).toContain('"route":"/cds-services/:id","status":400')
  expect(service.output()).toContain('"route":"/api/assess","status":405')
})

testLastRows(() => ({ service, caller: ehr }))
