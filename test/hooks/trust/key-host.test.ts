/** A key host that misbehaves in every way we know, as a real server on loopback. */
import { gzipSync } from 'node:zlib'
import { isKeyUrl, KEY_HOST_TIMEOUT, keyHost, LARGEST_JWKS } from '../../../src/hooks/trust/key-host.ts'
import { bearer, client, type Signer, signer, trusting } from './ehr-tokens.ts'
import { type KeyServer, keyServer } from './key-server.ts'

let ehr: Signer
let host: KeyServer
beforeAll(async () => {
  ehr = await signer('ES384', 'ehr-1')
})
beforeEach(async () => {
  host = await keyServer([ehr.jwk])
})
afterEach(() => host.close())

const asked = async (url = host.url, timeout?: number) => {
  const answer = await keyHost({ timeout })(url)
  return answer.ok ? answer.keys.size : answer.failure
}
const body = (padding: number) => {
  const jwks = { keys: [ehr.jwk], padding: '' }
  jwks.padding = 'x'.repeat(padding - JSON.stringify(jwks).length)
  return JSON.stringify(jwks)
}

test('a JWKS, whatever media type it is called', async () => {
  expect(await asked()).toBe(1)
  host.answer = (_request, response) => {
    response.setHeader('content-type', 'text/plain')
    response.end(JSON.stringify({ keys: [ehr.jwk] }))
  }
  expect(await asked()).toBe(1)
})

test('the request says what it wants and carries nothing that could be of use to anyone', async () => {
  let headers: NodeJS.Dict<string | string[]> = {}
  host.answer = (request, response) => {
    headers = request.headers
    response.end('{"keys":[]}')
  }
  expect(await asked()).toBe(0)
  expect(headers.accept).toBe('application/jwk-set+json, application/json')
  for (const name of ['authorization', 'cookie', 'referer', 'origin']) expect(headers[name]).toBeUndefined()
})

test.each([301, 302, 303, 307, 308])('a redirect (%p) is not followed', async (status) => {
  const target = await keyServer([ehr.jwk])
  host.answer = (_request, response) => {
    response.writeHead(status, { location: target.url })
    response.end()
  }
  expect(await asked()).toBe('redirect')
  expect(target.requests).toEqual([])
  await target.close()
})

test.each([201, 204, 400, 401, 404, 429, 500, 503])('status %p is no answer', async (status) => {
  host.answer = (_request, response) => {
    response.statusCode = status
    response.end(status === 204 ? undefined : JSON.stringify({ keys: [ehr.jwk] }))
  }
  expect(await asked()).toBe('status')
})

test.each(['', '<html>', '[]', 'null', '{"keys":{}}', '{"key":[]}', '{"keys":[', '\xff'])(
  'the body %p is garbage',
  async (text) => {
    host.answer = (_request, response) => response.end(Buffer.from(text, 'latin1'))
    expect(await asked()).toBe('garbage')
  },
)

test.each([
  [-1, 1],
  [0, 1],
  [1, 'too-large'],
])('%p bytes over the largest → %p', async (over, expected) => {
  host.answer = (_request, response) => response.end(body(LARGEST_JWKS + over))
  expect(await asked()).toBe(expected)
})

test('a small answer that unpacks to a large one is too large', async () => {
  host.answer = (_request, response) => {
    response.setHeader('content-encoding', 'gzip')
    response.end(gzipSync(body(LARGEST_JWKS + 1)))
  }
  expect(await asked()).toBe('too-large')
})

test('a body without end is cut off at the limit', async () => {
  const { promise: gone, resolve: closed } = Promise.withResolvers<void>()
  host.answer = (_request, response) => {
    const more = setInterval(() => response.write('x'.repeat(64 * 1024)), 1)
    response.on('close', () => {
      clearInterval(more)
      closed()
    })
  }
  expect(await asked()).toBe('too-large')
  await gone
})

test('a host that says nothing, or stops in the middle, is a timeout', async () => {
  host.answer = () => undefined
  expect(await asked(host.url, 50)).toBe('timeout')
  host.answer = (_request, response) => response.write('{"keys":[')
  expect(await asked(host.url, 50)).toBe('timeout')
})

test('a host that hangs up, or is not there', async () => {
  host.answer = (request) => request.socket.destroy()
  expect(await asked()).toBe('unreachable')
  const gone = await keyServer()
  await gone.close()
  expect(await asked(gone.url)).toBe('unreachable')
})

test('a URL that may not be asked is not asked', async () => {
  let calls = 0
  const ask = keyHost({
    fetch: async () => {
      calls += 1
      return new Response('{"keys":[]}')
    },
  })
  for (const url of [
    'http://ehr.example.org/jwks',
    'file:///etc/passwd',
    'data:,{"keys":[]}',
    'nonsense',
    '',
  ]) {
    expect(await ask(url)).toEqual({ ok: false, failure: 'url' })
  }
  expect(calls).toBe(0)
})

test.each([
  ['https://ehr.example.org/jwks.json', true],
  ['http://127.0.0.1:8080/jwks', true],
  ['http://127.8.9.1/jwks', true],
  ['http://localhost/jwks', true],
  ['http://[::1]:80/jwks', true],
  ['http://127.0.0.1.example.org/jwks', false],
  ['http://localhost.example.org/jwks', false],
  ['http://169.254.169.254/latest', false],
  ['http://[::ffff:169.254.169.254]/', false],
  ['http://0.0.0.0/jwks', false],
  ['https://user:secret@ehr.example.org/jwks', false],
  ['ftp://127.0.0.1/jwks', false],
])('%s may be asked: %p', (url, may) => {
  expect(isKeyUrl(url)).toBe(may)
})

test('a key host that hangs holds up its own issuer for the timeout, and nobody else', async () => {
  const hanging = await keyServer()
  hanging.answer = () => undefined
  const other = 'https://other.example.org'
  const { outcome } = trusting([client({ jku: [host.url] }), client({ issuer: other, jku: [hanging.url] })])
  const waiting = await Promise.all(
    Array.from({ length: 200 }, () => bearer(ehr, { iss: other }, { jku: hanging.url })),
  )
  const begun = performance.now()
  const held = Promise.all(waiting.map((token) => outcome(token)))
  for (let call = 0; call < 20; call += 1) {
    expect(await outcome(await bearer(ehr, {}, { jku: host.url }))).toBe('ok')
  }
  expect(performance.now() - begun).toBeLessThan(KEY_HOST_TIMEOUT / 2)
  expect(new Set(await held)).toEqual(new Set(['keys-unavailable']))
  // one request for all, and after it the host is left alone: the next call does not wait
  expect(hanging.requests).toHaveLength(1)
  const next = performance.now()
  expect(await outcome(await bearer(ehr, { iss: other }, { jku: hanging.url }))).toBe('keys-unavailable')
  expect(performance.now() - next).toBeLessThan(KEY_HOST_TIMEOUT / 2)
  await hanging.close()
})

test('1,000 tokens with different unknown kids reach the key host twice: the first fetch, one refetch', async () => {
  const { outcome } = trusting([client({ jku: [host.url] })])
  expect(await outcome(await bearer(ehr, {}, { jku: host.url }))).toBe('ok')
  const token = await bearer(ehr, {}, { jku: host.url })
  const [, claims, signature] = token.split('.')
  const outcomes = await Promise.all(
    Array.from({ length: 1000 }, (_, index) => {
      const header = { alg: 'ES384', typ: 'JWT', kid: `unknown-${index}`, jku: host.url }
      return outcome(
        `Bearer ${Buffer.from(JSON.stringify(header)).toString('base64url')}.${claims}.${signature}`,
      )
    }),
  )
  expect(new Set(outcomes)).toEqual(new Set(['key']))
  expect(host.requests).toHaveLength(2)
})
