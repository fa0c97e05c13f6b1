/** Signatures checked on this thread (RSA) and by jose: both say the same. */
import { type CryptoKey, compactVerify, generateKeyPair, SignJWT } from 'jose'
import { ALGORITHMS, type Algorithm } from '../../../src/hooks/trust/key-set.ts'
import { signatureFailure } from '../../../src/hooks/trust/signature.ts'

const sign = (alg: string, key: CryptoKey) =>
  new SignJWT({ iss: 'https://ehr.example.org' }).setProtectedHeader({ alg, typ: 'JWT' }).sign(key)

const joseSays = (jws: string, key: CryptoKey, alg: Algorithm) =>
  compactVerify(jws, key, { algorithms: [alg] }).then(
    () => null,
    (error: unknown) => (error instanceof TypeError ? 'key' : 'signature'),
  )

describe.each(ALGORITHMS)('%s', (alg) => {
  let own: { publicKey: CryptoKey; privateKey: CryptoKey }
  let other: typeof own
  let token: string
  beforeAll(async () => {
    ;[own, other] = await Promise.all([generateKeyPair(alg), generateKeyPair(alg)])
    token = await sign(alg, own.privateKey)
  })

  const answers = async (jws: string, key: CryptoKey) => {
    const answer = await signatureFailure(jws, key, alg)
    expect(answer).toBe(await joseSays(jws, key, alg))
    return answer
  }

  test('a good signature', async () => {
    expect(await answers(token, own.publicKey)).toBeNull()
  })

  test('the signature of another key, cut short, empty, or of other claims', async () => {
    const [header = '', claims = '', signature = ''] = token.split('.')
    const changed = Buffer.from('{"iss":"https://other.example.org"}').toString('base64url')
    expect(await answers(token, other.publicKey)).toBe('signature')
    expect(await answers(`${header}.${claims}.${signature.slice(0, -4)}`, own.publicKey)).toBe('signature')
    expect(await answers(`${header}.${claims}.${signature}AAAA`, own.publicKey)).toBe('signature')
    expect(await answers(`${header}.${claims}.`, own.publicKey)).toBe('signature')
    expect(await answers(`${header}.${changed}.${signature}`, own.publicKey)).toBe('signature')
  })

  test('every single byte of the signature counts', async () => {
    const [header = '', claims = '', text = ''] = token.split('.')
    const signature = Buffer.from(text, 'base64url')
    for (let at = 0; at < signature.length; at += 7) {
      const wrong = Buffer.from(signature)
      wrong[at] = (wrong[at] ?? 0) ^ 1
      const jws = `${header}.${claims}.${wrong.toString('base64url')}`
      expect(await signatureFailure(jws, own.publicKey, alg)).toBe('signature')
    }
  })

  test('a private key verifies nothing', async () => {
    expect(await signatureFailure(token, own.privateKey, alg)).toBe('key')
  })
})

test('a PSS signature is none where PKCS1 was said, nor SHA-256 where SHA-384 was', async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS384', { extractable: true })
  const as = async (alg: 'PS384' | 'RS256') => {
    const pkcs8 = await crypto.subtle.exportKey('pkcs8', privateKey)
    const kind = alg === 'PS384' ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5'
    const hash = alg === 'PS384' ? 'SHA-384' : 'SHA-256'
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, { name: kind, hash }, false, ['sign'])
    return sign(alg, key)
  }
  expect(await signatureFailure(await as('PS384'), publicKey, 'RS384')).toBe('signature')
  expect(await signatureFailure(await as('RS256'), publicKey, 'RS384')).toBe('signature')
})
