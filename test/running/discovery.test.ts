/** Rows DISC, HOOK-02 and CORS of cds-hooks.md 13, against the running service. */
import { type Caller, caller, type Published, SERVICE } from './caller.ts'
import { testLastRows } from './last-rows.ts'
import type { Json } from './resources.ts'
import { cleanUp, type RunningService, startService } from './service.ts'

const SANDBOX = 'https://sandbox.example.org'

let service: RunningService
let ehr: Caller
let services: readonly (Published & Json)[]

beforeAll(async () => {
  service = await startService({ cors: { origins: [SANDBOX] } })
  ehr = await caller(service)
  services = (await ehr.send('/cds-services')).json.services as typeof services
})
afterAll(cleanUp)

describe('DISC', () => {
  test('DISC-01 200, application/json, an array of services', async () => {
    const answer = await ehr.send('/cds-services')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^application\/json\b/u)
    expect(Array.isArray(answer.json.services)).toBe(true)
    expect(services.length).toBeGreaterThan(0)
  })

  test('DISC-02 DISC-03 hook, description, id and title are non-empty strings', () => {
    for (const entry of services) {
      for (const member of ['hook', 'description', 'id', 'title']) {
        expect(entry[member]).toEqual(expect.stringMatching(/\S/u))
      }
    }
  })

  test('DISC-04 prefetch is a non-empty object of non-empty strings; nothing is null or empty', async () => {
    for (const { prefetch } of services) {
      if (prefetch === undefined) continue
      expect(Object.keys(prefetch).length).toBeGreaterThan(0)
      for (const template of Object.values(prefetch)) expect(template).toEqual(expect.stringMatching(/\S/u))
    }
    expect((await ehr.send('/cds-services')).text).not.toMatch(/:null|:""|:\[\]|:\{\}/u)
  })

  test('DISC-05 every token is one that CDS Hooks 2.0 has for this hook', () => {
    const user = ['userPractitionerId', 'userPractitionerRoleId', 'userPatientId', 'userRelatedPersonId']
    const ofHook: Readonly<Record<string, readonly string[]>> = {
      'patient-view': ['context.userId', 'context.patientId', 'context.encounterId'],
      'order-select': ['context.userId', 'context.patientId', 'context.encounterId'],
      'order-sign': ['context.userId', 'context.patientId', 'context.encounterId'],
      'encounter-discharge': ['context.userId', 'context.patientId', 'context.encounterId'],
    }
    for (const { hook, prefetch } of services) {
      for (const template of Object.values(prefetch ?? {})) {
        expect(template.replaceAll(/\{\{[^{}]*\}\}/gu, '')).not.toMatch(/[{}]/u)
        for (const [, token = ''] of template.matchAll(/\{\{(.*?)\}\}/gu)) {
          expect([...user, ...(ofHook[hook] ?? [])]).toContain(token)
        }
      }
    }
  })

  test('DISC-06 every template is a read or a type search within the recommended subset', () => {
    for (const { prefetch } of services) {
      for (const template of Object.values(prefetch ?? {})) {
        const [path = '', query] = template.replaceAll(/\{\{[^}]*\}\}/gu, 'x').split('?')
        expect(path).toMatch(query === undefined ? /^[A-Z][A-Za-z]+\/x$/u : /^[A-Z][A-Za-z]+$/u)
        for (const [name, value] of new URLSearchParams(query ?? '')) {
          // reference and token parameters by equality only; no date limits, no modifiers
          expect(['patient', 'code', '_sort', '_count']).toContain(name)
          if (name === '_count') expect(value).toMatch(/^[1-9]\d*$/u)
          if (name === '_sort') expect(value).toMatch(/^-[a-z-]+$/u)
          if (name === 'code') expect(value).toMatch(/^(?:http:\/\/loinc\.org\|\d+-\d,?)+$/u)
        }
      }
    }
  })

  test('DISC-07 a call reaches each service under its id', async () => {
    for (const { id, hook } of services) {
      const answer = await ehr.post(ehr.body(undefined, { hook }), `/cds-services/${id}`)
      expect({ id, status: answer.status }).toEqual({ id, status: 200 })
    }
  })

  test('DISC-08 (hook, id) pairs are unique, and no id is repeated', () => {
    const ids = services.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('DISC-09 optional members have their types', () => {
    for (const { version, hookVersion, usageRequirements, extension } of services) {
      if (version !== undefined) expect(version).toMatch(/^\d+\.\d+\.\d+/u)
      if (hookVersion !== undefined) expect(hookVersion).toBe('1.0')
      if (usageRequirements !== undefined) expect(typeof usageRequirements).toBe('string')
      if (extension !== undefined) expect(extension).toEqual(expect.objectContaining({}))
    }
  })

  test('DISC-10 ids are URL-safe; two GETs give the same document', async () => {
    for (const { id } of services) expect(id).toMatch(/^[A-Za-z0-9._~-]+$/u)
    const [first, second] = [await ehr.send('/cds-services'), await ehr.send('/cds-services')]
    expect(first.text).toBe(second.text)
  })

  test('HOOK-02 hook names without a dot are standard ones', () => {
    const standard = ['patient-view', 'order-select', 'order-sign', 'order-dispatch', 'encounter-discharge']
    for (const { hook } of services) {
      if (!standard.includes(hook)) expect(hook).toMatch(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/u)
    }
  })
})

describe('CORS', () => {
  const preflight = (path: string, origin: string, method: string) =>
    ehr.send(path, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': 'authorization,content-type',
      },
    })

  test.each([
    ['/cds-services', 'GET'],
    [SERVICE, 'POST'],
    [`${SERVICE}/feedback`, 'POST'],
  ])('CORS-01 the preflight of %s is answered without a token', async (path, method) => {
    for (const origin of [SANDBOX, 'http://localhost:8080', 'http://127.0.0.1:5000', 'http://[::1]:1']) {
      const { status, headers } = await preflight(path, origin, method)
      expect(status).toBe(204)
      expect(headers.get('access-control-allow-origin')).toBe(origin)
      expect(headers.get('access-control-allow-methods')).toContain(method)
      expect(headers.get('access-control-allow-headers')).toMatch(/authorization.*content-type/u)
      expect(headers.get('access-control-allow-credentials')).toBeNull()
      expect(headers.get('vary')?.toLowerCase()).toContain('origin')
    }
  })

  test('CORS-02 answers, and errors too, carry the header for an allowed origin and for no other', async () => {
    const { prefetch: _, ...without } = ehr.body()
    const of = async (body: unknown, origin: string) => {
      const { status, headers } = await ehr.post(body, SERVICE, { origin })
      return { status, allowed: headers.get('access-control-allow-origin') }
    }
    for (const [body, status] of [
      [ehr.body(), 200],
      [without, 412],
      ['{', 400],
    ] as const) {
      expect(await of(body, SANDBOX)).toEqual({ status, allowed: SANDBOX })
      for (const origin of [
        'https://evil.example',
        'null',
        `${SANDBOX}.evil.example`,
        'http://localhost.evil.example',
      ]) {
        expect(await of(body, origin)).toEqual({ status, allowed: null })
      }
    }
    const missing = await ehr.post(ehr.body(), '/cds-services/none', { origin: SANDBOX })
    expect(missing.headers.get('access-control-allow-origin')).toBe(SANDBOX)
  })
})

testLastRows(() => ({ service, caller: ehr }))
