/** npm run soak:feedback: kills the service 20 times while feedback arrives, on each database that there is. */
import { killedTimes } from './killed.ts'

const TIMES = Number(process.env.APATITE_KILLS ?? 20)
const given = process.env.APATITE_TEST_DATABASE_URL
const databases = [
  { name: 'embedded database', url: null },
  ...(given ? [{ name: 'PostgreSQL', url: given }] : []),
]
if (!given) process.stdout.write('PostgreSQL: skipped, APATITE_TEST_DATABASE_URL is not set\n')
for (const { name, url } of databases) {
  const { promised, lost, twice } = await killedTimes(TIMES, url)
  process.stdout.write(
    `${name}: killed ${TIMES} times, ${promised} items got a 2xx, ${lost.length} lost, ${twice.length} twice\n`,
  )
  if (promised === 0 || lost.length > 0 || twice.length > 0) process.exitCode = 1
}
