/** When keys are fetched, kept and dropped; every limit just below, on and above. */
import type { KeyHostAnswer } from '../../../src/hooks/trust/key-host.ts'
import { type KeySet, keySetFrom } from '../../../src/hooks/trust/key-set.ts'
import {
  fetchedKeys,
  MAX_AGE,
  MISS_INTERVAL,
  REFRESH_AFTER,
  RETRY_AFTER,
} from '../../../src/hooks/trust/key-source.ts'

const START = Date.UTC(2026, 4, 6, 12)
const URL_ASKED = 'https://ehr.example.org/jwks.json'
const setOf = (...kids: string[]): KeySet => {
  const set = keySetFrom({ keys: kids.map((kid) => ({ kty: 'EC', crv: 'P-384', kid, x: 'AA', y: 'AA' })) })
  if (set === null) throw new Error('no set')
  return set
}

/** A host that answers with what it is told, and counts. */
function source(...kids: string[]) {
  const clock = { at: START }
  const host: { asked: number; answer: KeyHostAnswer; gate: Promise<void> | null } = {
    asked: 0,
    answer: { ok: true, keys: setOf(...kids) },
    gate: null,
  }
  const find = fetchedKeys(URL_ASKED, {
    now: () => new Date(clock.at),
    log: () => undefined,
    host: async () => {
      host.asked += 1
      await host.gate
      return host.answer
    },
  })
  const has = async (kid: string) => {
    const keys = await find(kid, 'https://ehr.example.org')
    return keys === null ? 'unavailable' : keys.has(kid)
  }
  return {
    clock,
    host,
    has,
    serve: (...served: string[]) => {
      host.answer = { ok: true, keys: setOf(...served) }
    },
  }
}
const down: KeyHostAnswer = { ok: false, failure: 'status' }
/** lets a fetch that nobody waits for come to its end */
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('the age of the keys', () => {
  test.each([
    [-1, true],
    [0, 'unavailable'],
    [1, 'unavailable'],
  ])('host down, age %p ms from the longest → %p', async (beyond, expected) => {
    const { clock, host, has } = source('a')
    expect(await has('a')).toBe(true)
    host.answer = down
    clock.at = START + MAX_AGE + beyond
    expect(await has('a')).toBe(expected)
  })

  test.each([
    [-1, true],
    [0, false],
    [1, false],
  ])('a removed kid, %p ms from the longest age → %p', async (beyond, expected) => {
    const { clock, has, serve } = source('a')
    await has('a')
    serve('b')
    clock.at = START + MAX_AGE + beyond
    expect(await has('a')).toBe(expected)
  })

  test.each([
    [-1, 1],
    [0, 2],
    [1, 2],
  ])('%p ms from the refresh → %p requests, and nobody waits for it', async (beyond, requests) => {
    const { clock, host, has } = source('a')
    await has('a')
    clock.at = START + REFRESH_AFTER + beyond
    host.gate = new Promise(() => undefined)
    expect(await has('a')).toBe(true)
    expect(await has('a')).toBe(true)
    expect(host.asked).toBe(requests)
  })

  test('after the refresh the new keys count, from then on', async () => {
    const { clock, host, has, serve } = source('a')
    await has('a')
    serve('b')
    clock.at = START + REFRESH_AFTER
    expect(await has('a')).toBe(true)
    await settle()
    expect(await has('a')).toBe(false)
    expect(await has('b')).toBe(true)
    clock.at += REFRESH_AFTER - 1
    expect(await has('b')).toBe(true)
    // the refresh, and one miss of the removed kid
    expect(host.asked).toBe(3)
  })

  test('a clock that is set back makes keys older, not younger', async () => {
    const { clock, host, has } = source('a')
    await has('a')
    host.answer = down
    clock.at = START - 3_600_000
    expect(await has('a')).toBe('unavailable')
  })
})

describe('a kid that is not there', () => {
  test('1,000 different ones at once, and 1,000 one after the other → one refetch', async () => {
    const { host, has } = source('a')
    const kids = Array.from({ length: 1000 }, (_, index) => `unknown-${index}`)
    const found = await Promise.all(kids.map(has))
    for (const kid of kids) found.push(await has(`again-${kid}`))
    expect(new Set(found)).toEqual(new Set([false]))
    expect(host.asked).toBe(2)
  })

  test.each([
    [-1, 2],
    [0, 3],
    [1, 3],
  ])('the next miss %p ms from the interval → %p requests in all', async (beyond, requests) => {
    const { clock, host, has } = source('a')
    await has('a')
    await has('x')
    clock.at = START + MISS_INTERVAL + beyond
    await has('y')
    expect(host.asked).toBe(requests)
  })

  test('while a fetch is on its way, the next miss waits for that one, though the interval has just begun', async () => {
    const { host, has, serve } = source('a')
    await has('a')
    serve('a', 'b')
    const { promise, resolve: open } = Promise.withResolvers<void>()
    host.gate = promise
    const both = Promise.all([has('b'), has('b')])
    open()
    expect(await both).toEqual([true, true])
    expect(host.asked).toBe(2)
  })

  test('on the very first fetch it is not asked for again', async () => {
    const { host, has } = source('a')
    expect(await has('x')).toBe(false)
    expect(host.asked).toBe(1)
  })

  test('a host that is down meanwhile takes nothing away', async () => {
    const { host, has } = source('a')
    await has('a')
    host.answer = down
    expect(await has('x')).toBe(false)
    expect(await has('a')).toBe(true)
  })

  test('a set without keys is an answer: everything was withdrawn', async () => {
    const { has, serve } = source('a')
    await has('a')
    serve()
    await has('x')
    expect(await has('a')).toBe(false)
  })
})

describe('a host that fails', () => {
  test.each([
    [-1, 1],
    [0, 2],
    [1, 2],
  ])('is asked again %p ms from the pause → %p requests', async (beyond, requests) => {
    const { clock, host, has } = source('a')
    host.answer = down
    expect(await has('a')).toBe('unavailable')
    expect(await has('a')).toBe('unavailable')
    expect(host.asked).toBe(1)
    clock.at = START + RETRY_AFTER + beyond
    await has('a')
    expect(host.asked).toBe(requests)
  })

  test('a refresh that fails is tried again after the pause, with the old keys in use', async () => {
    const { clock, host, has, serve } = source('a')
    await has('a')
    host.answer = down
    clock.at = START + REFRESH_AFTER
    for (let call = 0; call < 5; call += 1) {
      expect(await has('a')).toBe(true)
      await settle()
    }
    expect(host.asked).toBe(2)
    serve('a')
    clock.at += RETRY_AFTER
    await has('a')
    await settle()
    clock.at = START + MAX_AGE
    expect(await has('a')).toBe(true)
  })
})

test('calls during a fetch share it', async () => {
  const { host, has } = source('a')
  const { promise, resolve: open } = Promise.withResolvers<void>()
  host.gate = promise
  const calls = Array.from({ length: 100 }, () => has('a'))
  await settle()
  open()
  expect(new Set(await Promise.all(calls))).toEqual(new Set([true]))
  expect(host.asked).toBe(1)
})
