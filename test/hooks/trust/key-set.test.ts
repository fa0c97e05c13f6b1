import { generateKeyPairSync } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import { hasPrivateKey, keySetFrom } from '../../../src/hooks/trust/key-set.ts'
import { bearer, client, type Signer, signer, trusting } from './ehr-tokens.ts'

let ec: Signer
let rsa: Signer
beforeAll(async () => {
  ;[ec, rsa] = await Promise.all([signer('ES384', 'k'), signer('RS384', 'k')])
})
const found = async (keys: readonly unknown[], alg: 'ES384' | 'RS384' = 'ES384') => {
  const key = await keySetFrom({ keys })?.find('k', alg)
  return typeof key === 'string' ? key : key?.type
}

test('a key is found by its kid', async () => {
  expect(await found([{ ...ec.jwk, kid: 'other' }, ec.jwk])).toBe('public')
  expect(await found([{ ...ec.jwk, kid: 'K' }])).toBe('unknown')
})

test('an RSA and an EC key may share a kid (RFC 7517 4.5); two of a kind may not', async () => {
  expect(await found([ec.jwk, rsa.jwk], 'ES384')).toBe('public')
  expect(await found([ec.jwk, rsa.jwk], 'RS384')).toBe('public')
  expect(await found([ec.jwk, (await signer('ES384', 'k')).jwk])).toBe('unusable')
})

test('a key for encryption, or one that may only sign, is not for us', async () => {
  expect(await found([{ ...ec.jwk, use: 'enc' }])).toBe('mismatch')
  expect(await found([{ ...ec.jwk, key_ops: ['sign'] }])).toBe('mismatch')
  expect(await found([{ ...ec.jwk, key_ops: ['verify'] }])).toBe('public')
})

test('use and alg may be absent; members that we do not know are no harm', async () => {
  const { use, alg, ...bare } = ec.jwk
  expect(await found([{ ...bare, x5c: ['AA'], 'com.example': {}, ext: 'yes' }])).toBe('public')
})

test('entries that are no usable key are passed over', async () => {
  const others = [null, 7, 'key', [], {}, { kty: 'oct', kid: 'k', k: 'AA' }, { kty: 'OKP', kid: 'k' }]
  expect(await found([...others, ec.jwk])).toBe('public')
  expect(await found(others)).toBe('unknown')
})

test('a private key is never a key to check with', async () => {
  const { privateKey } = await generateKeyPair('ES384', { extractable: true })
  const leaked = { ...(await exportJWK(privateKey)), kid: 'k' }
  expect(await found([leaked])).toBe('unknown')
  expect(hasPrivateKey({ keys: [leaked] })).toBe(true)
  expect(hasPrivateKey({ keys: [ec.jwk, rsa.jwk, null] })).toBe(false)
})

test('a point that is not on the curve is unusable', async () => {
  expect(await found([{ ...ec.jwk, y: ec.jwk.x }])).toBe('unusable')
  expect(await found([{ ...ec.jwk, x: 7 }])).toBe('unusable')
})

test('an RSA key below 2048 bits proves nothing', async () => {
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const jwk = { ...weak.publicKey.export({ format: 'jwk' }), kid: 'weak' }
  const strong = { ...rsa, kid: 'weak' }
  expect(await trusting([client({ jwks: { keys: [jwk] } })]).outcome(await bearer(strong))).toBe('key')
})

test.each([undefined, null, [], 'keys', {}, { keys: null }, { keys: {} }])('%p is no JWKS', (jwks) => {
  expect(keySetFrom(jwks)).toBeNull()
})
