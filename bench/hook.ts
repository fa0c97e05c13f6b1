/**
 * npm run bench:hook: calls per second and latency of mineral-review with a full prefetch (60 results, 10 medicines,
 * 8 conditions), open and with RS384 trust and logs, beside bare Express that parses the same body and answers the same
 * bytes; interleaved in one run, each server in a process of its own with the flags of `npm start`. First with resources
 * as EHRs send them, then with lean ones, which hold little but what is read and leave bare Express less to parse. Then
 * 100,000 calls with the memory read before and after. What one signature check costs, RS384 and ES384, is printed by
 * npm run bench:trust.
 */
import { fullBody, headers, leanBody, load, median, type Peer, signer, started } from './hook-peers.ts'

const SECONDS = Number(process.env.BENCH_SECONDS ?? 5)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5)
const SOAK = Number(process.env.BENCH_SOAK ?? 100_000)
/** calls before the clock runs: a service is warm for all of its life but the first minute */
const WARM = 25_000
/** more than a fast machine uses up; signed before the clock runs, each used once */
const TOKENS = Number(process.env.BENCH_TOKENS ?? WARM + 2 * ROUNDS * SECONDS * 1500)

async function memory({ child }: Peer): Promise<number> {
  const answer = new Promise<number>((resolve) => {
    child.once('message', (message) => resolve((message as { memory: number }).memory))
  })
  child.send('memory')
  return answer
}

const { jwks, sign } = await signer('RS384')
const signed: string[] = []
while (signed.length < TOKENS) signed.push(...(await Promise.all(Array.from({ length: 500 }, sign))))
const tokens = signed.values()

const open = await started('apatite', 'apatite')
const guarded = await started('apatite, trust and logs', 'guarded', { jwks })
const answerTo = async (body: string) => (await fetch(open.url, { method: 'POST', headers, body })).text()
const bodies = await Promise.all(
  [
    { name: 'as EHRs send it', body: fullBody },
    { name: 'lean', body: leanBody },
  ].map(async (one) => {
    const answer = await answerTo(one.body)
    return { ...one, answer, bare: await started('bare Express', 'bare', { answer }) }
  }),
)
const peers = [open, guarded, ...bodies.map(({ bare }) => bare)]

/** Interleaved rounds of one body; prints each peer's medians and what they are of bare Express's. */
async function compare(body: string, bare: Peer): Promise<void> {
  const compared = [
    { peer: open, tokens: null },
    { peer: guarded, tokens },
    { peer: bare, tokens: null },
  ].map((one) => ({ ...one, rates: [] as number[], p50: [] as number[], p99: [] as number[] }))
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { peer, tokens: own, rates, p50, p99 } of compared) {
      const result = await load(peer, { duration: SECONDS }, own, body)
      if (result.non2xx > 0)
        throw new Error(`${peer.name}: ${result.non2xx} answers were no 2xx (BENCH_TOKENS used up?)`)
      rates.push(result.perSecond)
      p50.push(result.p50)
      p99.push(result.p99)
    }
  }
  const beside = compared.at(-1)
  for (const { peer, rates, p50, p99 } of compared) {
    const ratio = median(rates) / median(beside?.rates ?? [])
    const late = median(p99) / median(beside?.p99 ?? [])
    process.stdout.write(
      `${peer.name.padEnd(24)} ${median(rates).toFixed(0).padStart(6)} calls/s   p50 ${median(p50).toFixed(2)} ms   ` +
        `p99 ${median(p99).toFixed(2)} ms   ${ratio.toFixed(2)} of bare Express's calls, ${late.toFixed(1)} times its p99\n`,
    )
  }
}

try {
  for (const peer of peers) await load(peer, { amount: WARM }, peer === guarded ? tokens : null)
  for (const { name, body, answer, bare } of bodies) {
    const bytes = (text: string) => Buffer.byteLength(text)
    process.stdout.write(`${name}: request ${bytes(body)} bytes, answer ${bytes(answer)} bytes\n`)
    await compare(body, bare)
  }
  process.stdout.write(
    'to hold, as EHRs send it: 0.5 of its calls (with trust and logs 0.45), 3 times its p99\n',
  )
  await load(open, { amount: Math.ceil(SOAK / 10) })
  const before = await memory(open)
  await load(open, { amount: SOAK })
  const after = await memory(open)
  process.stdout.write(
    `heap after ${SOAK} more calls: ${(before / 1e6).toFixed(1)} MB -> ${(after / 1e6).toFixed(1)} MB\n`,
  )
} finally {
  for (const { child } of peers) child.kill()
}
