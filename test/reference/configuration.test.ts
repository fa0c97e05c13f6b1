/** config.example.yaml is accepted, and docs/reference/configuration.md knows every key and variable. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { readConfig } from '../../src/config.ts'
import { codes, root, rows, section, textOf } from './tables.ts'

const page = textOf('docs/reference/configuration.md')
const example = textOf('config.example.yaml')
/** "#key" is a key that is off, "# text" is a comment */
const allOn = example.replace(/^#(?=\S)/gmu, '').replace(/^#(?= {2}(?:- )?\w+:| {4}\w+:)/gmu, '')

/** `clients[].issuer`; a mapping or a list of mappings is a key of its own only where it is a list. */
function keysOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) {
    const inner = value.flatMap((one) => (typeof one === 'object' ? keysOf(one, `${path}[]`) : []))
    return [path, ...inner]
  }
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, inner]) => keysOf(inner, path === '' ? key : `${path}.${key}`))
}

const documented = codes(section(page, 'Keys'))

describe('config.example.yaml', () => {
  test('loads as it stands, and says what the defaults say', () => {
    const config = readConfig({ APATITE_CONFIG: join(root, 'config.example.yaml') })
    expect(config).toEqual(readConfig({}))
  })

  test('with every key on it is accepted, too', () => {
    const folder = mkdtempSync(join(tmpdir(), 'apatite-config-'))
    try {
      const file = join(folder, 'config.yaml')
      writeFileSync(file, allOn)
      const config = readConfig({ APATITE_CONFIG: file })
      expect(config.publicUrl).toBe('https://cds.example.org')
      expect(config.clients).toHaveLength(1)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('docs/reference/configuration.md', () => {
  test('has the keys of the example, no more and no less', () => {
    expect([...documented].sort()).toEqual([...new Set(keysOf(parse(allOn)))].sort())
  })

  test('has every key that the form of the file knows', () => {
    const [, form = ''] =
      /const file = z\.strictObject\(\{(.*?)\ntype Sent/su.exec(textOf('src/config.ts')) ?? []
    const known = [...form.matchAll(/(?<=[\s{])(\w+): /gu)].map(([, key]) => key)
    const names = documented.map((key) => key.split(/[.[\]]+/u).at(-1))
    expect(known.length).toBeGreaterThan(15)
    expect(
      known.filter((key) => !names.includes(key) && !documented.some((one) => one.startsWith(`${key}.`))),
    ).toEqual([])
  })

  test('has the default of every key that has one', () => {
    const defaults = rows(section(page, 'Keys')).map(([key, , value]) => [key, value])
    const config = readConfig({})
    expect(Object.fromEntries(defaults)).toMatchObject({
      '`host`': `\`${config.host}\``,
      '`port`': `\`${config.port}\``,
      '`dataDir`': `\`${config.dataDir}\``,
      '`timeZone`': `\`${config.timeZone}\``,
      '`open`': `\`${config.open}\``,
      '`limits.body`': `\`${config.bodyLimit}\``,
      '`limits.callTimeout`': `\`${config.callTimeout / 1000}s\``,
    })
  })

  test('has every environment variable that the program reads', () => {
    const source = textOf('src/config.ts') + textOf('src/serve.ts')
    const read = [...source.matchAll(/\benvironment\.([A-Z_]+)|\bgiven(?:<[^>]*>)?\(\s*'([A-Z_]+)'/gu)]
    const variables = [...new Set(read.map(([, direct, given]) => direct ?? given))].sort()
    const told = [
      ...codes(section(page, 'Keys'), 1).filter((variable) => variable !== ''),
      ...codes(section(page, 'Variables without a key')),
    ].sort()
    expect(told).toEqual(variables)
  })
})
