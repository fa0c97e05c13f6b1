import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { jsonSchemas, schemaFor } from '../../src/knowledge/json-schemas.ts'
import { knowledge, knowledgeFolder } from '../loaded-knowledge.ts'
import { folderCopy, removeCopies } from './folder-copy.ts'

afterAll(removeCopies)

const schemas = jsonSchemas()
const files = readdirSync(knowledgeFolder, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.yaml'))

test('the committed JSON Schemas are those of the code (node scripts/write-schemas.ts)', () => {
  const folder = join(knowledgeFolder, 'schema')
  const committed = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')])
  expect(new Map(committed as [string, string][])).toEqual(new Map([...schemas].sort()))
})

test('every file of the rule book has one and fits it', () => {
  const read = new Map([...schemas].map(([name, text]) => [name, z.fromJSONSchema(JSON.parse(text))]))
  const unfit = files.flatMap((file) => {
    const name = schemaFor(file)
    if (name === null) return file.endsWith('.cases.yaml') ? [] : [`${file}: no schema`]
    const result = read.get(name)?.safeParse(parse(readFileSync(join(knowledgeFolder, file), 'utf8')))
    return result?.success ? [] : [`${file}: ${result?.error.message}`]
  })
  expect(unfit).toEqual([])
})

test('a file that is not right does not fit its schema', () => {
  const rule = z.fromJSONSchema(JSON.parse(schemas.get('rule.schema.json') ?? ''))
  const sent = parse(readFileSync(join(knowledgeFolder, 'rules/MG-LOW.yaml'), 'utf8'))
  expect(rule.safeParse(sent).success).toBe(true)
  expect(rule.safeParse({ ...sent, titel: 'x' }).success).toBe(false)
  expect(rule.safeParse({ ...sent, title: 7 }).success).toBe(false)
})

test('the loader passes the folder over: the version of the rule book is the same without it', () => {
  const copy = folderCopy()
  const { version } = copy.load()
  rmSync(join(copy.folder, 'schema'), { recursive: true })
  expect(copy.load().version).toBe(version)
  expect(version).toBe(knowledge.version)
})
