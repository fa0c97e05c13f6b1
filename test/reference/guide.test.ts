/** docs/guides/connect-your-ehr.md: what is to be copied out of it works as it stands. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import request from 'supertest'
import { parse } from 'yaml'
import { readConfig } from '../../src/config.ts'
import { createApp } from '../../src/server.ts'
import { knowledge } from '../loaded-knowledge.ts'
import { codes, section, textOf } from './tables.ts'

const page = textOf('docs/guides/connect-your-ehr.md')
const app = createApp({ knowledge })
const SERVICE = '/cds-services/mineral-review'

function blocks(text: string, language: string): string[] {
  const found = text.matchAll(new RegExp(`^( *)\`\`\`${language}\\n(.*?)^ *\`\`\``, 'gmsu'))
  return [...found].map(([, indent = '', block = '']) =>
    block.replaceAll(new RegExp(`^${indent}`, 'gmu'), ''),
  )
}

test('the prefetch templates are those of GET /cds-services', async () => {
  const { body } = await request(app).get('/cds-services')
  const [templates = ''] = blocks(section(page, 'Prefetch templates'), 'json')
  expect(JSON.parse(templates)).toEqual(body.services[0].prefetch)
  expect(Object.keys(JSON.parse(templates))).toEqual(Object.keys(body.services[0].prefetch))
})

test('the essential keys are those of the service', () => {
  const service = knowledge.services.get('mineral-review')
  const essential = service?.prefetch.filter((key) => key.essential).map(({ key }) => `\`${key}\``)
  expect(section(page, 'Prefetch templates')).toContain(`| ${essential?.join(', ')} | **essential**`)
})

test('the addresses are there', async () => {
  const told = codes(section(page, 'Addresses'), 1)
  expect(told).toContain(`POST {base}${SERVICE}`)
  expect((await request(app).get('/cds-services')).body.services[0].id).toBe('mineral-review')
  expect((await request(app).get('/health/ready')).status).toBe(200)
})

test('the first call gives the card that the page promises', async () => {
  const [shell = ''] = blocks(section(page, 'First call'), 'sh')
  const [, body = ''] = /<<BODY\n(.*)\nBODY/su.exec(shell) ?? []
  const response = await request(app)
    .post(SERVICE)
    .set('content-type', 'application/json')
    .send(body.replace('$NOW', new Date().toISOString()))
  expect(response.status).toBe(200)
  const [, promised] = /One card comes back: "(.*?)"/u.exec(page) ?? []
  expect(response.body.cards.map(({ summary }: { summary: string }) => summary)).toEqual([promised])
})

test('every piece of configuration is accepted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'apatite-guide-'))
  try {
    const pieces = blocks(page, 'yaml')
    expect(pieces.length).toBeGreaterThan(4)
    for (const piece of pieces) {
      const file = join(folder, 'config.yaml')
      const whole = piece.replace('https://…', 'https://keys.example.org/jwk')
      writeFileSync(file, whole)
      const config = readConfig({ APATITE_CONFIG: file })
      const { clients = [] } = parse(whole) as { clients?: unknown[] }
      expect(config.clients).toHaveLength(clients.length)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test.each([
  'docs/guides/connect-your-ehr.md',
  'docs/reference/errors.md',
  'docs/reference/configuration.md',
  'docs/reference/assess-api.md',
  'docs/reference/rule-format.md',
])('the links within the documentation lead somewhere: %s', (file) => {
  const folder = file.slice(0, file.lastIndexOf('/') + 1)
  const anchorsOf = (text: string) =>
    (text.match(/^#+ .+$/gmu) ?? []).map((heading) =>
      heading
        .replace(/^#+ /u, '')
        .toLowerCase()
        .replace(/[^\p{L}\p{N} -]/gu, '')
        .replaceAll(' ', '-'),
    )
  for (const [, target = ''] of textOf(file).matchAll(/\]\(([^)]+)\)/gu)) {
    const [path = '', anchor] = target.split('#')
    const text = textOf(path === '' ? file : join(folder, path))
    if (anchor !== undefined) expect(anchorsOf(text)).toContain(anchor)
  }
})
