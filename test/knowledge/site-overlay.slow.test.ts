/** A site's overlay: what it changes, what it leaves alone, and how a wrong one is refused. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Assessment } from '../../src/advisories/assessment.ts'
import { recordFromBundle } from '../../src/api/assess.ts'
import { assess } from '../../src/assess.ts'
import { cardsOf } from '../../src/cards/card.ts'
import { knowledgeDiff } from '../../src/knowledge/diff.ts'
import { KnowledgeError } from '../../src/knowledge/load.ts'
import type { Knowledge } from '../../src/knowledge/types.ts'
import { loadPublished, workedCases } from '../../src/published.ts'
import { knowledgePage } from '../../src/web/knowledge-page.ts'
import { fixtures, NOW } from '../fixtures/fixture-files.ts'
import { knowledgeFolder } from '../loaded-knowledge.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function site(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'site-'))
  folders.push(folder)
  const all = { 'site.yaml': 'name: north\nabout: a hospital of these tests\n', ...files }
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  return folder
}

const published = loadPublished({ folder: knowledgeFolder })
const withSite = (files: Readonly<Record<string, string>>) =>
  loadPublished({ folder: knowledgeFolder, overlay: site(files) })

const records = fixtures.map(({ name, bundle }) => {
  const tags = (bundle as { meta?: { tag?: { system?: string; code?: string }[] } }).meta?.tag ?? []
  const now = tags.find(({ system }) => system === NOW)?.code ?? '2026-11-20T12:00:00Z'
  return { name, now: new Date(now), record: recordFromBundle(bundle, 'UTC', []) }
})
const assessedBy = (knowledge: Knowledge) =>
  records.map(({ name, now, record }) => ({ name, assessment: assess(record, knowledge, now) }))

/** What each rule says of one patient: its verdict and its level; who leads a card or merges is told by others. */
const saidByRules = ({ advisories, verdicts }: Assessment): ReadonlyMap<string, string> => {
  const levels = new Map(advisories.flatMap(({ findings }) => findings).map((one) => [one.rule, one]))
  return new Map(
    verdicts.map(({ rule, verdict }) => [
      rule,
      JSON.stringify([
        verdict === 'merged' || verdict === 'fired' ? 'found' : verdict,
        levels.get(rule)?.indicator,
        levels.get(rule)?.cappedFrom,
      ]),
    ]),
  )
}
const before = assessedBy(published).map(({ assessment }) => saidByRules(assessment))

/** Rules that look at another rule's finding (rules.md 4.2): a change of the first may show in the second. */
const LOOKED_AT_BY: Readonly<Record<string, readonly string[]>> = {
  'DQ-EDTA': ['MG-LOW', 'CA-LOW', 'CA-UNCERTAIN', 'P-LOW', 'REFEEDING'],
  // the doubt about a unit asks whether the value would be critical
  'MG-HIGH': ['DQ-UNIT'],
  'DQ-HAEMOLYSIS': ['MG-HIGH', 'P-HIGH', 'MG-LOW', 'P-LOW', 'CA-LOW', 'MG-OBSTETRIC'],
  'DQ-DILUTION': ['MG-LOW', 'CA-LOW', 'P-LOW', 'REFEEDING', 'MG-HIGH', 'CA-HIGH', 'P-HIGH'],
  'CA-UNCERTAIN': ['CA-LOW', 'CA-HIGH'],
}

const thresholds = [...published.rules.values()].flatMap((rule) =>
  Object.keys(rule.thresholds).map((threshold) => [rule.id, threshold] as const),
)

/** The threshold as an overlay writes it, each number changed by a factor. */
function changedLimit(knowledge: Knowledge, rule: string, threshold: string, factor: number): string {
  const limit = knowledge.rules.get(rule)?.thresholds[threshold]
  if (limit === undefined) throw new Error(`${rule} has no ${threshold}`)
  const values = Object.entries(limit.values).map(
    ([unit, value]) => `${JSON.stringify(unit)}: ${Number((value * factor).toPrecision(3))}`,
  )
  const { direction } = limit as { direction?: string | null }
  const written = `{ ${values.join(', ')} }`
  return `thresholds:\n  ${threshold}: { ${direction ?? 'values'}: ${written} }\n`
}

describe('a changed threshold', () => {
  test.each(thresholds)(
    '%s %s: another version, another page, and no other rule says anything else',
    (rule, threshold) => {
      const changed = [0.93, 1.07].flatMap((factor) => {
        try {
          return [withSite({ [`rules/${rule}.yaml`]: changedLimit(published, rule, threshold, factor) })]
        } catch (error) {
          // a number beyond its neighbour is refused, and the other direction is tried
          if (error instanceof KnowledgeError) return []
          throw error
        }
      })
      expect(changed.length).toBeGreaterThan(0)
      for (const knowledge of changed) {
        expect(knowledge.version).not.toBe(published.version)
        expect(knowledge.version.startsWith(`${published.version}.north-`)).toBe(true)
        expect(new Set(knowledgeDiff(published, knowledge).map(({ place }) => place))).toEqual(
          new Set([`rule ${rule}`]),
        )
        const allowed = [rule, ...(LOOKED_AT_BY[rule] ?? [])]
        const others = assessedBy(knowledge).flatMap(({ name, assessment }, index) =>
          [...saidByRules(assessment)]
            .filter(([id, said]) => said !== before[index]?.get(id) && !allowed.includes(id))
            .map(([id]) => `${name}: ${id}`),
        )
        expect(others).toEqual([])
      }
    },
  )
})

describe('a critical limit of magnesium that a site lowered to 0.30 mmol/L', () => {
  const knowledge = withSite({
    'rules/MG-LOW.yaml': 'thresholds:\n  critical: { below: { mmol/L: 0.30, mg/dL: 0.7, mEq/L: 0.6 } }\n',
  })
  const record = recordFromBundle(
    {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [
        { resource: { resourceType: 'Patient', id: 'p', gender: 'male', birthDate: '1970-01-01' } },
        {
          resource: {
            resourceType: 'Observation',
            id: 'mg',
            status: 'final',
            code: { coding: [{ system: 'http://loinc.org', code: '2601-3' }] },
            subject: { reference: 'Patient/p' },
            effectiveDateTime: '2026-11-20T06:00:00Z',
            valueQuantity: {
              value: 0.38,
              unit: 'mmol/L',
              system: 'http://unitsofmeasure.org',
              code: 'mmol/L',
            },
            referenceRange: [{ low: { value: 0.7, unit: 'mmol/L' }, high: { value: 1.0, unit: 'mmol/L' } }],
          },
        },
      ],
    },
    'UTC',
    [],
  )
  const cardBy = (book: Knowledge) => {
    const [card] = cardsOf(assess(record, book, new Date('2026-11-20T09:00:00Z')))
    if (!card) throw new Error('no card')
    return card
  }

  test('changes the advice and the sentence that names the limit', () => {
    expect(cardBy(published).indicator).toBe('critical')
    expect(cardBy(knowledge).indicator).not.toBe('critical')
    expect(cardBy(published).detail).not.toBe(cardBy(knowledge).detail)
    expect(JSON.stringify(cardBy(knowledge))).toContain(knowledge.version)
  })

  test('changes the page where it says the limit, and is named there', () => {
    const page = knowledgePage(knowledge, null, published)
    expect(page).toContain('0.3 mmol/L')
    expect(page).toContain('north')
    expect(knowledgePage(published, null)).not.toContain('north')
  })

  test('keeps every worked case, for their numbers follow the limits', () => {
    const overlay = site({
      'rules/MG-LOW.yaml': 'thresholds:\n  critical: { below: { mmol/L: 0.30, mg/dL: 0.7, mEq/L: 0.6 } }\n',
    })
    const book = loadPublished({ folder: knowledgeFolder, overlay })
    expect(() => workedCases(book, { folder: knowledgeFolder, overlay })).not.toThrow()
  })
})

test('a rule that a site switches off says so, and its worked cases do not stop the start', () => {
  const overlay = site({ 'rules/VITD-LOW.yaml': 'enabled: false\n' })
  const book = loadPublished({ folder: knowledgeFolder, overlay })
  expect(() => workedCases(book, { folder: knowledgeFolder, overlay })).not.toThrow()
  const verdicts = assessedBy(book).map(({ assessment }) =>
    assessment.verdicts.find(({ rule }) => rule === 'VITD-LOW'),
  )
  expect(new Set(verdicts.map((one) => one?.verdict))).toEqual(new Set(['off']))
})

test("a site's own number is not shown with the published source", () => {
  const book = withSite({
    'rules/MG-LOW.yaml': 'thresholds:\n  critical: { below: { mmol/L: 0.45, mg/dL: 1.1, mEq/L: 0.9 } }\n',
  })
  expect(book.rules.get('MG-LOW')?.thresholds.critical?.source).toBe('default')
})

describe('a wrong overlay is refused with file, line and reason', () => {
  const RULE = 'rules/MG-LOW.yaml'
  test.each<[string, Readonly<Record<string, string>>, RegExp, number, RegExp]>([
    [
      'an unknown rule',
      { 'rules/MG-LOWER.yaml': 'enabled: false\n' },
      /MG-LOWER/u,
      1,
      /no file of this name/u,
    ],
    ['no YAML', { [RULE]: 'thresholds:\n  critical: { below: {\n' }, /MG-LOW/u, 0, /./u],
    ['an unknown key', { [RULE]: '\nnothing: 1\n' }, /MG-LOW/u, 2, /nothing/u],
    [
      'an unknown threshold',
      { [RULE]: 'thresholds:\n  criticle: { below: { mmol/L: 0.4 } }\n' },
      /MG-LOW/u,
      2,
      /criticle/u,
    ],
    [
      'one unit of three',
      { [RULE]: 'thresholds:\n  critical: { below: { mmol/L: 0.45 } }\n' },
      /MG-LOW/u,
      2,
      /all of its units/u,
    ],
    [
      'a unit that does not fit',
      { [RULE]: 'thresholds:\n  critical: { below: { mmol/L: 0.45, mg/dL: 1.1, mEq/L: 0.9, kg: 1 } }\n' },
      /MG-LOW/u,
      2,
      /kg/u,
    ],
    [
      'another direction',
      { [RULE]: 'thresholds:\n  critical: { above: { mmol/L: 0.45, mg/dL: 1.1, mEq/L: 0.9 } }\n' },
      /MG-LOW/u,
      2,
      /below/u,
    ],
    [
      'a text for a number',
      { [RULE]: 'thresholds:\n  critical: { below: { mmol/L: low, mg/dL: 1.1, mEq/L: 0.9 } }\n' },
      /MG-LOW/u,
      2,
      /number/u,
    ],
    ['a key twice', { [RULE]: 'enabled: false\nenabled: true\n' }, /MG-LOW/u, 2, /./u],
    [
      'a placeholder that nobody fills',
      { [RULE]: 'sentences:\n  summary: "Mg {valu}"\n' },
      /MG-LOW/u,
      2,
      /valu/u,
    ],
    ['a list in place of a rule', { [RULE]: '- 1\n' }, /MG-LOW/u, 1, /./u],
    ['no name', { 'site.yaml': 'about: x\n' }, /site\.yaml/u, 1, /name/u],
  ])('%s', (_name, files, file, line, reason) => {
    let problems: readonly { file: string; line: number; reason: string }[] = []
    try {
      withSite(files)
    } catch (error) {
      if (!(error instanceof KnowledgeError)) throw error
      problems = error.problems
    }
    const told = problems.map((one) => `${one.file}:${one.line}: ${one.reason}`)
    const fits = problems.some(
      (one) => file.test(one.file) && (line === 0 || one.line === line) && reason.test(one.reason),
    )
    expect({ told, fits }).toEqual({ told, fits: true })
  })
})
