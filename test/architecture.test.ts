/**
 * Imports point along the flow, never back (architecture, house rule 1): doors -> assess -> record, readings,
 * patient / drugs, kidney, labs, rules, advisories -> cards. The table below is the whole of it.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const SRC = fileURLToPath(new URL('../src', import.meta.url))

/** What the core reads of the knowledge: its types and the look-up of one threshold. Loading is not the core's. */
const KNOWN = ['knowledge/types', 'knowledge/types.ts', 'knowledge/limits.ts']
const CORE = [
  'quantity',
  ...KNOWN,
  'record',
  'readings',
  'patient',
  'drugs',
  'kidney',
  'labs',
  'rules',
  'advisories',
]

/** Which part may import which others. A part is a folder of src/, or a file or folder named here; it may import itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  quantity: [],
  'knowledge/types': ['quantity'],
  'knowledge/types.ts': ['quantity', 'knowledge/types'],
  'knowledge/limits.ts': ['quantity', 'knowledge/types.ts'],
  // loading, checking, overlays: gets the declarations of the rules as an argument
  knowledge: ['quantity', ...KNOWN],
  record: ['quantity'],
  readings: ['quantity', ...KNOWN, 'record'],
  patient: ['quantity', ...KNOWN, 'record', 'readings'],
  drugs: ['quantity', ...KNOWN, 'record', 'readings'],
  kidney: ['quantity', ...KNOWN, 'record', 'readings', 'patient', 'drugs'],
  labs: ['quantity', ...KNOWN, 'record', 'readings', 'patient', 'drugs', 'kidney'],
  rules: ['quantity', ...KNOWN, 'record', 'readings', 'patient', 'drugs', 'kidney', 'labs'],
  advisories: ['quantity', ...KNOWN, 'record', 'readings', 'patient', 'drugs', 'kidney', 'labs', 'rules'],
  cards: ['quantity', ...KNOWN, 'advisories'],
  'assess.ts': CORE,
  // the cases of the rule book, run through the one function
  casebook: [...CORE, 'knowledge', 'assess.ts'],
  // logs and metrics of the doors: know nothing of what is judged
  operation: [],
  // what the service remembers: cards it gave and what became of them
  memory: [],
  // pages about the knowledge
  web: [...CORE, 'knowledge', 'casebook', 'cards'],
  // doors
  hooks: [...CORE, 'knowledge', 'assess.ts', 'cards', 'operation', 'memory'],
  api: [...CORE, 'knowledge', 'assess.ts', 'cards', 'operation', 'hooks', 'memory'],
}

/** The only module from outside that anything behind `assess` needs: fingerprints are hashed. */
const OUTSIDE_ALLOWED = ['node:crypto']

const READS_A_CLOCK =
  /\bDate\.now\b|\bnew Date\(\s*\)|(?<!new )\bDate\(\s*\)|\bperformance\.now\b|\bhrtime\b|\bTemporal\.Now\b/u

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesBelow(path) : path.endsWith('.ts') ? [path] : []
  })
}

const FILES = filesBelow(SRC).map((path) => relative(SRC, path))

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//gu, '').replace(/^\s*\/\/.*$/gmu, '')
}

const source = new Map(FILES.map((file) => [file, withoutComments(readFileSync(join(SRC, file), 'utf8'))]))

/** All modules that a file names: import, export from, import(), require. */
function modulesOf(file: string): string[] {
  const text = source.get(file) ?? ''
  return [
    ...text.matchAll(/\b(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gu),
    ...text.matchAll(/\bimport\s*['"]([^'"]+)['"]/gu),
    ...text.matchAll(/\b(?:import|require)\s*\(\s*['"]([^'"]+)['"]/gu),
  ].map((match) => match[1] ?? '')
}

const isOurs = (module: string) => module.startsWith('.')

/** The file of ours that a module name leads to: "knowledge/types.ts". */
function targetOf(file: string, module: string): string {
  return relative(SRC, join(SRC, dirname(file), module))
}

function partOf(file: string): string {
  const [folder = ''] = file.split('/')
  const inner = `${folder}/${file.split('/')[1] ?? ''}`
  return MAY_IMPORT[inner] ? inner : folder
}

describe('imports point along the flow', () => {
  test.each(Object.entries(MAY_IMPORT))('%s imports only %j and itself', (part, allowed) => {
    const against = FILES.filter((file) => partOf(file) === part).flatMap((file) =>
      modulesOf(file)
        .filter(isOurs)
        .map((module) => targetOf(file, module))
        .filter((target) => partOf(target) !== part && !allowed.includes(partOf(target)))
        .map((target) => `${file} imports ${target}`),
    )
    expect(against).toEqual([])
  })

  test('every folder of src/ has a row in the table', () => {
    const folders = FILES.filter((file) => file.includes('/')).map(partOf)
    expect([...new Set(folders)].filter((part) => !Object.hasOwn(MAY_IMPORT, part))).toEqual([])
  })

  test('every import of ours leads to a file', () => {
    const lost = FILES.flatMap((file) =>
      modulesOf(file)
        .filter(isOurs)
        .map((module) => targetOf(file, module))
        .filter((target) => !source.has(target))
        .map((target) => `${file} imports ${target}`),
    )
    expect(lost).toEqual([])
  })

  test('the table knows every folder of the core, and nothing in it imports the program around it', () => {
    for (const part of CORE) expect(FILES.some((file) => partOf(file) === part)).toBe(true)
    const program = FILES.filter((file) => !file.includes('/') && file !== 'assess.ts')
    const importers = FILES.filter((file) => Object.hasOwn(MAY_IMPORT, partOf(file))).filter((file) =>
      modulesOf(file)
        .filter(isOurs)
        .some((module) => program.includes(targetOf(file, module))),
    )
    expect(importers).toEqual([])
  })

  test('the flow has no circle', () => {
    const seen = new Set<string>()
    const walk = (part: string, path: readonly string[]) => {
      expect(path).not.toContain(part)
      if (seen.has(part)) return
      for (const next of MAY_IMPORT[part] ?? []) walk(next, [...path, part])
      seen.add(part)
    }
    for (const part of Object.keys(MAY_IMPORT)) walk(part, [])
  })
})

describe('what lies behind assess', () => {
  const behind = new Set<string>()
  const follow = (file: string) => {
    if (behind.has(file)) return
    behind.add(file)
    for (const module of modulesOf(file)) if (isOurs(module)) follow(targetOf(file, module))
  }
  follow('assess.ts')

  test('is the core, and none of the doors, the loader or the cards', () => {
    expect(behind.size).toBeGreaterThan(50)
    expect([...behind].filter((file) => !['assess.ts', ...CORE].includes(partOf(file)))).toEqual([])
  })

  test('imports no HTTP, file system, network, FHIR client or database: nothing from outside but a hash', () => {
    const outside = [...behind].flatMap((file) =>
      modulesOf(file)
        .filter((module) => !isOurs(module) && !OUTSIDE_ALLOWED.includes(module))
        .map((module) => `${file} imports ${module}`),
    )
    expect(outside).toEqual([])
  })

  test('reads no clock: now is an argument', () => {
    expect([...behind].filter((file) => READS_A_CLOCK.test(source.get(file) ?? ''))).toEqual([])
  })

  test('reads no environment and fetches nothing', () => {
    expect(
      [...behind].filter((file) => /\bprocess\.|\bfetch\(|\bglobalThis\b/u.test(source.get(file) ?? '')),
    ).toEqual([])
  })
})

describe('the record', () => {
  test('knows nothing of what results mean: FHIR is read in one folder, and only there', () => {
    const readers = FILES.filter((file) => file.startsWith('record/') && !file.startsWith('record/fhir/'))
    const against = readers.flatMap((file) =>
      modulesOf(file)
        .filter(isOurs)
        .map((module) => targetOf(file, module))
        .filter((target) => target.startsWith('record/fhir/')),
    )
    expect(against).toEqual([])
  })

  test('no stage of the core reads FHIR itself', () => {
    const stages = ['readings', 'patient', 'drugs', 'kidney', 'labs', 'rules', 'advisories', 'assess.ts']
    const against = FILES.filter((file) => stages.includes(partOf(file))).filter((file) =>
      modulesOf(file)
        .filter(isOurs)
        .some((module) => targetOf(file, module).startsWith('record/fhir/')),
    )
    expect(against).toEqual([])
  })
})
