/**
 * npm run bench:hanging: calls per second of whole, trusted calls, alone and while other calls wait for a FHIR server and
 * for a key host that accept connections and never answer; interleaved in one run.
 */
import { createServer } from 'node:net'
import { bareBody, headers, ISSUER, load, median, signer, started } from './hook-peers.ts'

const SECONDS = Number(process.env.BENCH_SECONDS ?? 4)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 4)
/** calls that hang at the same time, of each kind */
const HANGING = 20

const silent = createServer(() => {})
await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
const address = silent.address()
const host = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
const { jwks, sign } = await signer('RS384')
const signed: string[] = []
while (signed.length < 8000 + ROUNDS * SECONDS * 3000) {
  signed.push(...(await Promise.all(Array.from({ length: 500 }, sign))))
}
const tokens = signed.values()
const jku = `${host}/jwks.json`
const peer = await started('apatite', 'guarded', { jwks, jku, fhirServers: [host] })

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const unknownKey = `${part({ alg: 'RS384', typ: 'JWT', kid: 'x', jku })}.${part({ iss: `${ISSUER}/other` })}.c2lnbmF0dXJl`

let isOn = false
const waited = { fhir: 0, keys: 0 }
async function hang(kind: keyof typeof waited): Promise<void> {
  while (isOn) {
    const authorization = `Bearer ${kind === 'keys' ? unknownKey : await sign()}`
    const { status } = await fetch(peer.url, {
      method: 'POST',
      headers: { ...headers, authorization },
      body: bareBody(host),
    })
    if (status < 400) throw new Error('a call that must fail did not')
    waited[kind] += 1
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

const rates = { alone: [] as number[], beside: [] as number[] }
const p99 = { alone: [] as number[], beside: [] as number[] }
await load(peer, { amount: 8000 }, tokens)
for (let round = 0; round < ROUNDS; round += 1) {
  for (const kind of ['alone', 'beside'] as const) {
    isOn = kind === 'beside'
    const hanging = isOn ? Array.from({ length: HANGING }, () => [hang('fhir'), hang('keys')]).flat() : []
    const result = await load(peer, { duration: SECONDS }, tokens)
    if (result.non2xx > 0) throw new Error(`${result.non2xx} answers were no 2xx`)
    rates[kind].push(result.perSecond)
    p99[kind].push(result.p99)
    isOn = false
    await Promise.all(hanging)
  }
}
for (const kind of ['alone', 'beside'] as const) {
  process.stdout.write(
    `${kind.padEnd(8)} ${median(rates[kind]).toFixed(0)} calls/s, p99 ${median(p99[kind]).toFixed(2)} ms\n`,
  )
}
process.stdout.write(
  `${(median(rates.beside) / median(rates.alone)).toFixed(2)} of the calls with ${HANGING} calls waiting for a FHIR server ` +
    `(${waited.fhir} gave up) and ${HANGING} for a key host (${waited.keys} gave up)\n`,
)
peer.child.kill()
silent.close()
process.exit(0)
