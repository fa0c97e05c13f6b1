/**
 * npm run bench:assess: microseconds per patient, for a silent one with 20 results and for one with findings, beside
 * JSON.parse of the same Bundle in the same run. An absolute figure means nothing on a shared machine: read the ratios.
 */
import { recordFromBundle } from '../src/api/assess.ts'
import { assess } from '../src/assess.ts'
import { loadPublished } from '../src/published.ts'
import { bundle, NOW } from './patients.ts'

const knowledge = loadPublished()
const now = new Date(NOW)
const ROUNDS = 9
const PER_ROUND = 2000

interface Contender {
  readonly name: string
  readonly run: () => unknown
  readonly times: number[]
}

function contenders(): Contender[] {
  const silent = recordFromBundle(bundle(20, false), 'UTC', [])
  const found = recordFromBundle(bundle(20, true), 'UTC', [])
  const text = JSON.stringify(bundle(20, false))
  const words = () =>
    assess(found, knowledge, now).advisories.map(({ summary, detail, basis, suggestions }) => [
      summary,
      detail,
      basis,
      suggestions,
    ])
  const list: [string, () => unknown][] = [
    ['JSON.parse of the Bundle', () => JSON.parse(text)],
    ['record from the Bundle', () => recordFromBundle(JSON.parse(text), 'UTC', [])],
    ['assess, silent', () => assess(silent, knowledge, now)],
    ['assess, with findings', () => assess(found, knowledge, now)],
    ['assess, findings and words', words],
  ]
  return list.map(([name, run]) => ({ name, run, times: [] }))
}

const all = contenders()
for (const { run } of all) for (let i = 0; i < 3000; i += 1) run()
for (let round = 0; round < ROUNDS; round += 1) {
  for (const { run, times } of all) {
    const start = process.hrtime.bigint()
    for (let i = 0; i < PER_ROUND; i += 1) run()
    times.push(Number(process.hrtime.bigint() - start) / 1000 / PER_ROUND)
  }
}
const median = (times: readonly number[]) =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
const base = median(all[0]?.times ?? [])
for (const { name, times } of all) {
  const time = median(times)
  process.stdout.write(
    `${name.padEnd(28)} ${time.toFixed(1).padStart(8)} us   ${(time / base).toFixed(2).padStart(6)} x JSON.parse\n`,
  )
}
