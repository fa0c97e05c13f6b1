import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { diffText, knowledgeDiff, statementsOf } from '../../src/knowledge/diff.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import type { Knowledge } from '../../src/knowledge/types.ts'
import { LABORATORY_RULES } from '../../src/rules/catalogue.ts'
import { knowledge, knowledgeFolder } from '../loaded-knowledge.ts'
import { withChange } from './leaves.ts'

const folder = mkdtempSync(join(tmpdir(), 'apatite-diff-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The rule book with a site's overlay of one file. */
function withOverlay(name: string, file: string, text: string): Knowledge {
  const overlay = join(folder, name)
  mkdirSync(join(overlay, file, '..'), { recursive: true })
  writeFileSync(join(overlay, 'site.yaml'), `name: ${name}\nabout: a test\n`)
  writeFileSync(join(overlay, file), text)
  return loadKnowledge({ folder: knowledgeFolder, overlay, rules: LABORATORY_RULES })
}

const limitPath = (unit: string) => ['rules', 'MG-LOW', 'thresholds', 'critical', 'values', unit]

describe('what two rule books say differently', () => {
  test('the same rule book has no change', () => {
    expect(knowledgeDiff(knowledge, knowledge)).toEqual([])
    expect(diffText([])).toBe('no change\n')
  })

  test('the same files read twice have no change, nor has another version alone', () => {
    const copy = join(folder, 'copy')
    cpSync(knowledgeFolder, copy, { recursive: true })
    writeFileSync(join(copy, 'version.yaml'), 'version: 9.9.9\n')
    const other = loadKnowledge({ folder: copy, rules: LABORATORY_RULES })
    expect(other.version).not.toBe(knowledge.version)
    expect(knowledgeDiff(knowledge, other)).toEqual([])
  })

  test('a threshold is told for the unit that changed, with its direction', () => {
    const changes = knowledgeDiff(knowledge, withChange(knowledge, limitPath('mmol/L'), 0.45))
    expect(changes).toEqual([
      {
        place: 'rule MG-LOW',
        what: 'threshold critical, mmol/L',
        before: 'below 0.5 mmol/L',
        after: 'below 0.45 mmol/L',
      },
    ])
    expect(diffText(changes)).toBe(
      [
        'rule MG-LOW',
        '  threshold critical, mmol/L',
        '    - below 0.5 mmol/L',
        '    + below 0.45 mmol/L',
        '',
        '1 change',
        '',
      ].join('\n'),
    )
  })

  test('turned around, before and after change places', () => {
    const changed = withChange(knowledge, limitPath('mmol/L'), 0.45)
    const there = knowledgeDiff(knowledge, changed)
    const back = knowledgeDiff(changed, knowledge)
    expect(back).toEqual(there.map((change) => ({ ...change, before: change.after, after: change.before })))
  })

  test('a rule that is switched off is said to be off', () => {
    const changed = withChange(knowledge, ['rules', 'VITD-LOW', 'enabled'], false)
    expect(diffText(knowledgeDiff(knowledge, changed))).toContain(
      'rule VITD-LOW\n  rule\n    - on\n    + off\n',
    )
  })

  test('a rule that only one of them has is told whole', () => {
    const without = { ...knowledge, rules: new Map([...knowledge.rules].filter(([id]) => id !== 'P-LOW')) }
    const changes = knowledgeDiff(knowledge, without)
    expect(changes.length).toBeGreaterThan(10)
    expect(changes.every(({ place, after }) => place === 'rule P-LOW' && after === null)).toBe(true)
  })

  test('a drug and a code that were added are told without a before', () => {
    const copy = structuredClone(knowledge)
    const drugs = copy.drugs.drugs as Knowledge['drugs']['drugs'][number][]
    drugs.push({ name: 'newdrug', names: ['newdrug'], rxnorm: [], atc: ['A02BC99'], roles: [] })
    const told = knowledgeDiff(knowledge, copy)
    expect(told.every(({ place, before }) => place === 'drug newdrug' && before === null)).toBe(true)
    expect(told.find(({ what }) => what === 'ATC')?.after).toBe('A02BC99')
  })

  test("a site's overlay is told, and nothing but it", () => {
    const changed = withOverlay(
      'north-ward',
      'rules/MG-LOW.yaml',
      'thresholds:\n  critical: { below: { mmol/L: 0.40, mg/dL: 1.0, mEq/L: 0.8 } }\n',
    )
    expect(knowledgeDiff(knowledge, changed).map(({ what, after }) => [what, after])).toEqual([
      ['threshold critical, mmol/L', 'below 0.4 mmol/L'],
      ['threshold critical, mg/dL', 'below 1 mg/dL'],
      ['threshold critical, mEq/L', 'below 0.8 mEq/L'],
      // the published source does not speak for a site's number
      ['threshold critical, source', 'default'],
      ['threshold critical, note', "this site's own number"],
    ])
  })

  test('a window of a site is told', () => {
    const changed = withOverlay('window-ward', 'windows.yaml', 'windows:\n  minerals: { days: 60 }\n')
    expect(knowledgeDiff(knowledge, changed)).toEqual([
      { place: 'windows', what: 'minerals', before: '90 days', after: '60 days' },
    ])
  })

  test('no subject is said twice: each has its own name in its place', () => {
    const seen = new Map<string, number>()
    for (const { place, what } of statementsOf(knowledge)) {
      const key = `${place}: ${what}`
      seen.set(key, (seen.get(key) ?? 0) + 1)
    }
    expect([...seen].filter(([, count]) => count > 1)).toEqual([])
  })

  test('text that would steer a terminal is shown on one harmless line', () => {
    const changed = withChange(knowledge, ['rules', 'MG-LOW', 'title'], 'red \u001b[31m\nnext')
    const text = diffText(knowledgeDiff(knowledge, changed))
    expect(text).toContain('+ red  [31m next')
    expect(text).not.toContain('\u001b')
  })
})
