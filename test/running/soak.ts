/**
 * node test/running/soak.ts [count] [seed]: so many hostile bodies against the running service (200,000 unless said).
 * Exit code 1 on a 5xx, a crash, an error in the log, or a byte of a patient in what the process wrote.
 */

import { cleanUp } from './service.ts'
import { soak } from './soak-run.ts'

const count = Number(process.argv[2] ?? 200_000)
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000)

// leaves through the exit listener that ends the service
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const result = await soak({
  count,
  seed,
  progress: (sent, seconds) =>
    process.stdout.write(`${sent} of ${count}, ${Math.round(sent / seconds)} a second\n`),
})
await cleanUp()
for (const fault of result.faults) process.stdout.write(`${fault}\n`)
const { sent, seconds, statuses, faults } = result
process.stdout.write(
  `soak: ${sent} bodies in ${seconds.toFixed(0)} s (seed ${seed}), statuses ${JSON.stringify(statuses)}, ${faults.length} faults\n`,
)
process.exitCode = faults.length > 0 || sent < count ? 1 : 0
