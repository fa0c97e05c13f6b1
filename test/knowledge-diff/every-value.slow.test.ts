import { compileKnowledge } from '../../src/knowledge/compile.ts'
import { knowledgeDiff } from '../../src/knowledge/diff.ts'
import { type KnowledgeFiles, readKnowledgeFiles } from '../../src/knowledge/files.ts'
import { knowledgePage } from '../../src/web/knowledge-page.ts'
import { knowledge, knowledgeFolder } from '../loaded-knowledge.ts'
import { knowledgeLeaves } from './knowledge-leaves.ts'
import { different, leavesOf, type Path, withChange } from './leaves.ts'

const page = knowledgePage(knowledge, null)

test('the rule book holds many kinds of values', () => {
  expect(knowledgeLeaves.length).toBeGreaterThan(100)
})

describe('a changed value is a change, and the page shows it', () => {
  test.each(knowledgeLeaves)('$kind', ({ path, other }) => {
    const changed = withChange(knowledge, path, other)
    expect(knowledgeDiff(knowledge, changed)).not.toEqual([])
    expect(knowledgePage(changed, null) === page).toBe(false)
  })
})

describe('a code more is a change, and the page shows it', () => {
  test.each([
    ['local routes', ['drugs', 'localRoutes', '123456']],
    ['parenteral routes', ['drugs', 'parenteralRoutes', '123456']],
    ['false friends', ['conditions', 'arrhythmia', 'exceptSnomed', '123456']],
  ])('%s', (_name, path) => {
    const changed = withChange(knowledge, path, 'something else')
    expect(knowledgeDiff(knowledge, changed)).toHaveLength(1)
    expect(knowledgePage(changed, null)).toContain('123456')
  })
})

/** What stands in the files, before the loader makes anything of it: nothing that is to be signed may be lost there. */
const files = read()
const values = Object.fromEntries(
  Object.entries(files).map(([key, content]) => [
    key,
    Array.isArray(content) ? content.map(({ value }) => value) : content?.value,
  ]),
)

describe('a value changed in a file is a change, and the page shows it', () => {
  const leaves = leavesOf(values, {
    // the version is told beside every answer; it is no statement of the rule book
    except: ['version.version'],
    keyed:
      /(?:^units\.units|^windows\.windows|^suggestions\.suggestions|^caveats\.(?:topics(?:\.\*)?|phrases)|\.(?:units|thresholds|sentences|below|atMost|above|atLeast)|^ranges\.\*\.ranges\.\*\.(?:low|high)|^wording\.sentences)$/u,
  })

  test('every file takes part', () => {
    const parts = new Set(leaves.map(({ kind }) => kind.split('.')[0]))
    const others = ['hash', 'site', 'version']
    expect([...parts].sort()).toEqual(
      Object.keys(files)
        .filter((key) => !others.includes(key))
        .sort(),
    )
  })

  test('unchanged files are no change', () => {
    const same = compileKnowledge(files)
    expect(knowledgeDiff(knowledge, same)).toEqual([])
    expect(knowledgePage(same, null) === page).toBe(true)
  })

  test.each(leaves)('$kind', ({ kind, path, value, other }) => {
    const changed = compileKnowledge(withFileChange(path, CHOICES.test(kind) ? other : different(value)))
    expect(knowledgeDiff(knowledge, changed)).not.toEqual([])
    expect(knowledgePage(changed, null) === page).toBe(false)
  })
})

/** Of a fixed list: another value of the list stands for all others. */
const CHOICES = /\.(?:read|system)$/u

function read(): KnowledgeFiles {
  const result = readKnowledgeFiles(knowledgeFolder)
  if (!result.ok) throw new Error('the rule book cannot be read')
  return result.files
}

/** The files with one value changed: its part is a file, or a list of files. */
function withFileChange([part = '', ...path]: Path, other: unknown): KnowledgeFiles {
  const of = files[part as keyof KnowledgeFiles]
  if (Array.isArray(of)) {
    const [index, ...inner] = path
    const changed = of.map((file, at) =>
      at === index ? { ...file, value: withChange(file.value, inner, other) } : file,
    )
    return { ...files, [part]: changed }
  }
  const file = of as unknown as { readonly value: unknown }
  return { ...files, [part]: { ...file, value: withChange(file.value, path, other) } }
}
