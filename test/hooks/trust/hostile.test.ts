/** Whatever is sent, the answer is a refusal: never an exception, never a fetch, never much time. */
import fc from 'fast-check'
import { LONGEST_TOKEN, parseToken } from '../../../src/hooks/trust/token.ts'
import {
  AUDIENCE,
  bearer,
  claimsOf,
  client,
  forged,
  ISSUER,
  type Signer,
  signer,
  trusting,
} from './ehr-tokens.ts'

const RUNS = Number(process.env.APATITE_FUZZ_RUNS ?? 500)
let ehr: Signer
let fetched = 0
let trust: ReturnType<typeof trusting>
beforeAll(async () => {
  ehr = await signer('ES384', 'ehr-1')
  trust = trusting(
    [client({ jwks: { keys: [ehr.jwk] }, jku: ['https://ehr.example.org/jwks'] })],
    async () => {
      fetched += 1
      return new Response('{"keys":[]}')
    },
  )
})

const refused = async (authorization: string) => {
  const answer = await trust.authenticate(authorization, [AUDIENCE])
  expect(answer.ok).toBe(false)
}

test('any string', async () => {
  await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary' }), refused), { numRuns: RUNS })
})

test('any three parts after Bearer', async () => {
  const part = fc.oneof(
    fc.base64String(),
    fc.string(),
    fc.json().map((json) => Buffer.from(json).toString('base64url')),
  )
  await fc.assert(
    fc.asyncProperty(part, part, part, (...parts) => refused(`Bearer ${parts.join('.')}`)),
    { numRuns: RUNS },
  )
})

test('any header and any claims around what is known, never signed', async () => {
  const any = fc.jsonValue()
  const header = fc.record(
    {
      alg: fc.oneof(fc.constantFrom('ES384', 'RS384', 'none', 'HS256'), any),
      typ: fc.oneof(fc.constant('JWT'), any),
      kid: fc.oneof(fc.constant('ehr-1'), any),
      crit: any,
      b64: any,
    },
    { requiredKeys: [] },
  )
  const claims = fc.record(
    {
      iss: fc.oneof(fc.constant(ISSUER), any),
      aud: fc.oneof(fc.constant(AUDIENCE), any),
      exp: any,
      jti: any,
    },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(header, claims, fc.base64String(), (first, second, signature) =>
      refused(forged(first, second, signature.replace(/\W/gu, ''))),
    ),
    { numRuns: RUNS },
  )
})

test('any claims, well signed', async () => {
  const any = fc.jsonValue()
  const claims = fc.dictionary(fc.constantFrom('aud', 'exp', 'iat', 'nbf', 'jti', 'tenant'), any, {
    minKeys: 1,
  })
  await fc.assert(
    fc.asyncProperty(claims, async (changes) => {
      const answer = await trust.authenticate(await bearer(ehr, changes), [AUDIENCE])
      if (answer.ok) expect(['aud', 'exp', 'iat'].some((name) => name in changes)).toBe(false)
    }),
    { numRuns: RUNS },
  )
})

test.each([
  [-1, true],
  [0, true],
  [1, false],
])('a token %p characters over the longest is read: %p', (over, isRead) => {
  const bare = forged({ alg: 'ES384' }, claimsOf()).slice('Bearer '.length)
  const token = bare.padEnd(LONGEST_TOKEN + over, 'A')
  expect(parseToken(token) !== null).toBe(isRead)
})

test('bytes that are no UTF-8 are malformed, not mended', async () => {
  const header = Buffer.from('{"alg":"ES384","typ":"JWT","kid":"\xff"}', 'latin1').toString('base64url')
  expect(await trust.outcome(`Bearer ${header}.e30.AA`)).toBe('malformed')
})

test('names of Object.prototype are no members', async () => {
  await refused(forged(JSON.parse('{"__proto__":{"alg":"ES384","typ":"JWT","kid":"ehr-1"}}'), claimsOf()))
  await refused(forged({ alg: 'ES384', typ: 'JWT', kid: '__proto__' }, claimsOf(), 'AA'))
  await refused(
    forged({ alg: 'ES384', typ: 'JWT', kid: 'x', jku: '__proto__' }, claimsOf({ iss: '__proto__' }), 'AA'),
  )
})

test('megabytes are refused without being looked at', async () => {
  const begun = performance.now()
  for (const text of [
    ' '.repeat(4e6),
    `Bearer ${' '.repeat(4e6)}`,
    `Bearer ${'a.'.repeat(2e6)}`,
    'B'.repeat(4e6),
  ]) {
    await refused(text)
  }
  expect(performance.now() - begun).toBeLessThan(500)
})

afterAll(() => {
  expect(fetched).toBe(0)
})
