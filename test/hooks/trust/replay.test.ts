import { nonceOf, replayMemory } from '../../../src/hooks/trust/replay.ts'
import { createTrust, type TrustEvent } from '../../../src/hooks/trust/trust.ts'
import { AUDIENCE, bearer, client, ISSUER, NOW, signer } from './ehr-tokens.ts'

const MINUTE = 60_000
const START = Date.UTC(2026, 4, 6, 12)
const memoryAt = (capacity = 100) => {
  const clock = { at: START }
  return { clock, memory: replayMemory(() => new Date(clock.at), capacity) }
}

test('a nonce is seen until its time has come, and forgotten within a minute after it', () => {
  const { clock, memory } = memoryAt()
  const until = START + 5 * MINUTE
  expect(memory.use('a', until)).toBe('new')
  clock.at = until - 1
  expect(memory.use('a', until)).toBe('seen')
  clock.at = until
  expect(memory.use('a', until)).toBe('seen')
  clock.at = until + MINUTE
  expect(memory.use('b', until + 2 * MINUTE)).toBe('new')
  expect(memory.size).toBe(1)
  expect(memory.use('a', until + 2 * MINUTE)).toBe('new')
})

test('one below the capacity is taken, on it the next is refused, and nothing is forgotten for it', () => {
  const { clock, memory } = memoryAt(3)
  const until = START + MINUTE
  for (const nonce of ['a', 'b', 'c']) expect(memory.use(nonce, until)).toBe('new')
  expect(memory.use('d', until)).toBe('full')
  for (const nonce of ['a', 'b', 'c']) expect(memory.use(nonce, until)).toBe('seen')
  clock.at = until + MINUTE
  expect(memory.use('d', clock.at + MINUTE)).toBe('new')
  expect(memory.size).toBe(1)
})

test('an hour of tokens holds no more than what still lives, and a minute of what does not', () => {
  // ten tokens a second, each to be remembered for five and a half minutes
  const { clock, memory } = memoryAt(10 * 60 * 6.5)
  let most = 0
  for (let sent = 0; sent < 36_000; sent += 1) {
    clock.at = START + sent * 100
    expect(memory.use(`n${sent}`, clock.at + 5.5 * MINUTE)).toBe('new')
    most = Math.max(most, memory.size)
  }
  expect(most).toBeGreaterThan(10 * 60 * 5.5)
})

test('when the memory is full a new token is refused and the log says why; a replay still is one', async () => {
  const ehr = await signer('ES384', 'ehr-1')
  const events: TrustEvent[] = []
  const trust = createTrust({
    clients: [client({ jwks: { keys: [ehr.jwk] } })],
    now: () => new Date(NOW * 1000),
    log: (event) => events.push(event),
    replayCapacity: 1,
  })
  const first = await bearer(ehr)
  expect(await trust.authenticate(first, [AUDIENCE])).toMatchObject({ ok: true })
  for (const token of [await bearer(ehr), first]) {
    expect(await trust.authenticate(token, [AUDIENCE])).toEqual({
      ok: false,
      failure: 'replay',
      issuer: ISSUER,
    })
  }
  expect(events.map(({ kind }) => kind)).toEqual(['accepted', 'replay-memory-full', 'refused', 'refused'])
})

test('a nonce of any length is 22 characters, and equal only for equal ones', () => {
  expect(nonceOf('x'.repeat(10_000))).toHaveLength(22)
  expect(nonceOf('a')).toBe(nonceOf('a'))
  expect(nonceOf('a')).not.toBe(nonceOf('b'))
})
