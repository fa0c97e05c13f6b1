import { knowledgeDiff } from '../../src/knowledge/diff.ts'
import { knowledgePage } from '../../src/web/knowledge-page.ts'
import { knowledge } from '../loaded-knowledge.ts'
import { leavesOf, withChange } from './leaves.ts'

const leaves = leavesOf(knowledge)
const page = knowledgePage(knowledge, null)

test('the rule book holds many kinds of values', () => {
  expect(leaves.length).toBeGreaterThan(100)
})

describe('a changed value is a change, and the page shows it', () => {
  test.each(leaves)('$kind', ({ path, other }) => {
    const changed = withChange(knowledge, path, other)
    expect(knowledgeDiff(knowledge, changed)).not.toEqual([])
    expect(knowledgePage(changed, null) === page).toBe(false)
  })
})

describe('a code more is a change, and the page shows it', () => {
  const added = (change: (copy: typeof knowledge) => Set<string>) => {
    const copy = structuredClone(knowledge)
    change(copy).add('123456')
    return copy
  }
  test.each([
    ['local routes', added(({ drugs }) => drugs.localRoutes as Set<string>)],
    ['parenteral routes', added(({ drugs }) => drugs.parenteralRoutes as Set<string>)],
    ['false friends', added(({ conditions }) => conditions.get('arrhythmia')?.exceptSnomed as Set<string>)],
  ])('%s', (_name, changed) => {
    expect(knowledgeDiff(knowledge, changed)).toHaveLength(1)
    expect(knowledgePage(changed, null)).toContain('123456')
  })
})
