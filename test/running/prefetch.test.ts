/** Rows PRE of cds-hooks.md 13, and: whichever part of the facts is prefetched, the cards are the same. */
import type { ServerResponse } from 'node:http'
import fc from 'fast-check'
import { ACCESS_TOKEN } from './access.ts'
import { adviceIn, brieflyIn, type Caller, caller, cardsIn, ESSENTIAL } from './caller.ts'
import { type FhirStub, fhirStub, outcome, send } from './fhir-stub.ts'
import { testLastRows } from './last-rows.ts'
import { ID } from './markers.ts'
import {
  fixturePatients,
  type Json,
  lowMagnesium,
  normalMagnesium,
  PATIENT_ID,
  type Person,
  patient,
  person,
  result,
} from './resources.ts'
import { searchset } from './search.ts'
import { cleanUp, type RunningService, startService } from './service.ts'

const everyone = fixturePatients()
const FOREIGN = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'timeout' }] }

let service: RunningService
let ehr: Caller
let stub: FhirStub
let foreign: FhirStub
let keys: readonly string[]

beforeAll(async () => {
  stub = await fhirStub([...person().held, ...everyone.flatMap(({ held }) => held)])
  foreign = await fhirStub(person().held)
  service = await startService({ fhirServers: [stub.base], limits: { callTimeout: '1s' } })
  ehr = await caller(service)
  keys = Object.keys(ehr.templates)
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

const withKey = (key: string, value: unknown, changes: Json = {}): Json => {
  const body = ehr.body(undefined, changes)
  return { ...body, prefetch: { ...(body.prefetch as Json), [key]: value } }
}
/** the call with some keys left out, and a server that has them */
const without = (missing: readonly string[], who: Person = person(), changes: Json = {}): Json => {
  const { prefetch } = ehr.body(who)
  const kept = Object.entries(prefetch as Json).filter(([key]) => !missing.includes(key))
  return { ...ehr.bare(stub.base, who), prefetch: Object.fromEntries(kept), ...changes }
}
const noServer = { fhirServer: undefined, fhirAuthorization: undefined }
const filled = (key: string) => `/r4/${ehr.templates[key]?.replaceAll('{{context.patientId}}', PATIENT_ID)}`
const issueOf = ({ json }: { json: Json }) => (json.issue as readonly Json[])[0]

describe('PRE', () => {
  test.each(ESSENTIAL)(
    'PRE-01 without the essential %s and without a server: 412 that names it',
    async (key) => {
      const answer = await ehr.post(without([key], person(), noServer))
      expect(answer.status).toBe(412)
      expect(issueOf(answer)?.diagnostics).toBe(`prefetch.${key}`)
    },
  )

  test('PRE-01 without any one optional key: 200, and every card says that it was not read', async () => {
    for (const key of keys.filter((one) => !ESSENTIAL.includes(one))) {
      const answer = await ehr.post(without([key], person(), noServer))
      expect(brieflyIn(answer)).toEqual(['MGLOW info'])
      expect(adviceIn(answer).cards[0]?.incomplete).toHaveLength(1)
      expect(cardsIn(answer)[0]?.detail).toContain('Not read completely')
    }
  })

  test('PRE-02 without prefetch and server: 412 that names every essential key', async () => {
    for (const prefetch of [undefined, null, {}]) {
      const answer = await ehr.post(ehr.body(undefined, { prefetch }))
      expect(answer.status).toBe(412)
      const places = ESSENTIAL.map((key) => `prefetch.${key}`)
      expect(issueOf(answer)?.diagnostics).toBe(places.join(', '))
      expect(issueOf(answer)?.expression).toEqual(places)
    }
    for (const prefetch of ['x', 7, []]) {
      expect((await ehr.post(ehr.body(undefined, { prefetch }))).status).toBe(400)
    }
  })

  test('PRE-03 a missing key is asked for exactly as advertised, with the token, and gives the same cards', async () => {
    const whole = adviceIn(await ehr.post(ehr.body()))
    for (const key of keys) {
      stub.reset()
      expect(adviceIn(await ehr.post(without([key])))).toEqual(whole)
      expect(stub.seen.map(({ method, url, headers }) => [method, url, headers.authorization])).toEqual([
        ['GET', filled(key), `Bearer ${ACCESS_TOKEN}`],
      ])
    }
  })

  test('PRE-03 an open server is asked without a token', async () => {
    const answer = await ehr.post(without(['kidney'], person(), { fhirAuthorization: undefined }))
    expect(answer.status).toBe(200)
    expect(stub.seen.map(({ headers }) => headers.authorization)).toEqual([undefined])
  })

  test.each([
    ['401', (response) => send(response, 401, outcome('login'))],
    ['403', (response) => send(response, 403, outcome('forbidden'))],
    ['404', (response) => send(response, 404, outcome('not-found'))],
    ['500', (response) => send(response, 500, 'ZZTEXT stack')],
    ['silence', () => true],
    ['a cut connection', (response) => !!response.socket?.destroy()],
  ] as [string, (response: ServerResponse) => boolean][])(
    'PRE-04 the server answers an essential key with %s: 412 within the budget',
    async (_name, behaviour) => {
      stub.behave = (_url, response) => behaviour(response)
      const answer = await ehr.post(without(['minerals']))
      expect(answer.status).toBe(412)
      expect(issueOf(answer)?.diagnostics).toBe('prefetch.minerals')
      expect(answer.ms).toBeLessThan(2000)
      expect(answer.text).not.toContain('ZZTEXT')
    },
  )

  test('PRE-05 PRE-06 null and an empty Bundle of any form are the answer "nothing there", and nobody is asked', async () => {
    const server = { fhirServer: stub.base, fhirAuthorization: undefined }
    for (const key of keys.filter((one) => one !== 'patient' && one !== 'minerals')) {
      const advice = await Promise.all(
        [null, searchset([]), searchset([], { total: 0 }), { resourceType: 'Bundle', entry: [] }].map(
          async (value) => adviceIn(await ehr.post(withKey(key, value, server))),
        ),
      )
      for (const one of advice) {
        expect(one.status).toBe(200)
        expect(one.cards).toHaveLength(1)
        expect(one).toEqual(advice[0])
      }
    }
    expect(stub.seen).toEqual([])
  })

  test('PRE-05 a null Patient leaves nobody to judge: 412', async () => {
    expect((await ehr.post(withKey('patient', null))).status).toBe(412)
  })

  test('PRE-07 an OperationOutcome is unknown, not empty: 412 for an essential key, which is not asked for again', async () => {
    for (const key of ESSENTIAL) {
      const body = withKey(key, FOREIGN, { fhirServer: stub.base })
      expect((await ehr.post(body)).status).toBe(412)
    }
    expect(stub.seen).toEqual([])
  })

  test('PRE-07 an optional key that came as OperationOutcome is asked for once; without a server it is incomplete', async () => {
    const alone = adviceIn(await ehr.post(withKey('conditions', FOREIGN)))
    expect(alone.cards[0]?.incomplete).toEqual(['Condition'])
    const served = adviceIn(await ehr.post(withKey('conditions', FOREIGN, { fhirServer: stub.base })))
    expect(served).toEqual(adviceIn(await ehr.post(ehr.body())))
    expect(stub.seen.map(({ url }) => url)).toEqual([filled('conditions')])
  })

  test('PRE-07 not-supported is "not kept there" for a Specimen, and a failure for a Condition', async () => {
    const unsupported = { ...FOREIGN, issue: [{ severity: 'error', code: 'not-supported' }] }
    const specimen = adviceIn(await ehr.post(withKey('specimens', unsupported)))
    expect(specimen.cards[0]?.incomplete).toEqual([])
    const condition = adviceIn(await ehr.post(withKey('conditions', unsupported)))
    expect(condition.cards[0]?.incomplete).toEqual(['Condition'])
  })

  test('PRE-08 an entry of mode outcome counts as empty', async () => {
    const value = {
      ...searchset([]),
      entry: [{ search: { mode: 'outcome' }, resource: outcome('processing') }],
    }
    expect(adviceIn(await ehr.post(withKey('electrolytes', value)))).toEqual(
      adviceIn(await ehr.post(withKey('electrolytes', null))),
    )
  })

  test('PRE-09 a next link of the origin is followed with the token; a foreign one never, with or without a token', async () => {
    const normal = { ...normalMagnesium(), effectiveDateTime: '2026-01-05T08:00:00Z' }
    const page = (url: string) => searchset([{ resource: normal }], { link: [{ relation: 'next', url }] })
    const own = `${stub.base}/Observation?patient=${PATIENT_ID}&code=http://loinc.org|2601-3`
    const followed = await ehr.post(withKey('minerals', page(own), ehr.bare(stub.base)))
    expect(brieflyIn(followed)).toEqual(['MGLOW info'])
    expect(stub.seen.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${ACCESS_TOKEN}`])

    const low = searchset([{ resource: lowMagnesium() }])
    for (const url of [
      `${foreign.base}/Observation?patient=${PATIENT_ID}`,
      `${stub.origin}@127.0.0.1:${new URL(foreign.origin).port}/r4/Observation?patient=x`,
      `//127.0.0.1:${new URL(foreign.origin).port}/r4/Observation?patient=x`,
      'http://169.254.169.254/latest/meta-data',
      'file:///etc/passwd',
      'javascript:1',
      'http://[',
    ]) {
      const body = withKey('minerals', { ...low, link: [{ relation: 'next', url }] }, ehr.bare(stub.base))
      const answer = adviceIn(await ehr.post(body))
      expect(answer.cards[0]?.incomplete).toEqual(['Observation:minerals'])
    }
    expect(foreign.seen).toEqual([])
  })

  test('PRE-09 a total that all pages together do not reach is told as missing', async () => {
    stub.behave = (url, response) =>
      url.includes('|2601-3') &&
      send(response, 200, {
        ...searchset([{ resource: url.includes('page=1') ? normalMagnesium() : lowMagnesium() }]),
        total: 9,
        ...(url.includes('page=1')
          ? {}
          : { link: [{ relation: 'next', url: `${stub.origin}${url}&page=1` }] }),
      })
    const answer = adviceIn(await ehr.post(without(['minerals'])))
    expect(stub.seen).toHaveLength(2)
    expect(answer.cards[0]?.incomplete).toEqual(['Observation:minerals'])
  })

  test('PRE-09 without a server the next page is told as missing', async () => {
    const link = [{ relation: 'next', url: `${stub.base}/Observation?page=2` }]
    const value = searchset([{ resource: lowMagnesium() }], { link })
    const answer = adviceIn(await ehr.post(withKey('minerals', value)))
    expect(answer.cards[0]?.incomplete).toEqual(['Observation:minerals'])
    expect(stub.seen).toEqual([])
  })

  test('PRE-10 no advice from what is of another patient', async () => {
    expect((await ehr.post(withKey('patient', { ...patient, id: `${ID}-2` }))).status).toBe(400)
    for (const reference of [`Patient/${ID}-2`, `https://ehr.example.org/r4/Patient/${ID}-2`]) {
      const other = lowMagnesium({ subject: { reference } })
      expect(cardsIn(await ehr.post(ehr.body(person([patient, lowMagnesium()]))))).toHaveLength(1)
      expect(cardsIn(await ehr.post(withKey('minerals', searchset([{ resource: other }]))))).toEqual([])
    }
    stub.behave = (url, response) =>
      url.startsWith('/r4/Patient/') && send(response, 200, { ...patient, id: `${ID}-2` })
    expect((await ehr.post(ehr.bare(stub.base))).status).toBe(400)
  })

  test('PRE-11 absolute and relative references, and "Patient/" before the id, give the same cards', async () => {
    const plain = adviceIn(await ehr.post(ehr.body()))
    const absolute = lowMagnesium({
      subject: { reference: `https://ehr.example.org/r4/Patient/${PATIENT_ID}` },
    })
    expect(adviceIn(await ehr.post(withKey('minerals', searchset([{ resource: absolute }]))))).toEqual(plain)
    const context = { userId: 'Practitioner/1', patientId: `Patient/${PATIENT_ID}` }
    expect(adviceIn(await ehr.post(ehr.body(undefined, { context })))).toEqual(plain)
  })

  test('PRE-12 the wrapper from before 1.0 gives the same cards', async () => {
    const body = ehr.body()
    const wrapped = Object.entries(body.prefetch as Json).map(([key, resource]) => [
      key,
      { response: { status: '200 OK' }, resource },
    ])
    expect(adviceIn(await ehr.post({ ...body, prefetch: Object.fromEntries(wrapped) }))).toEqual(
      adviceIn(await ehr.post(body)),
    )
  })
})

describe('the same facts by another way give the same cards', () => {
  test('every fixture: no prefetch and a token', async () => {
    let cards = 0
    for (const who of everyone) {
      const whole = adviceIn(await ehr.post(ehr.body(who)))
      expect({ who: who.name, ...adviceIn(await ehr.post(ehr.bare(stub.base, who))) }).toEqual({
        who: who.name,
        ...whole,
      })
      cards += whole.cards.length
    }
    expect(cards).toBeGreaterThan(50)
  })

  test('every fixture in pages of ten', async () => {
    stub.pageSize = 10
    for (const who of everyone) {
      const whole = adviceIn(await ehr.post(ehr.body(who)))
      expect({ who: who.name, ...adviceIn(await ehr.post(ehr.bare(stub.base, who))) }).toEqual({
        who: who.name,
        ...whole,
      })
    }
  })

  const some = everyone.filter(({ name }) => /^(?:02|03|06|12|30|33|41|50)-/u.test(name))

  test.each(some)('$name with any single key missing', async (who) => {
    const whole = adviceIn(await ehr.post(ehr.body(who)))
    for (const key of keys) {
      expect({ key, ...adviceIn(await ehr.post(without([key], who))) }).toEqual({ key, ...whole })
    }
  })

  test('any fixture with any keys missing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...everyone), fc.subarray([...keys]), async (who, missing) => {
        const whole = adviceIn(await ehr.post(ehr.body(who)))
        expect(adviceIn(await ehr.post(without(missing, who)))).toEqual(whole)
      }),
      { numRuns: 150 },
    )
  })

  test('Medications and Locations that do not ride along in a full prefetch are read from the server', async () => {
    const referring: Person = person([
      patient,
      lowMagnesium(),
      {
        resourceType: 'MedicationRequest',
        id: `${ID}-mr`,
        status: 'active',
        intent: 'order',
        medicationReference: { reference: `Medication/${ID}-med` },
        subject: { reference: `Patient/${PATIENT_ID}` },
        authoredOn: '2026-01-10',
      },
      {
        resourceType: 'Encounter',
        id: `${ID}-enc`,
        status: 'in-progress',
        class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
        subject: { reference: `Patient/${PATIENT_ID}` },
        period: { start: '2026-01-10T08:00:00Z' },
        location: [{ location: { reference: `Location/${ID}-icu` }, status: 'active' }],
      },
    ])
    const known = [
      {
        resource: {
          resourceType: 'Medication',
          id: `${ID}-med`,
          code: {
            coding: [{ system: 'http://www.whocc.no/atc', code: 'A02BC01', display: 'omeprazole' }],
          },
        },
      },
      {
        resource: {
          resourceType: 'Location',
          id: `${ID}-icu`,
          type: [
            {
              coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'ICU' }],
            },
          ],
        },
      },
    ]
    const before = stub.held
    stub.held = [...referring.held, ...known]
    const riding = adviceIn(await ehr.post(ehr.body({ ...referring, held: stub.held })))
    const bare = adviceIn(await ehr.post(ehr.bare(stub.base, referring)))
    expect(bare).toEqual(riding)
    stub.reset()
    const full = adviceIn(await ehr.post(without([], referring)))
    const read = stub.seen.map(({ url }) => url).sort()
    stub.held = before
    expect(full).toEqual(riding)
    expect(read).toEqual([`/r4/Location/${ID}-icu`, `/r4/Medication/${ID}-med`])
  })

  test('a result under a foreign code changes nothing', async () => {
    const plain = adviceIn(await ehr.post(ehr.body()))
    const foreignResult = result('hb', '718-7', 14.1937, 'g/dL')
    const body = withKey('minerals', searchset([{ resource: lowMagnesium() }, { resource: foreignResult }]))
    expect(adviceIn(await ehr.post(body))).toEqual(plain)
  })
})

testLastRows(() => ({ service, caller: ehr }))
