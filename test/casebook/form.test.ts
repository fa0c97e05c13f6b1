/** What a cases file may say, and where a mistake in it is reported. */
import { readRuleCases } from '../../src/casebook/read.ts'
import { KnowledgeError } from '../../src/knowledge/yaml.ts'

const file = 'rules/MG-LOW.cases.yaml'

function problemsOf(source: string): readonly string[] {
  try {
    readRuleCases(file, source)
    return []
  } catch (error) {
    if (!(error instanceof KnowledgeError)) throw error
    return error.problems.map(({ file: where, line, reason }) => `${where}:${line}: ${reason}`)
  }
}

test('a file is named after its rule, and each case knows its line', () => {
  const read = readRuleCases(
    file,
    'about: a test\nbase: { range: own }\ncases:\n  - { name: low, magnesium: 0.61 mmol/L, expect: info }\n',
  )
  expect(read).toMatchObject({ rule: 'MG-LOW', file, base: { range: 'own' } })
  expect(read.cases.map(({ name, line }) => [name, line])).toEqual([['low', 4]])
})

test('"on" is a side of a threshold, not the word of older YAML for true', () => {
  const [one] = readRuleCases(
    file,
    'about: a test\ncases:\n  - name: limit\n    threshold: critical\n    magnesium: limit\n    on: info\n',
  ).cases
  expect(one?.on).toBe('info')
})

describe('a mistake is reported with file, line and reason', () => {
  const about = 'about: a test\ncases:\n'
  const cases: readonly [string, string, RegExp][] = [
    ['an unknown key', '  - { name: a, expect: info, magnesum: 1 mmol/L }', /:3: cases\.0: .*magnesum/],
    ['an unknown level', '  - name: a\n    expect: urgent', /:4: cases\.0\.expect: /],
    [
      'a quantity that is none',
      '  - name: a\n    magnesium: low\n    expect: info',
      /:4: cases\.0\.magnesium.*quantity/,
    ],
    ['nothing expected', '  - { name: a, magnesium: 1 mmol/L }', /:3: cases\.0: says neither/],
    [
      'a threshold without sides',
      '  - { name: a, threshold: critical, magnesium: limit }',
      /a threshold needs below, on or above/,
    ],
    [
      'a threshold at which nothing is tested',
      '  - { name: a, threshold: critical, magnesium: 1 mmol/L, on: info }',
      /"limit" stands nowhere/,
    ],
    [
      'a limit without a threshold',
      '  - { name: a, magnesium: limit, expect: info }',
      /"limit" stands in a case that tests no threshold/,
    ],
    ['sides without a threshold', '  - { name: a, on: info, expect: info }', /need a threshold/],
    [
      'two cases of one name',
      '  - { name: a, expect: info }\n  - { name: a, expect: info }',
      /:4: a second case is called "a"/,
    ],
    ['broken YAML', '  - { name: a', /^rules\/MG-LOW\.cases\.yaml:\d+: /],
  ]
  test.each(cases)('%s', (_title, text, reason) => {
    expect(problemsOf(`${about}${text}\n`).join('\n')).toMatch(reason)
  })
})
