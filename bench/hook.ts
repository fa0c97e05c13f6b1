/**
 * npm run bench:hook: calls per second and latency of mineral-review with a full prefetch (60 results, 10 medicines,
 * 8 conditions), beside bare Express that parses the same body and answers the same bytes; interleaved in one run, each
 * server in a process of its own. Then 100,000 calls with the memory read before and after.
 */
import { type ChildProcess, fork } from 'node:child_process'
import autocannon from 'autocannon'
import { prefetchOf } from '../src/demo.ts'
import { loadPublished } from '../src/published.ts'
import { bundle } from './patients.ts'

const SECONDS = Number(process.env.BENCH_SECONDS ?? 5)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 4)
const SOAK = Number(process.env.BENCH_SOAK ?? 100_000)
const CONNECTIONS = 4

const service = loadPublished().services.get('mineral-review')
if (!service) throw new Error('mineral-review is not published')
const body = JSON.stringify({
  hook: 'patient-view',
  hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
  context: { userId: 'Practitioner/bench', patientId: 'bench' },
  prefetch: prefetchOf(bundle(60, true), service.prefetch),
})

interface Peer {
  readonly name: string
  readonly child: ChildProcess
  readonly url: string
  readonly rates: number[]
  readonly p50: number[]
  readonly p99: number[]
}

async function started(name: string, args: readonly string[], answer?: string): Promise<Peer> {
  const child = fork(new URL('./hook-server.ts', import.meta.url), args, {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  if (answer !== undefined) child.send({ answer })
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { port: number }).port))
    child.once('exit', () => reject(new Error(`${name} did not start`)))
  })
  return {
    name,
    child,
    url: `http://127.0.0.1:${port}/cds-services/mineral-review`,
    rates: [],
    p50: [],
    p99: [],
  }
}

const headers = { 'content-type': 'application/json' }
const load = (url: string, limit: { duration: number } | { amount: number }) =>
  autocannon({ url, method: 'POST', headers, body, connections: CONNECTIONS, ...limit })

async function memory({ child }: Peer): Promise<number> {
  const answer = new Promise<number>((resolve) => {
    child.once('message', (message) => resolve((message as { memory: number }).memory))
  })
  child.send('memory')
  return answer
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const apatite = await started('apatite', ['apatite'])
const answer = await (await fetch(apatite.url, { method: 'POST', headers, body })).text()
const bare = await started('bare express', ['bare'], answer)
process.stdout.write(`request ${Buffer.byteLength(body)} bytes, answer ${Buffer.byteLength(answer)} bytes\n`)
try {
  for (const peer of [apatite, bare]) await load(peer.url, { duration: 2 })
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const peer of [apatite, bare]) {
      const result = await load(peer.url, { duration: SECONDS })
      if (result.non2xx > 0 || result.errors > 0)
        throw new Error(`${peer.name}: ${result.non2xx} answers were no 2xx`)
      peer.rates.push(result.requests.average)
      peer.p50.push(result.latency.p50)
      peer.p99.push(result.latency.p99)
    }
  }
  for (const { name, rates, p50, p99 } of [apatite, bare]) {
    process.stdout.write(
      `${name.padEnd(14)} ${median(rates).toFixed(0).padStart(6)} calls/s   p50 ${median(p50)} ms   p99 ${median(p99)} ms\n`,
    )
  }
  process.stdout.write(
    `ratio: ${(median(apatite.rates) / median(bare.rates)).toFixed(2)} of bare Express's calls per second (at least 0.5, goal 0.8); ` +
      `p99 ${(median(apatite.p99) / Math.max(1, median(bare.p99))).toFixed(1)} times its (at most 3)\n`,
  )
  await load(apatite.url, { amount: Math.ceil(SOAK / 10) })
  const before = await memory(apatite)
  await load(apatite.url, { amount: SOAK })
  const after = await memory(apatite)
  process.stdout.write(
    `heap after ${SOAK} more calls: ${(before / 1e6).toFixed(1)} MB -> ${(after / 1e6).toFixed(1)} MB\n`,
  )
} finally {
  apatite.child.kill()
  bare.child.kill()
}
