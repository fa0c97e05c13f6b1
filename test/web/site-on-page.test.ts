/** What a site changed, on the page that its clinicians sign. */
import type { Knowledge } from '../../src/knowledge/types.ts'
import { knowledgePage } from '../../src/web/knowledge-page.ts'
import { withChange } from '../knowledge-diff/leaves.ts'
import { knowledge } from '../loaded-knowledge.ts'
import { articleOf, chapterOf, textOf } from './pages.ts'

const MARK = 'changed by this site'
const pageOf = (site: Knowledge) => knowledgePage(site, null, knowledge)
const critical = ['rules', 'MG-LOW', 'thresholds', 'critical']
const rowOf = (html: string, id: string) => textOf(html.split('<tr').find((row) => row.includes(id)) ?? '')

describe('what a site changed', () => {
  test("an overlay's name is in the head, and what it changed in a chapter of its own", () => {
    const changed = withChange(knowledge, [...critical, 'values', 'mmol/L'], 0.45)
    const html = pageOf({ ...changed, version: '0.1.0+3f2a9c1d.north-hospital-99aa00bb' })
    expect(textOf(html)).toContain('north-hospital , hash 99aa00bb')
    expect(textOf(chapterOf(html, 'site'))).toContain(
      'rule MG-LOW threshold critical, mmol/L below 0.5 mmol/L below 0.45 mmol/L',
    )
    expect(pageOf(knowledge)).not.toContain('Changed by this site')
  })

  test('a threshold is marked where it stands, in words, with the published value in every unit beside it', () => {
    const changed = withChange(knowledge, [...critical, 'values', 'mmol/L'], 0.4)
    const html = pageOf(changed)
    expect(rowOf(html, 'id="MG-LOW.critical"')).toContain(
      `below 0.40 mmol/L 1.2 mg/dL 1.0 mEq/L ${MARK} Published: 0.50 mmol/L 1.2 mg/dL 1.0 mEq/L`,
    )
    expect(rowOf(html, 'id="MG-LOW.lowPotassium"')).not.toContain(MARK)
    expect(textOf(articleOf(html, 'MG-HIGH'))).not.toContain(MARK)
  })

  test('so are its source and its note, alone or together', () => {
    const row = rowOf(pageOf(withChange(knowledge, [...critical, 'note'], null)), 'id="MG-LOW.critical"')
    expect(row).toMatch(/changed by this site Published: rules\.md 4\.1; severe below 0\.5/u)
    expect(row.split(MARK)).toHaveLength(2)
    const source = rowOf(pageOf(withChange(knowledge, [...critical, 'source'], 'default')), 'MG-LOW.critical')
    expect(source).toContain(`default: our judgement no published source ${MARK} Published: sps-104376`)
  })

  test('a sentence, a window and a range are marked too', () => {
    const sentence = pageOf(withChange(knowledge, ['rules', 'MG-LOW', 'sentences', 'summary', 'text'], 'Mg!'))
    expect(textOf(articleOf(sentence, 'MG-LOW'))).toContain(`Summary Mg! ${MARK} Published: Magnesium`)
    const window = pageOf(withChange(knowledge, ['windows', 'minerals'], 60))
    expect(textOf(chapterOf(window, 'windows'))).toContain(`60 days ${MARK} Published: 90 days`)
    const [range] = knowledge.ranges
    const own = { ...range, low: { ...range?.low, 'mmol/L': 0.75 }, site: true }
    const ranges = textOf(chapterOf(pageOf(withChange(knowledge, ['ranges', 0], own)), 'ranges'))
    expect(ranges).toMatch(/0\.75 mmol\/L .* changed by this site Published: 0\.70 mmol\/L/u)
    expect(ranges.split(MARK)).toHaveLength(2)
  })

  test('so are the words about the kidneys, the times to measure again and the frame of the cards', () => {
    const caveat = ['kidney', 'caveats', 'low-mg', '>=60', 'text']
    const caveats = pageOf(withChange(knowledge, caveat, 'Ask us.'))
    for (const html of [articleOf(caveats, 'MG-LOW'), articleOf(caveats, 'caveat-low-mg')])
      expect(textOf(html)).toContain(`Ask us. ${MARK} Published: eGFR {value} : no renal limit`)
    const own = { text: 'tomorrow', from: 20, to: 28, unit: 'h' }
    const recheck = textOf(pageOf(withChange(knowledge, ['recheck', 0, 'inpatient', 'normal'], own)))
    expect(recheck).toContain(`tomorrow (draft: 20 to 28 h) ${MARK} Published: in 12-24 hours`)
    const frame = pageOf(withChange(knowledge, ['wording', 'noRange'], 'no range'))
    expect(textOf(chapterOf(frame, 'cards'))).toContain(`no range ${MARK} Published: no reference range`)
  })

  test('a page without a published rule book at hand marks nothing', () => {
    const changed = withChange(knowledge, [...critical, 'values', 'mmol/L'], 0.4)
    expect(knowledgePage(changed, null)).not.toContain(MARK)
  })
})
