/** kill -9 while feedback arrives (the soak, test/memory/soak.ts, does it 20 times). */
import { killedTimes } from './killed.ts'

const databases = [
  ['the embedded database', null],
  ['PostgreSQL (APATITE_TEST_DATABASE_URL)', process.env.APATITE_TEST_DATABASE_URL || undefined],
] as const

for (const [name, url] of databases) {
  const run = url === undefined ? test.skip : test
  run(
    `${name}: whatever got a 2xx before kill -9 is there after the restart, nothing twice`,
    async () => {
      const { promised, lost, twice } = await killedTimes(3, url ?? null)
      expect(promised).toBeGreaterThan(0)
      expect({ lost, twice }).toEqual({ lost: [], twice: [] })
    },
    120_000,
  )
}
