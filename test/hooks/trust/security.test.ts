/** SEC-01 to SEC-11 of cds-hooks.md 13 at the function behind the routes; each HTTP half is tested at the service. */
import { createPublicKey } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SignJWT } from 'jose'
import { bearerChallenge, type TrustEvent } from '../../../src/hooks/trust/trust.ts'
import {
  AUDIENCE,
  bearer,
  claimsOf,
  client,
  forged,
  ISSUER,
  NOW,
  type Signer,
  signer,
  trusting,
} from './ehr-tokens.ts'
import { type KeyServer, keyServer } from './key-server.ts'

const OTHER = 'https://other.example.org'
let ehr: Signer
let rsa: Signer
let otherEhr: Signer
let host: KeyServer

beforeAll(async () => {
  ;[ehr, rsa, otherEhr] = await Promise.all([
    signer('ES384', 'ehr+/=1'),
    signer('RS384', 'rsa-1'),
    signer('ES384', 'other-1'),
  ])
})
beforeEach(async () => {
  host = await keyServer([ehr.jwk])
})
afterEach(() => host.close())

/** Knows both issuers by out-of-band keys. */
const two = () =>
  trusting([
    client({ jwks: { keys: [ehr.jwk, rsa.jwk] } }),
    client({ issuer: OTHER, jwks: { keys: [otherEhr.jwk] } }),
  ])

describe('SEC-01: what is no token', () => {
  test.each([
    ['no header', undefined, 'no-token'],
    ['an empty header', '', 'no-token'],
    ['Basic', 'Basic dXNlcjpwYXNz', 'no-token'],
    ['Bearer glued to something', 'Bearerx.y.z', 'no-token'],
    ['Bearer alone', 'Bearer', 'malformed'],
    ['garbage', 'Bearer garbage', 'malformed'],
    ['three parts of garbage', 'Bearer a.b.c', 'malformed'],
    ['four parts', 'Bearer e30.e30.e30.e30', 'malformed'],
    ['a header that is a list', forged([], claimsOf(), 'AA'), 'malformed'],
    ['claims that are null', forged({ alg: 'ES384' }, null, 'AA'), 'malformed'],
  ])('%s → refused', async (_name, authorization, failure) => {
    expect(await two().authenticate(authorization, [AUDIENCE])).toEqual({ ok: false, failure, issuer: null })
  })

  test('the challenge is Bearer and gives no reason', () => {
    expect(bearerChallenge).toBe('Bearer')
  })

  test('the scheme may be written in any case, with more than one space', async () => {
    const jwt = (await bearer(ehr)).slice('Bearer '.length)
    expect(await two().outcome(`bEARER   ${jwt}`)).toBe('ok')
  })
})

describe('SEC-02: algorithms', () => {
  test.each(['none', 'None', 'HS256', 'HS384', 'ES512', 'EdDSA', '', null, ['ES384'], undefined])(
    'alg %p → refused',
    async (alg) => {
      const token = forged({ alg, kid: ehr.kid, typ: 'JWT' }, claimsOf(), 'AAAA')
      expect(await two().outcome(token)).toBe('algorithm')
    },
  )

  test('HS256 keyed with the public key → refused', async () => {
    const pem = createPublicKey({ key: rsa.jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
    const jwt = await new SignJWT(claimsOf())
      .setProtectedHeader({ alg: 'HS256', kid: rsa.kid, typ: 'JWT' })
      .sign(new TextEncoder().encode(String(pem)))
    expect(await two().outcome(`Bearer ${jwt}`)).toBe('algorithm')
  })

  test.each([
    ['RS384 with the kid of an EC key', 'RS384', () => ehr],
    ['ES384 with the kid of an RSA key', 'ES384', () => rsa],
    ['ES256 with a P-384 key', 'ES256', () => ehr],
    ['RS256 with a key that is for RS384', 'RS256', () => rsa],
    ['PS384 with a key that is for RS384', 'PS384', () => rsa],
  ])('%s → refused', async (_name, alg, key) => {
    const token = forged({ alg, kid: key().kid, typ: 'JWT' }, claimsOf(), 'AAAA')
    expect(await two().outcome(token)).toBe('algorithm')
  })
})

describe('SEC-03: signature and key', () => {
  test('a changed claim → refused', async () => {
    const [header, , signature] = (await bearer(ehr)).split('.')
    const claims = Buffer.from(JSON.stringify(claimsOf({ tenant: 'south' }))).toString('base64url')
    expect(await two().outcome(`${header}.${claims}.${signature}`)).toBe('signature')
  })

  test('signed by someone else under a known kid → refused', async () => {
    const thief = { ...(await signer('ES384', 'x')), kid: ehr.kid }
    expect(await two().outcome(await bearer(thief))).toBe('signature')
  })

  test('an unknown kid → refused', async () => {
    expect(await two().outcome(await bearer(ehr, {}, { kid: 'nobody' }))).toBe('key')
  })

  test('the kid and the key of another issuer → refused', async () => {
    expect(await two().outcome(await bearer(otherEhr))).toBe('key')
  })

  test('no kid → refused, and no key host is asked (field case F107)', async () => {
    const { outcome } = trusting([client({ jwks: host.url, jku: [host.url] })])
    expect(await outcome(await bearer(ehr, {}, { kid: undefined }))).toBe('key')
    expect(await outcome(await bearer(ehr, {}, { kid: undefined, jku: host.url }))).toBe('key')
    expect(await outcome(await bearer(ehr, {}, { kid: 7 }))).toBe('key')
    expect(host.requests).toEqual([])
  })

  test('a key that the token brings along is not used', async () => {
    const thief = await signer('ES384', 'thief')
    expect(await two().outcome(await bearer(thief, {}, { jwk: thief.jwk }))).toBe('key')
  })

  test.each([undefined, 'jwt', 'at+jwt', null])('typ %p → refused', async (typ) => {
    expect(await two().outcome(await bearer(ehr, {}, { typ }))).toBe('malformed')
  })

  test('critical extensions → refused', async () => {
    expect(await two().outcome(await bearer(ehr, {}, { crit: ['b64'], b64: true }))).toBe('malformed')
  })
})

describe('SEC-04: audience', () => {
  test.each([
    ['another address', 'https://elsewhere.example.org/cds-services/mineral-review', 'audience'],
    ['another service here', 'https://cds.example.org/cds-services/other', 'audience'],
    ['a prefix of ours', 'https://cds.example.org/cds-services', 'audience'],
    ['ours and more', `${AUDIENCE}/`, 'audience'],
    ['ours in capitals', AUDIENCE.toUpperCase(), 'audience'],
    ['a name (Meld)', 'sand_man', 'audience'],
    ['an empty list', [], 'audience'],
    ['a list with a number', [AUDIENCE, 1], 'claims'],
    ['an object', { url: AUDIENCE }, 'claims'],
    ['a list without ours', ['https://elsewhere.example.org', ''], 'audience'],
    ['a list with ours', ['https://elsewhere.example.org', AUDIENCE], 'ok'],
  ])('%s → as it should', async (_name, aud, expected) => {
    expect(await two().outcome(await bearer(ehr, { aud }))).toBe(expected)
  })

  test('any of the audiences of the endpoint will do; without any, none', async () => {
    const { outcome } = two()
    const other = 'https://cds.example.org/cds-services/mineral-review/feedback'
    expect(await outcome(await bearer(ehr), [other, AUDIENCE])).toBe('ok')
    expect(await outcome(await bearer(ehr), [])).toBe('audience')
  })
})

describe('SEC-05: times and required claims', () => {
  test.each([
    ['expired', { iat: NOW - 600, exp: NOW - 300 }, 'expired'],
    ['iat far in the future', { iat: NOW + 3000, exp: NOW + 3300 }, 'not-yet'],
    ['no exp', { exp: undefined }, 'claims'],
    ['no iat', { iat: undefined }, 'claims'],
    ['no jti', { jti: undefined }, 'claims'],
    ['no iss', { iss: undefined }, 'issuer'],
    ['no aud', { aud: undefined }, 'claims'],
    ['exp a string', { exp: String(NOW + 300) }, 'claims'],
    ['iat a string', { iat: String(NOW) }, 'claims'],
    ['nbf a string', { nbf: String(NOW) }, 'claims'],
    ['exp null', { exp: null }, 'claims'],
    ['jti a number', { jti: 7 }, 'claims'],
    ['jti empty', { jti: '' }, 'claims'],
    ['tenant a number', { tenant: 7 }, 'claims'],
  ])('%s → refused', async (_name, changes, failure) => {
    expect(await two().outcome(await bearer(ehr, changes))).toBe(failure)
  })
})

describe('SEC-06: who may call, and which key hosts are asked', () => {
  test('an issuer that is not listed → refused, and the host it names sees no request', async () => {
    const { authenticate } = trusting([client({ jku: ['https://ehr.example.org/jwks.json'] })])
    for (const iss of [`${ISSUER}/`, 'HTTPS://ehr.example.org', 'https://evil.example.org', 7, null, {}]) {
      const answer = await authenticate(await bearer(ehr, { iss }, { jku: host.url }), [AUDIENCE])
      expect(answer).toEqual({ ok: false, failure: 'issuer', issuer: null })
    }
    expect(host.requests).toEqual([])
  })

  test.each([
    ['not listed', { jwks: { keys: [] as unknown[] } }],
    ['listed for another issuer only', { jku: ['https://ehr.example.org/jwks.json'] }],
  ])('a jku that is %s → refused, and its host sees no request', async (_name, config) => {
    const keys = 'jwks' in config ? { jwks: { keys: [ehr.jwk] } } : config
    const { outcome } = trusting([client(keys), client({ issuer: OTHER, jku: [host.url] })])
    expect(await outcome(await bearer(ehr, {}, { jku: host.url }))).toBe('jku')
    expect(host.requests).toEqual([])
  })

  test.each([null, 7, '', ['x']])(
    'a jku that is %p → refused, the out-of-band keys are no way out',
    async (jku) => {
      expect(await two().outcome(await bearer(ehr, {}, { jku }))).toBe('jku')
    },
  )

  test('a URL that means the same but is written otherwise is not the listed one', async () => {
    const { outcome } = trusting([client({ jku: [host.url] })])
    for (const jku of [`${host.url}#`, `${host.url}?`, host.url.replace('http', 'HTTP')]) {
      expect(await outcome(await bearer(ehr, {}, { jku }))).toBe('jku')
    }
    expect(host.requests).toEqual([])
  })
})

describe('SEC-07: replay', () => {
  test('the same token twice → the second is refused', async () => {
    const { outcome } = two()
    const token = await bearer(ehr)
    expect(await outcome(token)).toBe('ok')
    expect(await outcome(token)).toBe('replay')
  })

  test('two calls at once with one token → exactly one gets in', async () => {
    const { outcome } = two()
    const token = await bearer(ehr)
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(token)))
    expect(outcomes.filter((one) => one === 'ok')).toHaveLength(1)
    expect(outcomes.filter((one) => one === 'replay')).toHaveLength(19)
  })

  test('the same jti from another issuer → accepted', async () => {
    const { outcome } = two()
    expect(await outcome(await bearer(ehr, { jti: 'n-1' }))).toBe('ok')
    expect(await outcome(await bearer(otherEhr, { iss: OTHER, jti: 'n-1' }))).toBe('ok')
    expect(await outcome(await bearer(ehr, { jti: 'n-1', exp: NOW + 301 }))).toBe('replay')
  })

  test('a token that was refused does not use its jti up', async () => {
    const { outcome } = two()
    expect(await outcome(await bearer(ehr, { jti: 'n-2', aud: 'elsewhere' }))).toBe('audience')
    expect(await outcome(await bearer(ehr, { jti: 'n-2' }))).toBe('ok')
  })
})

describe('SEC-08: out-of-band keys and rotation', () => {
  test('no jku → the out-of-band keys are used, not those of a jku host', async () => {
    const { outcome } = trusting([client({ jwks: { keys: [rsa.jwk] }, jku: [host.url] })])
    expect(await outcome(await bearer(rsa))).toBe('ok')
    expect(await outcome(await bearer(ehr))).toBe('key')
    expect(host.requests).toEqual([])
    expect(await outcome(await bearer(ehr, {}, { jku: host.url }))).toBe('ok')
    expect(await outcome(await bearer(rsa, {}, { jku: host.url }))).toBe('key')
  })

  test('out-of-band keys behind a URL', async () => {
    const { outcome } = trusting([client({ jwks: host.url })])
    expect(await outcome(await bearer(ehr))).toBe('ok')
    expect(await outcome(await bearer(ehr))).toBe('ok')
    expect(host.requests).toEqual(['GET /jwks.json'])
  })

  test('no jku and only jku URLs configured → refused, nothing is asked', async () => {
    const { outcome } = trusting([client({ jku: [host.url] })])
    expect(await outcome(await bearer(ehr))).toBe('key')
    expect(host.requests).toEqual([])
  })

  test('a new kid works after one refetch, at once; the removed one stops', async () => {
    const { outcome } = trusting([client({ jku: [host.url] })])
    const jku = { jku: host.url }
    expect(await outcome(await bearer(ehr, {}, jku))).toBe('ok')
    const next = await signer('ES384', 'ehr-2')
    host.serve([next.jwk])
    expect(await outcome(await bearer(next, {}, jku))).toBe('ok')
    expect(await outcome(await bearer(ehr, {}, jku))).toBe('key')
    expect(host.requests).toHaveLength(2)
  })
})

describe('SEC-09: what must be accepted', () => {
  test('RS384 and ES384', async () => {
    const { outcome } = two()
    expect(await outcome(await bearer(rsa))).toBe('ok')
    expect(await outcome(await bearer(ehr))).toBe('ok')
  })

  test.each(['ES256', 'RS256', 'PS256', 'PS384'])('%s', async (alg) => {
    const key = await signer(alg, 'k')
    expect(await trusting([client({ jwks: { keys: [key.jwk] } })]).outcome(await bearer(key))).toBe('ok')
  })

  test('extra claims, as Epic sends them', async () => {
    const { authenticate } = trusting([
      client({ jwks: { keys: [rsa.jwk] }, profile: 'epic', fhirServers: ['https://fhir.example.org/r4'] }),
    ])
    const token = await bearer(rsa, { sub: 'client-id', nbf: NOW, tenant: 'north', other: { a: [1] } })
    expect(await authenticate(token, [AUDIENCE])).toEqual({
      ok: true,
      client: {
        issuer: ISSUER,
        tenant: 'north',
        profile: 'epic',
        fhirServers: ['https://fhir.example.org/r4'],
      },
    })
  })

  test('nbf in the future → refused', async () => {
    expect(await two().outcome(await bearer(ehr, { nbf: NOW + 120 }))).toBe('not-yet')
  })

  test('configured tenants: one of them → accepted; another, or none → refused', async () => {
    const { outcome } = trusting([client({ jwks: { keys: [ehr.jwk] }, tenants: ['north', 'west'] })])
    expect(await outcome(await bearer(ehr, { tenant: 'west' }))).toBe('ok')
    expect(await outcome(await bearer(ehr, { tenant: 'south' }))).toBe('tenant')
    expect(await outcome(await bearer(ehr))).toBe('tenant')
  })
})

describe('SEC-10: the token of the specification', () => {
  const shared = process.env.APATITE_SHARED ?? fileURLToPath(new URL('../../../../shared', import.meta.url))
  const examples = join(shared, 'interop', 'examples', 'cds-hooks', 'spec-2.0.1')
  const inPlace = existsSync(examples) ? test : test.skip
  const issuer = 'https://fhir-ehr.example.com/'
  const jku = 'https://fhir-ehr.example.com/jwk_uri'
  const audience = 'https://cds.example.org/cds-services/some-service'
  const read = (name: string) => readFileSync(join(examples, name), 'utf8').trim()

  inPlace('with its keys at its jku → its signature is good, it has expired', async () => {
    const asked: string[] = []
    const { outcome, events } = trusting([client({ issuer, jku: [jku] })], async (url) => {
      asked.push(String(url))
      return new Response(read('26-jwks.json'))
    })
    expect(await outcome(`Bearer ${read('33-jwt-compact.txt')}`, [audience])).toBe('expired')
    expect(asked).toEqual([jku])
    expect(events.at(-1)).toEqual({ kind: 'refused', issuer, failure: 'expired', jti: null })
  })

  inPlace('with its keys registered out of band only → refused for its jku', async () => {
    const { outcome } = trusting([client({ issuer, jwks: JSON.parse(read('26-jwks.json')) })])
    expect(await outcome(`Bearer ${read('33-jwt-compact.txt')}`, [audience])).toBe('jku')
  })
})

describe('SEC-11: nothing of a token in the log', () => {
  test('events hold the listed issuer, the kind of failure and a hash, and nothing else', async () => {
    const tenant = 'tenant-in-clear'
    const { outcome, events } = trusting([client({ jwks: { keys: [ehr.jwk] }, jku: [host.url] })])
    const tokens = [
      await bearer(ehr, { jti: 'jti-in-clear', tenant, sub: 'sub-in-clear' }),
      await bearer(ehr, { jti: 'jti-in-clear', tenant }),
      await bearer(ehr, { tenant }, { jku: host.url }),
      await bearer(ehr, { iss: 'https://iss-in-clear.example.org' }),
      await bearer(ehr, {}, { jku: 'https://jku-in-clear.example.org' }),
      await bearer(ehr, {}, { kid: 'kid-in-clear' }),
      await bearer(ehr, { aud: 'aud-in-clear' }),
      'Bearer garbage-in-clear',
      'Basic basic-in-clear',
    ]
    for (const token of tokens) await outcome(token)
    const log = JSON.stringify(events)
    expect(log).not.toMatch(/in-clear/u)
    for (const token of tokens) {
      for (const part of token.split(/[. ]/u).filter((text) => text.length > 8))
        expect(log).not.toContain(part)
    }
    for (const value of [ehr.kid, ehr.jwk.x, AUDIENCE]) expect(log).not.toContain(value)
    const members = new Set(events.flatMap((event: TrustEvent) => Object.keys(event)))
    expect([...members].sort()).toEqual(['failure', 'issuer', 'jti', 'kind', 'outcome'])
    expect(events.map((event) => ('failure' in event ? event.failure : event.kind))).toEqual([
      'accepted',
      'replay',
      'keys',
      'accepted',
      'issuer',
      'jku',
      'key',
      'audience',
      'malformed',
      'no-token',
    ])
  })
})
