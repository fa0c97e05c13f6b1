/** The search for leaks finds what it looks for: else the last rows of every file would prove nothing. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { refusalFault } from './caller.ts'
import { leakIn, leaksOf } from './markers.ts'
import { cleanUp, temporaryFolder } from './service.ts'

afterAll(cleanUp)

test('ids, names, record numbers, values, tokens and JWTs are found; a plain log line is not', () => {
  for (const text of [
    'Patient/ZZID-3-pat',
    'ZZNAME',
    'ZZMRN-1',
    '0.61937',
    'ZZTOKEN.x',
    'eyJhbGciOiJub25lIn0.e30.',
  ]) {
    expect(leakIn(`{"msg":"${text}"}`)).not.toBeNull()
  }
  expect(leakIn('{"level":30,"requestId":"c1937f00-0000-4000-8000-000000001937","ms":11.9}')).toBeNull()
})

test('output and files are searched; the database only for tokens', () => {
  const dataDir = temporaryFolder()
  mkdirSync(join(dataDir, 'db', 'base'), { recursive: true })
  writeFileSync(join(dataDir, 'db', 'PG_VERSION'), '17')
  writeFileSync(join(dataDir, 'db', 'base', '1'), 'ZZNAME')
  const silent = { dataDir, output: () => 'nothing' }
  expect(leaksOf(silent)).toEqual([])
  writeFileSync(join(dataDir, 'db', 'base', '2'), '\u0000ZZTOKEN\u0000')
  writeFileSync(join(dataDir, 'notes.log'), 'ZZMRN')
  expect(leaksOf({ ...silent, output: () => 'for ZZNAME' })).toEqual([
    'stdout or stderr: ZZNAME',
    expect.stringMatching(/base.2: ZZTOKEN$/u),
    expect.stringMatching(/notes\.log: ZZMRN$/u),
  ])
})

test('a refusal that says too much is a fault', () => {
  const answer = (status: number, json: Record<string, unknown>) => ({
    status,
    json,
    text: JSON.stringify(json),
    headers: new Headers({ 'content-type': 'application/fhir+json' }),
    ms: 1,
  })
  const outcome = { resourceType: 'OperationOutcome' }
  expect(refusalFault(answer(400, outcome))).toBeNull()
  expect(refusalFault(answer(400, {}))).toMatch(/without/u)
  expect(refusalFault(answer(400, { ...outcome, text: 'at x (/a/b.ts:1:2)' }))).toMatch(/stack/u)
  expect(refusalFault(answer(400, { ...outcome, text: 'ZZNAME' }))).toBe('ZZNAME')
  expect(refusalFault(answer(401, outcome))).toMatch(/401/u)
})
