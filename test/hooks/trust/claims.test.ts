/** Every limit of a claim just below, on and above. */
import { checkClaims, LONGEST_LIFETIME, SKEW } from '../../../src/hooks/trust/claims.ts'
import { AUDIENCE, type Changes, claimsOf, NOW } from './ehr-tokens.ts'

const judged = (changes: Changes, now = NOW, tenants: readonly string[] | null = null) => {
  const checked = checkClaims(claimsOf(changes), { audiences: [AUDIENCE], now, tenants })
  return checked.ok ? 'ok' : checked.failure
}

describe('the skew', () => {
  test.each([
    [-0.001, 'ok'],
    [0, 'expired'],
    [0.001, 'expired'],
  ])('exp %p s after the skew ran out → %s', (past, expected) => {
    expect(judged({ iat: NOW - 600, exp: NOW - SKEW - past })).toBe(expected)
  })

  test.each([
    [-1, 'ok'],
    [0, 'ok'],
    [1, 'not-yet'],
  ])('iat and nbf %p s beyond the skew → %s', (beyond, expected) => {
    expect(judged({ iat: NOW + SKEW + beyond })).toBe(expected)
    expect(judged({ nbf: NOW + SKEW + beyond })).toBe(expected)
  })
})

describe('the lifetime', () => {
  test.each([
    [-1, 'ok'],
    [0, 'ok'],
    [1, 'lifetime'],
  ])('%p s over the longest → %s', (over, expected) => {
    expect(judged({ exp: NOW + LONGEST_LIFETIME + over })).toBe(expected)
  })

  test.each([
    [0, 'lifetime'],
    [-1, 'lifetime'],
    [1, 'ok'],
  ])('exp %p s after iat → %s', (after, expected) => {
    expect(judged({ iat: NOW, exp: NOW + after })).toBe(expected)
  })

  test('an old iat with a long life does not get past the cap', () => {
    expect(judged({ iat: NOW - 86_400 })).toBe('lifetime')
  })
})

describe('numbers', () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY, '1', null, true, [NOW], {}])('exp %p → claims', (exp) => {
    expect(judged({ exp })).toBe('claims')
  })

  test('fractions of a second are allowed (RFC 7519 2)', () => {
    expect(judged({ iat: NOW - 0.5, exp: NOW + 299.25 })).toBe('ok')
  })

  test('a clock that shows nothing refuses', () => {
    expect(judged({}, Number.NaN)).toBe('expired')
  })
})

test('what is wrong first is what is said: audience, time, lifetime, tenant, jti', () => {
  const all = { aud: 'x', exp: NOW - 60, iat: NOW - 86_400, tenant: 'south', jti: 1 }
  expect(judged(all, NOW, ['north'])).toBe('audience')
  expect(judged({ ...all, aud: AUDIENCE }, NOW, ['north'])).toBe('expired')
  expect(judged({ ...all, aud: AUDIENCE, exp: NOW + 60 }, NOW, ['north'])).toBe('lifetime')
  expect(judged({ ...all, aud: AUDIENCE, exp: NOW + 60, iat: NOW }, NOW, ['north'])).toBe('tenant')
  expect(judged({ ...all, aud: AUDIENCE, exp: NOW + 60, iat: NOW }, NOW, ['south'])).toBe('claims')
})

test('a nonce has to be remembered until the skew after exp', () => {
  expect(checkClaims(claimsOf({ jti: 'n' }), { audiences: [AUDIENCE], now: NOW, tenants: null })).toEqual({
    ok: true,
    tenant: null,
    jti: 'n',
    until: NOW + 300 + SKEW,
  })
})
