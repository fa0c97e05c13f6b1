/**
 * npm run bench:hook: calls per second and latency of mineral-review with a full prefetch (60 results, 10 medicines,
 * 8 conditions), open and with RS384 trust and logs, beside bare Express that parses the same body and answers the same
 * bytes; interleaved in one run, each server in a process of its own. Then 100,000 calls with the memory read before and
 * after. What one signature check costs, RS384 and ES384, is printed by npm run bench:trust.
 */
import { fullBody, headers, load, median, type Peer, signer, started } from './hook-peers.ts'

const SECONDS = Number(process.env.BENCH_SECONDS ?? 5)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5)
const SOAK = Number(process.env.BENCH_SOAK ?? 100_000)
/** calls before the clock runs: a service is warm for all of its life but the first minute */
const WARM = 25_000
/** more than a fast machine uses up; signed before the clock runs, each used once */
const TOKENS = Number(process.env.BENCH_TOKENS ?? WARM + ROUNDS * SECONDS * 1500)

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
const answer = await (await fetch(open.url, { method: 'POST', headers, body: fullBody })).text()
const guarded = await started('apatite, trust and logs', 'guarded', { jwks })
const bare = await started('bare express', 'bare', { answer })
process.stdout.write(
  `request ${Buffer.byteLength(fullBody)} bytes, answer ${Buffer.byteLength(answer)} bytes\n`,
)
const peers = [
  { peer: open, tokens: null },
  { peer: guarded, tokens },
  { peer: bare, tokens: null },
].map((one) => ({ ...one, rates: [] as number[], p50: [] as number[], p99: [] as number[] }))
try {
  for (const { peer, tokens: own } of peers) await load(peer, { amount: WARM }, own)
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { peer, tokens: own, rates, p50, p99 } of peers) {
      const result = await load(peer, { duration: SECONDS }, own)
      if (result.non2xx > 0)
        throw new Error(`${peer.name}: ${result.non2xx} answers were no 2xx (BENCH_TOKENS used up?)`)
      rates.push(result.perSecond)
      p50.push(result.p50)
      p99.push(result.p99)
    }
  }
  const beside = peers.at(-1)
  for (const { peer, rates, p50, p99 } of peers) {
    const ratio = median(rates) / median(beside?.rates ?? [])
    const late = median(p99) / median(beside?.p99 ?? [])
    process.stdout.write(
      `${peer.name.padEnd(24)} ${median(rates).toFixed(0).padStart(6)} calls/s   p50 ${median(p50).toFixed(2)} ms   ` +
        `p99 ${median(p99).toFixed(2)} ms   ${ratio.toFixed(2)} of bare Express's calls, ${late.toFixed(1)} times its p99\n`,
    )
  }
  process.stdout.write('to hold: 0.5 of its calls (with trust and logs 0.45), 3 times its p99\n')
  await load(open, { amount: Math.ceil(SOAK / 10) })
  const before = await memory(open)
  await load(open, { amount: SOAK })
  const after = await memory(open)
  process.stdout.write(
    `heap after ${SOAK} more calls: ${(before / 1e6).toFixed(1)} MB -> ${(after / 1e6).toFixed(1)} MB\n`,
  )
} finally {
  for (const { peer } of peers) peer.child.kill()
}
