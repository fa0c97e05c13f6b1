/** docs/reference/errors.md names every code that the program can give, and no other. */
import { NOT_JUDGED_REASONS } from '../../src/advisories/assessment.ts'
import { ConfigError } from '../../src/config.ts'
import { PROBLEMS } from '../../src/hooks/problem.ts'
import { TrustConfigError } from '../../src/hooks/trust/trust.ts'
import { KnowledgeError } from '../../src/knowledge/load.ts'
import { StoreError } from '../../src/memory/store.ts'
import { codes, literals, rows, section, textOf } from './tables.ts'

const page = textOf('docs/reference/errors.md')
const documented = (heading: string, column = 0) => [...codes(section(page, heading), column)].sort()
const sorted = (list: readonly string[]) => [...list].sort()

describe('docs/reference/errors.md', () => {
  test('has every code of an OperationOutcome, with its status', () => {
    const table = rows(section(page, 'HTTP codes')).map(([code = '', status]) => [
      code.replaceAll('`', ''),
      Number(status),
    ])
    expect(Object.fromEntries(table)).toEqual(
      Object.fromEntries(Object.entries(PROBLEMS).map(([code, { status }]) => [code, status])),
    )
    expect(table).toHaveLength(Object.keys(PROBLEMS).length)
  })

  test('has every reason why something was not judged', () => {
    expect(documented('Not-judged reasons')).toEqual(sorted(NOT_JUDGED_REASONS))
  })

  test('has everything as which a resource can be refused', () => {
    const refused = literals('src/record/record.ts', /interface Refused \{[^}]*?readonly reason: ([^\n]+)/u)
    expect(documented('Refused resources')).toEqual(sorted(refused))
  })

  test('has every verdict', () => {
    const verdicts = literals('src/advisories/assessment.ts', /type VerdictKind =([^}]*?)\n\n/u)
    expect(documented('Verdicts')).toEqual(sorted(verdicts))
  })

  test('has every failure of a token', () => {
    const failures = literals('src/hooks/trust/failure.ts', /type TrustFailure =([^}]*)$/u)
    expect(documented('Trust failures')).toEqual(sorted(failures))
  })

  test('has everything that can become of a request for keys', () => {
    const failures = literals('src/hooks/trust/key-host.ts', /type KeyHostFailure =([^}]*?)\n\n/u)
    expect(documented('Key host outcomes')).toEqual(sorted(['fetched', ...failures]))
  })

  test('has the exit codes', () => {
    const declared = /const EXIT = \{ ([^}]*) \}/u.exec(textOf('src/cli.ts'))?.[1] ?? ''
    const exits = [...declared.matchAll(/: (\d+)/gu)].map(([, code]) => code ?? '')
    expect(documented('Exit codes')).toEqual(sorted(['0', ...exits]))
  })

  test('has the classes that stop the start, with their codes', () => {
    const errors = [
      new ConfigError(''),
      new KnowledgeError([]),
      new StoreError('', null),
      new TrustConfigError(''),
    ]
    expect(documented('What stops the start')).toEqual(sorted(errors.map(({ name }) => name)))
    expect(documented('What stops the start', 1)).toEqual(sorted(errors.map(({ code }) => code)))
  })
})
