/** The command line as it is typed. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))

test('who reads only the beginning of the demo sees no failure', () => {
  const piped = spawnSync('sh', ['-c', `"$0" "${CLI}" demo | head -n 2`, process.execPath], {
    encoding: 'utf8',
  })
  expect(piped.stderr).toBe('')
  expect(piped.stdout.split('\n')[1]).toMatch(/^A woman of 54/u)
})
