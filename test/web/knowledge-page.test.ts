import { WINDOWS } from '../../src/knowledge/types.ts'
import { knowledgePage } from '../../src/web/knowledge-page.ts'
import { withChange } from '../knowledge-diff/leaves.ts'
import { knowledge } from '../loaded-knowledge.ts'
import { articleOf, casebook, chapterOf, idsIn, page, textOf } from './pages.ts'

const rules = [...knowledge.rules.values()]
const folded = (text: string) => text.replace(/\s+/gu, ' ').trim()
/** without blanks: a placeholder is an element of its own */
const tight = (text: string) => text.replace(/\s+/gu, '')

describe('the document', () => {
  test('is whole, English, and says version and hash', () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/u)
    expect(page.trimEnd()).toMatch(/<\/html>$/u)
    expect(page).toContain(knowledge.version)
    expect(page).toContain(`<code>${knowledge.version.split('+')[1]}</code>`)
  })

  test('has each anchor once, and every link inside it leads somewhere', () => {
    const ids = idsIn(page)
    expect(ids.length).toBe(new Set(ids).size)
    const lost = [...page.matchAll(/href="#([^"]*)"/gu)].filter(([, id = '']) => !ids.includes(id))
    expect(lost.map(([link]) => link)).toEqual([])
  })

  test('asks for nothing: no script, style sheet, picture, font or frame; links leave it only when followed', () => {
    expect(page).not.toMatch(/<(?:script|img|iframe|object|embed|video|audio|form|base)\b|@import|url\(/iu)
    expect([...page.matchAll(/<link\b[^>]*>/gu)].map(([tag]) => tag)).toEqual([
      '<link rel="icon" href="data:,">',
    ])
    expect(page).not.toMatch(/\s(?:src|srcset|style|on\w+)=/u)
  })

  test('has one h1 and leaves out no level of headings', () => {
    const levels = [...page.matchAll(/<h([1-6])\b/gu)].map(([, level]) => Number(level))
    expect(levels.filter((level) => level === 1)).toHaveLength(1)
    expect(levels[0]).toBe(1)
    levels.reduce((before, level) => {
      expect(level).toBeLessThanOrEqual(before + 1)
      return level
    })
  })

  test('begins with a way past the contents', () => {
    expect(page).toMatch(/<body>\s*<a class="skip" href="#content">/u)
  })
})

describe('the review state', () => {
  test('stands loudly above everything and at every rule', () => {
    expect(page.indexOf('class="banner"')).toBeLessThan(page.indexOf('<nav'))
    expect(textOf(page)).toContain(
      'Not reviewed by a licensed clinician. None of the 18 rules has been reviewed',
    )
    for (const { id } of rules) expect(articleOf(page, id)).toContain('Not reviewed by a licensed clinician')
  })

  test('a rule that a named person signed on a day says so, and the banner counts it', () => {
    const signed = withChange(knowledge, ['rules', 'MG-LOW', 'review'], {
      state: 'reviewed',
      by: 'Dr A. Example',
      on: '2026-11-01',
    })
    const html = knowledgePage(signed, null)
    expect(textOf(articleOf(html, 'MG-LOW'))).toContain('Reviewed by Dr A. Example, 2026-11-01')
    expect(textOf(html)).toContain('17 of 18 rules have not been reviewed')
  })

  test('a state that says reviewed without a name is not believed', () => {
    const claimed = withChange(knowledge, ['rules', 'MG-LOW', 'review', 'state'], 'reviewed')
    expect(textOf(knowledgePage(claimed, null))).toContain('None of the 18 rules has been reviewed')
  })
})

describe('a rule', () => {
  test.each(rules)('$id: words, thresholds, sentences and sources are on the page', (rule) => {
    const text = textOf(articleOf(page, rule.id))
    for (const words of [rule.title, rule.purpose, rule.use, rule.misuse])
      expect(text).toContain(folded(words))
    for (const limit of Object.values(rule.thresholds))
      for (const value of Object.values(limit.values)) expect(text).toContain(String(value))
    for (const { text: sentence } of Object.values(rule.sentences))
      expect(tight(text)).toContain(tight(sentence))
    for (const source of rule.sources)
      expect(articleOf(page, rule.id)).toContain(`href="#evidence-${source}"`)
    for (const code of rule.overrideReasons) {
      const display = knowledge.overrideReasons.reasons.find((reason) => reason.code === code)?.display
      expect(text).toContain(display)
    }
    for (const id of rule.suggestions) expect(articleOf(page, rule.id)).toContain(`href="#test-${id}"`)
  })

  test('a threshold has its value in every unit with the decimals of the unit, and its direction in words', () => {
    const text = textOf(articleOf(page, 'MG-LOW'))
    expect(text).toContain('Critical below 0.50 mmol/L 1.2 mg/dL 1.0 mEq/L sps-104376')
    expect(text).toContain('Long QTc at or above 500 ms default: our judgement no published source')
  })

  test('another number in the knowledge is another number at that place, and nowhere else', () => {
    const path = ['rules', 'MG-LOW', 'thresholds', 'critical', 'values', 'mg/dL']
    const html = knowledgePage(withChange(knowledge, path, 1.37), casebook)
    expect(textOf(articleOf(html, 'MG-LOW'))).toContain('Critical below 0.50 mmol/L 1.37 mg/dL 1.0 mEq/L')
    expect(html.replace('1.37 mg/dL', '1.2 mg/dL')).toBe(page)
  })

  test('carries the renal caveats of its topic for every band', () => {
    const text = tight(textOf(articleOf(page, 'MG-HIGH')))
    for (const { text: caveat } of knowledge.kidney.caveats.get('high-mg')?.values() ?? [])
      expect(text).toContain(tight(caveat))
    expect(articleOf(page, 'P-HIGH')).not.toContain('about the kidneys')
  })

  test('shows its worked cases and what they gave', () => {
    const text = textOf(articleOf(page, 'MG-LOW'))
    expect(text).toContain('below (0.49 mmol/L, 1.1 mg/dL, 0.9 mEq/L): critical')
    expect(text).toContain('on (0.50 mmol/L, 1.2 mg/dL, 1.0 mEq/L): ')
    expect(text).toContain('as expected, 9 patients')
    expect(casebook.rules.flatMap(({ cases }) => cases).filter(({ patients }) => patients === 0)).toEqual([])
  })

  test('a case that gave something else is seen, and so is that none were run', () => {
    const [first] = casebook.rules
    const failing = {
      rules: [
        {
          ...first,
          rule: 'MG-LOW',
          about: 'x',
          cases: [{ ...CASE, problems: ['expected MG-LOW info, came silent'] }],
        },
      ],
    }
    expect(textOf(articleOf(knowledgePage(knowledge, failing), 'MG-LOW'))).toContain(
      '1 case of 1 did not give what is expected',
    )
    expect(knowledgePage(knowledge, null)).toContain('The worked cases were not run for this page.')
  })

  test('one that is switched off says so', () => {
    const html = knowledgePage(withChange(knowledge, ['rules', 'MG-LOW', 'enabled'], false), null)
    expect(articleOf(html, 'MG-LOW')).toContain('Switched off.')
  })

  test('a threshold has the note of its file: why this number, and what others say', () => {
    expect(textOf(articleOf(page, 'MG-LOW'))).toContain('leeds-2011 and cornwall-2021 draw the line at 0.4')
  })
})

const CASE = { name: 'x', told: 'x', expected: ['info'], patients: 1, problems: [] }

describe('everything else that is decided with', () => {
  test.each([...knowledge.analytes.values()])('analyte $id: codes, units, limits', (analyte) => {
    const html = articleOf(page, `analyte-${analyte.id}`)
    const text = textOf(html)
    for (const { code, name } of [...analyte.allowed, ...analyte.refused]) {
      expect(text).toContain(code)
      expect(text).toContain(name)
    }
    for (const { because } of analyte.refused) expect(text).toContain(because)
    for (const { source } of [...analyte.allowed, ...analyte.zones]) expect(text).toContain(source)
    expect(text).toContain(folded(analyte.about))
    for (const { unit, factor } of analyte.units.values()) {
      expect(text).toContain(unit)
      expect(text).toContain(String(factor))
    }
    if (analyte.hardLimits) expect(text).toContain('cannot be right')
  })

  test("every reference range, and a site's own is marked", () => {
    const text = textOf(chapterOf(page, 'ranges'))
    for (const { low, high } of knowledge.ranges)
      for (const limit of [low, high])
        for (const [unit, value] of Object.entries(limit)) {
          expect(text).toMatch(
            new RegExp(`\\b${value}(?:\\.?0+)? ${unit.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')}`, 'u'),
          )
        }
    expect(text).not.toContain("this site's")
    const site = withChange(knowledge, ['ranges', 0, 'site'], true)
    expect(textOf(chapterOf(knowledgePage(site, null), 'ranges'))).toContain("this site's")
  })

  test('every window with what it is for and its source', () => {
    const text = textOf(chapterOf(page, 'windows')).toLowerCase()
    for (const name of WINDOWS) {
      const { for: use, source } = knowledge.notes.windows[name]
      const row = `${use} ${knowledge.windows[name]} days ${name} ${source}`
      expect(text).toContain(row.toLowerCase())
    }
  })

  test('a disabled code of a condition is visible and marked as never matched', () => {
    const disabled = [...knowledge.conditions.values()].flatMap(({ id, snomed, icd10, procedures }) =>
      [...snomed, ...icd10, ...procedures]
        .filter(({ enabled }) => !enabled)
        .map(({ code }) => ({ id, code })),
    )
    expect(disabled.length).toBeGreaterThan(0)
    for (const { id, code } of disabled) {
      const row = articleOf(page, `condition-${id}`)
        .split('<tr')
        .find((one) => one.replaceAll('.', '').includes(`>${code}<`))
      expect(row).toContain('never matched')
      expect(row).toMatch(/^ class="off"/u)
    }
  })

  test('what looks like a condition and is none has its name and the reason, and the set says who uses it', () => {
    const text = textOf(articleOf(page, 'condition-arrhythmia'))
    expect(text).toContain('I44.0 ICD-10 Atrioventricular block, first degree')
    expect(text).toContain('First-degree and bundle-branch block alone')
    expect(text).toContain('Used by MG-LOW (raises the level); order rules')
    expect(text).toContain('value-sets.md section 2, row arrhythmia')
    for (const { id, exceptSnomed } of knowledge.conditions.values())
      for (const [code, display] of exceptSnomed)
        expect(textOf(articleOf(page, `condition-${id}`))).toContain(`${code} SNOMED CT ${display}`)
  })

  test('what a file says of itself stands above what is in it, with its source and its review', () => {
    const text = textOf(page)
    expect(knowledge.notes.files.size).toBeGreaterThan(10)
    for (const [file, { about, source, review }] of knowledge.notes.files) {
      expect(text).toContain(folded(about))
      for (const told of [source, review]) if (told !== null) expect(text).toContain(told)
      expect(text).toContain(`File: ${file}`)
    }
  })

  test('every condition code, every drug with its codes, every drug group', () => {
    const conditions = textOf(chapterOf(page, 'conditions')).replaceAll('.', '')
    for (const { snomed, icd10, procedures } of knowledge.conditions.values())
      for (const { code } of [...snomed, ...icd10, ...procedures]) expect(conditions).toContain(code)
    const drugs = textOf(chapterOf(page, 'drugs'))
    for (const { name, rxnorm, atc } of knowledge.drugs.drugs)
      for (const text of [name, ...rxnorm, ...atc]) expect(drugs).toContain(text)
    for (const { id, title } of knowledge.drugs.groups.values()) expect(drugs).toContain(`${title} ${id}`)
  })

  test('the services with their templates', () => {
    const text = textOf(chapterOf(page, 'services'))
    for (const { prefetch } of knowledge.services.values())
      for (const { template } of prefetch) expect(text).toContain(template)
  })

  test('every source with its problems, and marks where it was not reached or contradicts itself', () => {
    for (const record of knowledge.evidence.values()) {
      const text = textOf(articleOf(page, `evidence-${record.id}`))
      for (const told of [record.citation, record.supports, record.grade, ...record.problems])
        expect(text).toContain(folded(told))
      if (record.link !== null) expect(text).toContain(record.link)
      expect(text.includes('Internally inconsistent.')).toBe(record.internallyInconsistent)
      expect(/Not reached\.|No published source\./u.test(text)).toBe(record.read === 'not reached')
    }
  })
})
