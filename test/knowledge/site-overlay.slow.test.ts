/** A site's overlay: what it changes, and what it leaves alone. */
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
import { removeSiteFolders, siteFolder, withSite } from './site-folder.ts'

afterAll(removeSiteFolders)

const published = loadPublished({ folder: knowledgeFolder })

const records = fixtures.map(({ name, bundle }) => {
  const tags = (bundle as { meta?: { tag?: { system?: string; code?: string }[] } }).meta?.tag ?? []
  const now = tags.find(({ system }) => system === NOW)?.code ?? '2026-11-20T12:00:00Z'
  return { name, now: new Date(now), record: recordFromBundle(bundle, 'UTC', []) }
})
const assessedBy = (knowledge: Knowledge) =>
  records.map(({ name, now, record }) => ({ name, assessment: assess(record, knowledge, now) }))

/** What each rule says of one patient: its verdict and its finding; who leads a card or merges is told by others. */
const saidByRules = ({ advisories, verdicts }: Assessment): ReadonlyMap<string, string> => {
  const found = new Map(advisories.flatMap(({ findings }) => findings).map((one) => [one.rule, one]))
  return new Map(
    verdicts.map(({ rule, verdict, because }) => {
      const isFound = verdict === 'merged' || verdict === 'fired'
      return [rule, JSON.stringify([isFound ? 'found' : `${verdict} ${because}`, found.get(rule)])]
    }),
  )
}

/** What no rule says: none of it may follow a threshold. */
const factsOf = ({ patient, kidney, results, derived, notJudged, unlisted, incomplete }: Assessment) =>
  JSON.stringify({ patient, kidney, results, derived, notJudged, unlisted, incomplete })

/** The cards on which a rule has no part, whole, but for the version; by who is on them. */
const cardsWithout = (rule: string, { advisories, knowledgeVersion }: Assessment) =>
  new Map(
    advisories
      .filter((card) => card.rule !== rule && !card.merged.includes(rule))
      .map((card) => [
        [card.rule, ...card.merged].join(', '),
        JSON.stringify(card).replaceAll(knowledgeVersion, 'the version'),
      ]),
  )

const before = assessedBy(published).map(({ assessment }) => assessment)

/** What else a fixture patient is told after the change of a threshold, and why. All of it, and nothing that is not. */
const ALSO_TOLD: Readonly<Record<string, readonly string[]>> = {
  // an adjusted calcium that cannot be relied on is CA-UNCERTAIN's, not CA-LOW's or CA-HIGH's (rules.md 1.4)
  'CA-UNCERTAIN.albuminLow': ['CA-LOW', 'CA-HIGH'],
  // a spoilt sample replaces what rests on it (rules.md 4.2 step 2); else these stand
  'DQ-EDTA.potassium': ['MG-LOW', 'CA-UNCERTAIN', 'REFEEDING'],
  // a doubtful unit is a warning where the value would be critical as printed
  'MG-HIGH.critical': ['DQ-UNIT'],
}

/** The sentences that print a threshold, by the placeholder it fills. */
const PRINTED_IN: Readonly<Record<string, readonly (readonly [sentence: string, placeholder: string])[]>> = {
  'CA-HIGH.criticalAdjusted': [['critical', 'limit']],
  'CA-HIGH.emergency': [['emergency', 'limit']],
  'CA-LOW.criticalAdjusted': [['critical', 'limit']],
  'CA-LOW.criticalIonised': [['critical', 'limit']],
  'MG-HIGH.critical': [['critical', 'limit']],
  'MG-LOW.critical': [
    ['critical', 'limit'],
    ['notCritical', 'limit'],
  ],
  'MG-LOW.lowPotassium': [['lowPotassium', 'limit']],
  'MG-OBSTETRIC.usualLow': [['usual', 'usualLow']],
  'MG-OBSTETRIC.warning': [
    ['usual', 'warning'],
    ['aboveWarning', 'warning'],
  ],
  'MG-OBSTETRIC.critical': [['aboveCritical', 'critical']],
  'P-HIGH.warning': [['aboveWarning', 'limit']],
  'P-HIGH.dialysisWarning': [['aboveDialysisWarning', 'limit']],
  'P-LOW.critical': [['critical', 'limit']],
  'P-LOW.warning': [
    ['warning', 'limit'],
    ['mild', 'limit'],
  ],
  'VITD-HIGH.high': [['high', 'limit']],
  'VITD-HIGH.toxic': [
    ['toxicWithCalcium', 'limit'],
    ['toxic', 'limit'],
  ],
  'VITD-LOW.low': [['low', 'limit']],
}

/** Limits that are printed in the same sentence, each for its own kind of calcium. */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  'CA-HIGH.criticalAdjusted': ['criticalIonised', 'criticalTotal'],
  'CA-LOW.criticalAdjusted': ['criticalIonised', 'criticalTotal'],
  'CA-LOW.criticalIonised': ['criticalAdjusted', 'criticalTotal'],
}

/** Who tells a patient something else than before, the changed rule and its own cards left out. */
function otherwiseTold(rule: string, was: Assessment | undefined, is: Assessment): string[] {
  if (was === undefined) throw new Error('not assessed before')
  const wasSaid = saidByRules(was)
  const rules = [...saidByRules(is)]
    .filter(([id, said]) => id !== rule && said !== wasSaid.get(id))
    .map(([id]) => id)
  const wasOn = cardsWithout(rule, was)
  const cards = [...cardsWithout(rule, is)]
    .filter(([who, card]) => wasOn.has(who) && wasOn.get(who) !== card && !rules.includes(who))
    .map(([who]) => `the card of ${who}`)
  return [...rules, ...cards, ...(factsOf(is) === factsOf(was) ? [] : ['what no rule says'])]
}

/** What the cards of a rule print for a threshold: "the new number", or whatever else fills its placeholder. */
function printed(
  rule: string,
  threshold: string,
  { advisories }: Assessment,
  { rules }: Knowledge,
): string[] {
  const cards = advisories.filter((card) => card.rule === rule || card.merged.includes(rule))
  const isOf = (text: string, other: string) => {
    // "0.50 mmol/L": padded to the decimals of its unit, never cut
    const [number = '', ...unit] = text.split(' ')
    return rules.get(rule)?.thresholds[other]?.values[unit.join(' ')] === Number(number)
  }
  return (PRINTED_IN[`${rule}.${threshold}`] ?? [])
    .flatMap(([sentence, placeholder]) => {
      const text = rules.get(rule)?.sentences[sentence]?.text
      if (text === undefined) throw new Error(`${rule} has no sentence ${sentence}`)
      return cards.flatMap(({ detail }) => numbersIn(detail, text, placeholder))
    })
    .filter(
      (text) =>
        isOf(text, threshold) || !(SHARED[`${rule}.${threshold}`] ?? []).some((other) => isOf(text, other)),
    )
    .map((text) => (isOf(text, threshold) ? 'the new number' : text))
}

/** Every quantity that fills a placeholder of a sentence in a card's text. */
function numbersIn(detail: string, sentence: string, placeholder: string): string[] {
  const pattern = sentence
    .split(/(\{\w+\})/u)
    .map((part) => {
      if (part === `{${placeholder}}`) return '(\\d[\\d.]* \\S+?)'
      return part.startsWith('{') ? '.+?' : part.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')
    })
    .join('')
  return [...detail.matchAll(new RegExp(pattern, 'gu'))].map(([, quantity]) => quantity ?? '')
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
    '%s %s: another version, the new number where it is printed, and nothing else but what is named',
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
      const told = new Set<string>()
      const numbers: string[] = []
      for (const knowledge of changed) {
        expect(knowledge.version).not.toBe(published.version)
        expect(knowledge.version.startsWith(`${published.version}.north-`)).toBe(true)
        expect(new Set(knowledgeDiff(published, knowledge).map(({ place }) => place))).toEqual(
          new Set([`rule ${rule}`]),
        )
        for (const [index, { assessment }] of assessedBy(knowledge).entries()) {
          for (const other of otherwiseTold(rule, before[index], assessment)) told.add(other)
          numbers.push(...printed(rule, threshold, assessment, knowledge))
        }
      }
      expect([...told].sort()).toEqual([...(ALSO_TOLD[`${rule}.${threshold}`] ?? [])].sort())
      const isPrinted = PRINTED_IN[`${rule}.${threshold}`] !== undefined
      expect(new Set(numbers)).toEqual(new Set(isPrinted ? ['the new number'] : []))
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
    const overlay = siteFolder({
      'rules/MG-LOW.yaml': 'thresholds:\n  critical: { below: { mmol/L: 0.30, mg/dL: 0.7, mEq/L: 0.6 } }\n',
    })
    const book = loadPublished({ folder: knowledgeFolder, overlay })
    expect(() => workedCases(book, { folder: knowledgeFolder, overlay })).not.toThrow()
  })
})

test('a rule that a site switches off says so, and its worked cases do not stop the start', () => {
  const overlay = siteFolder({ 'rules/VITD-LOW.yaml': 'enabled: false\n' })
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
