import { clientProblems, createTrust, TrustConfigError } from '../../../src/hooks/trust/trust.ts'
import { AUDIENCE, bearer, client, ISSUER, type Signer, signer } from './ehr-tokens.ts'

const JKU = 'https://ehr.example.org/jwks.json'
let ehr: Signer
beforeAll(async () => {
  ehr = await signer('ES384', 'ehr-1')
})

test('clients that are all right', () => {
  expect(clientProblems([])).toEqual([])
  expect(
    clientProblems([
      client({ jku: [JKU] }),
      client({ issuer: 'b', jwks: JKU }),
      client({ issuer: 'c', jwks: { keys: [ehr.jwk] }, jku: ['http://127.0.0.1:9/jwks'] }),
    ]),
  ).toEqual([])
})

test.each([
  ['no keys at all', () => client({}), /without keys nobody is trusted/u],
  ['http to another machine', () => client({ jku: ['http://ehr.example.org/jwks'] }), /must be https/u],
  ['http to another machine, out of band', () => client({ jwks: 'http://10.0.0.1/jwks' }), /must be https/u],
  [
    'a user name in the URL',
    () => client({ jku: ['https://me:pw@ehr.example.org/'] }),
    /without a user name/u,
  ],
  ['a JWKS without keys', () => client({ jwks: { keys: [] } }), /no usable public key/u],
  ['a JWK instead of a JWKS', () => client({ jwks: { ...ehr.jwk } }), /no usable public key/u],
  [
    'keys without kid',
    () => client({ jwks: { keys: [{ ...ehr.jwk, kid: undefined }] } }),
    /no usable public key/u,
  ],
  [
    'a private key',
    () => client({ jwks: { keys: [{ ...ehr.jwk, d: 'secret-d' }] } }),
    /holds a private key/u,
  ],
])('%s → said with the issuer, without the key', (_name, config, sentence) => {
  const problems = clientProblems([config()])
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(sentence)
  expect(problems[0]).toContain(ISSUER)
  expect(problems[0]).not.toMatch(/secret-d|pw@/u)
})

test('one issuer twice → said once; createTrust throws everything together', () => {
  const clients = [
    client({ jku: [JKU] }),
    client({ jku: [JKU] }),
    client({ jku: [JKU] }),
    client({ issuer: 'b' }),
  ]
  expect(clientProblems(clients)).toEqual([
    `${ISSUER}: this issuer is listed more than once`,
    'b: give jwks or jku: without keys nobody is trusted',
  ])
  expect(() => createTrust({ clients, now: () => new Date(0) })).toThrow(TrustConfigError)
})

test('without clients nobody is trusted', async () => {
  const trust = createTrust({ clients: [], now: () => new Date(0) })
  expect(await trust.authenticate(await bearer(ehr), [AUDIENCE])).toEqual({
    ok: false,
    failure: 'issuer',
    issuer: null,
  })
})
