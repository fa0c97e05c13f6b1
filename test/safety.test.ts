/** docs/safety.md names where each control is built and the test that proves it: files and titles must be there. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const text = readFileSync(join(root, 'docs/safety.md'), 'utf8')
const sections = text
  .slice(text.indexOf('## Hazard log'), text.indexOf('## What a site must do'))
  .split(/^### /mu)
  .slice(1)
const proofsIn = (part: string) =>
  [...part.matchAll(/`(test\/[^`]+)` › "((?:\\"|[^"])+)"/gu)].map(
    ([, file = '', title = '']) => [file, title.replaceAll('\\"', '"')] as const,
  )

/** The text of a file without escapes of quotes, so that titles in any quotes are found. */
const read = (file: string) =>
  readFileSync(join(root, file), 'utf8').replaceAll("\\'", "'").replaceAll('\\"', '"')

/** Is the text the whole title of a test, or of a group of tests, in the file? */
function isTitle(title: string, file: string): boolean {
  const source = read(file)
  return ["'", '"', '`'].some((quote) => source.includes(quote + title + quote))
}

test('nothing has been reviewed by a licensed clinician, and it says so at the top', () => {
  expect(text.slice(0, 300).replace(/\s*\n> /gu, ' ')).toMatch(
    /reviewed or approved by a licensed clinician/u,
  )
})

test('all hazards H01 to H18 are there, in order', () => {
  expect(sections.map((section) => section.slice(0, 3))).toEqual(
    Array.from({ length: 18 }, (_, index) => `H${String(index + 1).padStart(2, '0')}`),
  )
})

test.each(sections.map((section) => [section.split('\n')[0] ?? '', section]))(
  '%s: harm, causes, controls with their files, proof, what remains, what the site does',
  (_title, section) => {
    for (const part of ['Harm', 'Causes', 'Controls', 'Proof', 'Remains', 'The site'])
      expect(section).toMatch(new RegExp(`^${part}:`, 'mu'))
    const controls = section.slice(section.indexOf('\nControls:'), section.indexOf('\nProof:'))
    expect(controls).toMatch(/`(?:src|cds-hooks)\/[^`]+`/u)
    expect(proofsIn(section)).not.toEqual([])
  },
)

test('every file that it names is there', () => {
  const files = [...text.matchAll(/`((?:src|cds-hooks|test)\/[^`]+)`/gu)].map(([, file = '']) => file)
  expect(files.length).toBeGreaterThan(40)
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([])
})

test.each(proofsIn(text))('%s has the test "%s"', (file, title) => {
  expect(isTitle(title, file)).toBe(true)
})

test('a title that is only a part of one, or of no test, is not found', () => {
  expect(isTitle('no unit at all', 'test/readings/unit.test.ts')).toBe(false)
  expect(isTitle('no unit at all is said to be no-unit', 'test/readings/unit.test.ts')).toBe(true)
})
