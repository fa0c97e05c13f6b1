/** Every case of cds-hooks/rules/*.cases.yaml holds on the published knowledge, and no threshold is left untested. */
import { missingCases, unmatchedFiles } from '../../src/casebook/missing.ts'
import { readCasebook } from '../../src/casebook/read.ts'
import { runCases } from '../../src/casebook/run.ts'
import { knowledge, knowledgeFolder } from '../loaded-knowledge.ts'

const now = new Date('2026-11-20T09:30:00Z')
const casebook = readCasebook(knowledgeFolder)

test('every rule has its cases file', () => {
  expect(unmatchedFiles(knowledge, casebook)).toEqual([])
})

test('every threshold is shown below, on and above, in every unit in which it is kept', () => {
  expect(missingCases(knowledge, casebook)).toEqual([])
})

describe.each(casebook.map((file) => [file.file, file] as const))('%s', (_name, file) => {
  const results = runCases(knowledge, [file], now)
  if (results.length === 0) test('holds no case, and says why', () => expect(file.about).not.toBe(''))
  else {
    test.each(results.map((result) => [result.title, result] as const))('%s', (_title, result) => {
      expect(result.problems.map((problem) => `line ${result.line}: ${problem}`)).toEqual([])
    })
  }
})

test.each(['2028-02-29T00:10:00Z', '2027-01-01T01:00:00Z', '2026-03-29T01:30:00Z', '2026-11-20T23:59:00Z'])(
  'the cases hold whatever the day: %s',
  (instant) => {
    const failed = runCases(knowledge, casebook, new Date(instant)).filter(
      ({ problems }) => problems.length > 0,
    )
    expect(failed.map(({ file, title, problems }) => `${file}: ${title}: ${problems.join('; ')}`)).toEqual([])
  },
)
