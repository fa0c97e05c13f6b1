/**
 * node bench/trust.ts: microseconds for one check of a client token, RS384 beside ES384 in one run, rounds interleaved;
 * beside each, jose alone (jwtVerify with the same key), so that the share of our own checks shows. Tokens are signed
 * before the clock runs and each is used once, as in life.
 */
import { randomUUID } from 'node:crypto'
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose'
import { createTrust } from '../src/hooks/trust/trust.ts'

const TOKENS = Number(process.env.BENCH_TOKENS ?? 1000)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7)
const ISSUER = 'https://ehr.example.org'
const AUDIENCE = 'https://cds.example.org/cds-services/mineral-review'

async function peer(alg: string) {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: alg, alg, use: 'sig' }] }
  const now = Math.floor(Date.now() / 1000)
  const sign = () =>
    new SignJWT({ iss: ISSUER, aud: AUDIENCE, iat: now, exp: now + 3600, jti: randomUUID() })
      .setProtectedHeader({ alg, kid: alg, typ: 'JWT' })
      .sign(privateKey)
  const trust = createTrust({
    clients: [{ issuer: ISSUER, jwks, jku: [], tenants: null, fhirServers: null, profile: 'plain' }],
    now: () => new Date(),
  })
  const keys = createLocalJWKSet(jwks)
  return {
    alg,
    sign,
    trust: async (token: string) => {
      const { ok } = await trust.authenticate(`Bearer ${token}`, [AUDIENCE])
      if (!ok) throw new Error(`${alg}: a valid token was refused`)
    },
    jose: async (token: string) => {
      await jwtVerify(token, keys, { issuer: ISSUER, audience: AUDIENCE, typ: 'JWT' })
    },
    times: { trust: [] as number[], jose: [] as number[] },
  }
}

/** µs for one, checked one after the other */
async function timed(tokens: readonly string[], check: (token: string) => Promise<void>): Promise<number> {
  const begun = performance.now()
  for (const token of tokens) await check(token)
  return ((performance.now() - begun) * 1000) / tokens.length
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const peers = [await peer('RS384'), await peer('ES384')]
for (let round = -1; round < ROUNDS; round += 1) {
  for (const { sign, trust, jose, times } of peers) {
    const tokens = await Promise.all(Array.from({ length: TOKENS }, sign))
    const measured = { trust: await timed(tokens, trust), jose: await timed(tokens, jose) }
    // the round before the first only warms up
    if (round < 0) continue
    times.trust.push(measured.trust)
    times.jose.push(measured.jose)
  }
}
for (const { alg, times } of peers) {
  const [ours, bare] = [median(times.trust), median(times.jose)]
  const spread = `${Math.min(...times.trust).toFixed(0)} to ${Math.max(...times.trust).toFixed(0)}`
  process.stdout.write(
    `${alg}: ${ours.toFixed(0)} µs a check (${spread}), jose alone ${bare.toFixed(0)} µs, ratio ${(ours / bare).toFixed(2)}\n`,
  )
}
const [rs, es] = peers.map(({ times }) => median(times.trust))
process.stdout.write(`ES384 / RS384: ${((es ?? 0) / (rs ?? 1)).toFixed(1)}\n`)
