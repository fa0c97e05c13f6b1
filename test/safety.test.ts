/** Each control of docs/safety.md names the test that proves it: the file and the title must be there. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const text = readFileSync(join(root, 'docs/safety.md'), 'utf8')
const proofs = [...text.matchAll(/`(test\/[^`]+)` › "((?:\\"|[^"])+)"/gu)].map(
  ([, file = '', title = '']) => [file, title.replaceAll('\\"', '"')] as const,
)

test('all hazards H01 to H18 are there, each with a proof or the word that it is not built yet', () => {
  const sections = text.split(/^### /mu).slice(1)
  expect(sections.map((section) => section.slice(0, 3))).toEqual(
    Array.from({ length: 18 }, (_, index) => `H${String(index + 1).padStart(2, '0')}`),
  )
  for (const section of sections) expect(section).toMatch(/` › "|not built yet/u)
})

test.each(proofs)('%s holds "%s"', (file, title) => {
  const path = join(root, file)
  expect(existsSync(path)).toBe(true)
  expect(readFileSync(path, 'utf8')).toContain(title)
})
