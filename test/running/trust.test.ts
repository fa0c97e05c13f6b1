/** Rows SEC, FB-05 (authentication) and CORS-02 (401) of cds-hooks.md 13: a service with configured clients. */
import { createHmac, randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { type Changes, forged, type Signer, signer } from '../hooks/trust/ehr-tokens.ts'
import { type Answer, type Caller, caller, SERVICE } from './caller.ts'
import { exampleBodies } from './examples.ts'
import { type FhirStub, fhirStub } from './fhir-stub.ts'
import { type StubKeyHost, stubKeyHost } from './key-host.ts'
import { testLastRows } from './last-rows.ts'
import { person } from './resources.ts'
import { cleanUp, type RunningService, startService, temporaryFolder } from './service.ts'

const PUBLIC_URL = 'https://cds.example.org'
const AUDIENCE = `${PUBLIC_URL}${SERVICE}`
const NORTH = 'https://north.example.org'
const SOUTH = 'https://south.example.org'
const WEST = 'https://west.example.org'
const SPEC = 'https://fhir-ehr.example.com/'

const examples = exampleBodies()
const example = (name: string) => examples?.find((one) => one.name === `spec-2.0.1/${name}`)

let service: RunningService
let ehr: Caller
let stub: FhirStub
let southStub: FhirStub
let keyHost: StubKeyHost
let strangeHost: StubKeyHost
let slowHost: StubKeyHost
let es: Signer
let rs: Signer
let south: Signer

beforeAll(async () => {
  ;[es, rs, south] = await Promise.all([
    signer('ES384', 'north/es+1='),
    signer('RS384', 'north-rs'),
    signer('ES384', 'south-1'),
  ])
  stub = await fhirStub(person().held)
  southStub = await fhirStub(person().held)
  keyHost = await stubKeyHost([south.jwk])
  strangeHost = await stubKeyHost([es.jwk])
  slowHost = await stubKeyHost([])
  slowHost.behave = () => true
  const folder = temporaryFolder()
  const file = join(folder, 'north.json')
  writeFileSync(file, JSON.stringify({ keys: [es.jwk, rs.jwk] }))
  const specFile = join(folder, 'spec.json')
  writeFileSync(specFile, example('26-jwks.json')?.text ?? JSON.stringify({ keys: [es.jwk] }))
  service = await startService({
    publicUrl: `${PUBLIC_URL}/`,
    cors: { origins: ['https://sandbox.example.org'] },
    fhirServers: [stub.base, southStub.base],
    limits: { callTimeout: '2s' },
    clients: [
      { issuer: NORTH, jwks: file, tenants: ['n1', 'n2'], fhirServers: [stub.base] },
      { issuer: SOUTH, jku: [keyHost.url], fhirServers: [southStub.base] },
      { issuer: WEST, jku: [slowHost.url] },
      { issuer: SPEC, jwks: specFile },
    ],
  })
  ehr = await caller(service)
})
afterAll(async () => {
  await Promise.all([stub, southStub, keyHost, strangeHost, slowHost].map((host) => host.close()))
  await cleanUp()
})

const now = () => Math.floor(Date.now() / 1000)
const claimsOf = (changes: Changes = {}) => ({
  iss: NORTH,
  aud: AUDIENCE,
  iat: now(),
  exp: now() + 300,
  jti: randomUUID(),
  tenant: 'n1',
  ...changes,
})
const bearer = async (by: Signer, claims: Changes = {}, header: Changes = {}) =>
  `Bearer ${await new SignJWT(claimsOf(claims))
    .setProtectedHeader({ alg: by.alg, kid: by.kid, typ: 'JWT', ...header })
    .sign(by.key)}`
const southern = (claims: Changes = {}, by = south, header: Changes = {}) =>
  bearer(by, { iss: SOUTH, tenant: undefined, ...claims }, { jku: keyHost.url, ...header })

const call = (authorization?: string, path = SERVICE, body: unknown = ehr.body()): Promise<Answer> =>
  ehr.post(body, path, authorization === undefined ? {} : { authorization })
const statusOf = async (authorization?: string) => (await call(authorization)).status

describe('SEC', () => {
  test('SEC-01 no header, another scheme, rubbish: 401, empty, with a challenge', async () => {
    for (const sent of [
      undefined,
      'Basic dXNlcjpwYXNz',
      'Bearer',
      'Bearer x',
      'Bearer a.b.c',
      'Bearer eyJhbGciOiJFUzM4NCJ9..',
      `Bearer ${'x'.repeat(15_000)}`,
      (await bearer(es)).replace('Bearer ', ''),
      (await bearer(es)).replace('Bearer', 'Token'),
    ]) {
      const { status, text, headers } = await call(sent)
      expect({ status, text, challenge: headers.get('www-authenticate') }).toEqual({
        status: 401,
        text: '',
        challenge: 'Bearer',
      })
    }
  })

  test('SEC-01 nobody is told anything before the token is good: bodies and ids that are wrong give 401 too', async () => {
    expect((await call(undefined, SERVICE, '{')).status).toBe(401)
    expect((await call(undefined, SERVICE, 'x'.repeat(6_000_000))).status).toBe(401)
    expect((await call(undefined, '/cds-services/none')).status).toBe(401)
    expect((await call(undefined, '/api/assess', {})).status).toBe(401)
  })

  test('SEC-02 alg none, HMAC with the public key, an alg that is not the key’s: 401', async () => {
    const claims = claimsOf()
    const unsigned = forged({ alg: 'none', typ: 'JWT', kid: es.kid }, claims)
    expect(await statusOf(unsigned)).toBe(401)
    expect(await statusOf(forged({ alg: 'None', typ: 'JWT' }, claims))).toBe(401)
    for (const secret of [JSON.stringify(es.jwk), String(es.jwk.x), JSON.stringify({ keys: [es.jwk] })]) {
      const input = forged({ alg: 'HS256', typ: 'JWT', kid: es.kid }, claims).slice('Bearer '.length, -1)
      const mac = createHmac('sha256', secret).update(input).digest('base64url')
      expect(await statusOf(`Bearer ${input}.${mac}`)).toBe(401)
    }
    expect(await statusOf(await bearer(es, {}, { kid: rs.kid }))).toBe(401)
    expect(await statusOf(await bearer(rs, {}, { kid: es.kid }))).toBe(401)
  })

  test('SEC-03 a bad signature, an unknown kid, no kid, a key of another issuer: 401', async () => {
    const good = await bearer(es)
    const [head, body, signature = ''] = good.split('.')
    const flipped = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`
    expect(await statusOf(`${head}.${body}.${flipped}`)).toBe(401)
    expect(await statusOf(`${head}.${body}.`)).toBe(401)
    expect(await statusOf(forged({ alg: 'ES384', typ: 'JWT', kid: es.kid }, claimsOf(), signature))).toBe(401)
    expect(await statusOf(await bearer(es, {}, { kid: 'unknown' }))).toBe(401)
    expect(await statusOf(await bearer(es, {}, { kid: undefined }))).toBe(401)
    expect(await statusOf(await bearer(south))).toBe(401)
    expect(await statusOf(await southern({}, es))).toBe(401)
    // an embedded key is never looked at
    expect(await statusOf(await bearer(south, {}, { jwk: south.jwk, kid: es.kid }))).toBe(401)
  })

  test('SEC-04 the audience is exactly this endpoint under the public URL, alone or in a list', async () => {
    for (const aud of [
      'https://other.example.org',
      PUBLIC_URL,
      `${AUDIENCE}/`,
      `${AUDIENCE}x`,
      AUDIENCE.slice(0, -1),
      AUDIENCE.toUpperCase(),
      `${PUBLIC_URL}/cds-services/other`,
      `${PUBLIC_URL}/cds-services`,
      `${service.url}${SERVICE}`,
      'sand_man',
      [],
      ['https://other.example.org'],
      { 0: AUDIENCE },
    ]) {
      expect({ aud, status: await statusOf(await bearer(es, { aud })) }).toEqual({ aud, status: 401 })
    }
    expect(await statusOf(await bearer(es, { aud: ['https://other.example.org', AUDIENCE] }))).toBe(200)
  })

  test('SEC-04 the Host header does not matter', async () => {
    const authorization = await bearer(es, { aud: `https://evil.example${SERVICE}` })
    const answer = await ehr.post(ehr.body(), SERVICE, {
      authorization,
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
    })
    expect(answer.status).toBe(401)
  })

  test('SEC-05 times and required claims', async () => {
    const at = now()
    for (const changes of [
      { exp: at - 120 },
      { iat: at - 4000, exp: at - 3700 },
      { exp: undefined },
      { iat: undefined },
      { jti: undefined },
      { jti: '' },
      { jti: 7 },
      { iss: undefined },
      { aud: undefined },
      { exp: String(at + 300) },
      { iat: String(at) },
      { iat: at + 3600, exp: at + 3900 },
      { exp: at + 86_400 },
      { nbf: at + 600 },
      { nbf: 'x' },
      { exp: at + 300, iat: null },
    ]) {
      expect({ changes, status: await statusOf(await bearer(es, changes)) }).toEqual({ changes, status: 401 })
    }
  })

  test('SEC-06 an issuer or a jku that is not listed: 401, and that host sees no request', async () => {
    const before = [keyHost.seen.length, slowHost.seen.length]
    const jku = strangeHost.url
    expect(await statusOf(await bearer(es, { iss: 'https://evil.example' }))).toBe(401)
    expect(await statusOf(await bearer(es, { iss: `${NORTH}/` }))).toBe(401)
    expect(await statusOf(await bearer(es, { iss: 'https://evil.example' }, { jku }))).toBe(401)
    expect(await statusOf(await bearer(es, {}, { jku }))).toBe(401)
    // listed for another issuer only
    expect(await statusOf(await bearer(es, {}, { jku: keyHost.url }))).toBe(401)
    for (const near of [
      `${keyHost.url}?x`,
      `${keyHost.url}#x`,
      keyHost.url.replace('127.0.0.1', 'localhost'),
    ]) {
      expect(await statusOf(await southern({}, south, { jku: near }))).toBe(401)
    }
    for (const odd of [null, 7, '', ['x'], 'file:///etc/passwd', 'http://169.254.169.254/']) {
      expect(await statusOf(await bearer(es, {}, { jku: odd }))).toBe(401)
    }
    expect(await statusOf(await bearer(es, {}, { x5u: jku }))).not.toBe(500)
    expect(strangeHost.seen).toEqual([])
    expect([keyHost.seen.length, slowHost.seen.length]).toEqual(before)
  })

  test('SEC-07 a token is good once; the same jti from another issuer is another token', async () => {
    const jti = randomUUID()
    const authorization = await bearer(es, { jti })
    expect(await statusOf(authorization)).toBe(200)
    expect(await statusOf(authorization)).toBe(401)
    expect(await statusOf(await bearer(rs, { jti }))).toBe(401)
    expect(await statusOf(await southern({ jti }))).toBe(200)
    const race = await bearer(es)
    const statuses = await Promise.all(Array.from({ length: 12 }, () => statusOf(race)))
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
  })

  test('SEC-08 a new key at the jku works after one more fetch, and the removed one stops', async () => {
    expect(await statusOf(await southern())).toBe(200)
    const next = await signer('ES384', 'south-2')
    const fetched = keyHost.seen.length
    keyHost.keys = [next.jwk]
    expect(await statusOf(await southern())).toBe(200)
    expect(keyHost.seen).toHaveLength(fetched)
    expect(await statusOf(await southern({}, next))).toBe(200)
    expect(keyHost.seen).toHaveLength(fetched + 1)
    expect(await statusOf(await southern())).toBe(401)
    // an unknown kid does not make the host work again and again
    for (let call = 0; call < 5; call += 1) {
      expect(await statusOf(await southern({}, next, { kid: `unknown-${call}` }))).toBe(401)
    }
    expect(keyHost.seen).toHaveLength(fetched + 1)
    south = next
  })

  test('SEC-08 without jku the out-of-band keys are used, and no host is asked', async () => {
    const before = keyHost.seen.length
    expect(await statusOf(await bearer(es))).toBe(200)
    expect(await statusOf(await bearer(south, { iss: SOUTH, tenant: undefined }))).toBe(401)
    expect(keyHost.seen).toHaveLength(before)
  })

  test('SEC-09 RS384 and ES384; further claims do not matter; the tenant does where it is configured', async () => {
    expect(await statusOf(await bearer(rs))).toBe(200)
    expect(await statusOf(await bearer(es, { sub: 'client', nbf: now() - 5, extra: { a: 1 } }))).toBe(200)
    expect(await statusOf(await bearer(es, { tenant: 'n2' }))).toBe(200)
    expect(await statusOf(await bearer(es, { tenant: 'n3' }))).toBe(401)
    expect(await statusOf(await bearer(es, { tenant: undefined }))).toBe(401)
    expect(await statusOf(await southern({ tenant: 'any' }))).toBe(200)
    expect(await statusOf((await bearer(es)).replace('Bearer', 'bearer'))).toBe(200)
  })

  test('SEC-10 the token of the specification: 401', async () => {
    const token = example('33-jwt-compact.txt')?.text.trim()
    if (token === undefined) return
    expect(await statusOf(`Bearer ${token}`)).toBe(401)
    expect((await call(`Bearer ${token}`, '/cds-services/some-service')).status).toBe(401)
  })

  test('SEC-11 every fault looks the same from outside', async () => {
    const faults = [
      undefined,
      'Basic x',
      'Bearer x.y.z',
      await bearer(es, { exp: now() - 999 }),
      await bearer(es, { aud: 'x' }),
      await bearer(es, { tenant: 'x' }),
      await bearer(es, { iss: 'https://evil.example' }),
      await bearer(es, {}, { kid: 'x' }),
      await southern({}, es),
      forged({ alg: 'none' }, claimsOf()),
    ]
    const looks = await Promise.all(
      faults.map(async (authorization) => {
        const { status, text, headers } = await call(authorization)
        const shown = [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name))
        return JSON.stringify({ status, text, shown })
      }),
    )
    expect(new Set(looks).size).toBe(1)
  })

  test('TOK-02 each client may name its own FHIR servers only', async () => {
    const of = async (authorization: string, server: string) =>
      (await call(authorization, SERVICE, ehr.bare(server))).status
    expect(await of(await bearer(es), stub.base)).toBe(200)
    expect(await of(await southern(), southStub.base)).toBe(200)
    const before = [stub.seen.length, southStub.seen.length]
    expect(await of(await bearer(es), southStub.base)).toBe(412)
    expect(await of(await southern(), stub.base)).toBe(412)
    expect([stub.seen.length, southStub.seen.length]).toEqual(before)
  })

  test('the client’s own token is never sent on to the FHIR server', () => {
    for (const { headers } of [...stub.seen, ...southStub.seen]) {
      expect(headers.authorization).toMatch(/^Bearer ZZTOKEN/u)
    }
  })

  test('/api/assess wants a token for /api/assess', async () => {
    const bundle = { resourceType: 'Bundle', type: 'collection', entry: person().held }
    expect((await call(await bearer(es), '/api/assess', bundle)).status).toBe(401)
    const authorization = await bearer(es, { aud: `${PUBLIC_URL}/api/assess` })
    expect((await call(authorization, '/api/assess', bundle)).status).toBe(200)
  })

  test('while a key host hangs, other clients are answered without delay, and its own get a 401 in time', async () => {
    const hanging = Array.from({ length: 10 }, async () =>
      call(await bearer(es, { iss: WEST }, { jku: slowHost.url })),
    )
    await new Promise((resolve) => setTimeout(resolve, 200))
    for (let one = 0; one < 10; one += 1) {
      const { status, ms } = await call(await bearer(es))
      expect(status).toBe(200)
      expect(ms).toBeLessThan(300)
    }
    for (const { status, ms } of await Promise.all(hanging)) {
      expect(status).toBe(401)
      expect(ms).toBeLessThan(4000)
    }
    expect(slowHost.seen).toHaveLength(1)
  })
})

describe('CORS with clients', () => {
  const origin = 'https://sandbox.example.org'

  test('CORS-01 preflights need no token', async () => {
    for (const path of ['/cds-services', SERVICE, `${SERVICE}/feedback`]) {
      const { status, headers } = await ehr.send(path, { method: 'OPTIONS', headers: { origin } })
      expect(status).toBe(204)
      expect(headers.get('access-control-allow-origin')).toBe(origin)
    }
  })

  test('CORS-02 a 401 carries the header for an allowed origin only', async () => {
    const allowedTo = async (from: string) =>
      (await ehr.post('{}', SERVICE, { origin: from })).headers.get('access-control-allow-origin')
    expect(await allowedTo(origin)).toBe(origin)
    expect(await allowedTo('https://evil.example')).toBeNull()
  })
})

describe('FB-05 feedback wants the same authentication', () => {
  const path = `${SERVICE}/feedback`
  const feedback = {
    feedback: [{ card: randomUUID(), outcome: 'overridden', outcomeTimestamp: '2026-01-02T03:04:05Z' }],
  }

  test('no token, a token for elsewhere: 401', async () => {
    expect((await call(undefined, path, feedback)).status).toBe(401)
    expect(
      (await call(await bearer(es, { aud: `${PUBLIC_URL}/cds-services/x/feedback` }), path, feedback)).status,
    ).toBe(401)
  })

  test('the URL of the feedback and, leniently, that of the service are its audience', async () => {
    for (const aud of [`${PUBLIC_URL}${path}`, AUDIENCE]) {
      const { status } = await call(await bearer(es, { aud }), path, feedback)
      expect({ aud, isGood: status >= 200 && status < 300 }).toEqual({ aud, isGood: true })
    }
    expect(await statusOf(await bearer(es, { aud: `${PUBLIC_URL}${path}` }))).toBe(401)
  })

  test('what was stored is shown to clients only', async () => {
    expect((await ehr.send('/api/feedback')).status).toBe(401)
  })
})

testLastRows(() => ({ service, caller: ehr }))
