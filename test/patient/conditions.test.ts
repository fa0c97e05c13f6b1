import fc from 'fast-check'
import { conditionsOf, hitsOf } from '../../src/patient/conditions.ts'
import type { RawCondition } from '../../src/record/record.ts'
import { knowledge } from '../loaded-knowledge.ts'
import {
  clockOf,
  coded,
  condition,
  dayAgo,
  daysAgo,
  ICD10,
  ICD10CM,
  named,
  recordOf,
  SNOMED,
  type Story,
  when,
} from '../readings/small-record.ts'

const TODAY = clockOf().today

function counts(set: string, raw: RawCondition, story: Story = {}): boolean {
  return conditionsOf(recordOf({ conditions: [raw], ...story }), knowledge).counts(set, TODAY)
}

const cm = (code: string, over: Partial<RawCondition> = {}) => condition(coded([ICD10CM, code]), over)
const who = (code: string, over: Partial<RawCondition> = {}) => condition(coded([ICD10, code]), over)
const snomed = (code: string, over: Partial<RawCondition> = {}) => condition(coded([SNOMED, code]), over)

const setsOf = (system: string, code: string, text = '') =>
  hitsOf({ ...coded([system, code]), text }, knowledge)
    .map(({ set }) => set.id)
    .sort()

describe('ICD-10 codes match by prefix', () => {
  test.each<[string, string]>([
    ['arrhythmia', 'I48'],
    ['arrhythmia', 'I48.0'],
    ['arrhythmia', 'I48.91'],
    ['arrhythmia', 'I46.9'],
    ['arrhythmia', 'I49.3'],
    ['arrhythmia', 'I44.1'],
    ['seizure', 'G40.909'],
    ['seizure', 'R56.9'],
    ['tetany', 'R29.0'],
    ['diarrhoea', 'A09'],
    ['diarrhoea', 'A04.72'],
    ['diarrhoea', 'K58.0'],
    ['malabsorption', 'K50.90'],
    ['malabsorption', 'K91.2'],
    ['alcohol', 'F10.20'],
    ['alcohol', 'F10.239'],
    ['diabetes', 'E11.9'],
    ['diabetes', 'E08.01'],
    ['refeeding-risk', 'F50.01'],
    ['malignancy', 'C50.911'],
    ['hyperparathyroidism', 'E21.3'],
    ['osteomalacia', 'E83.31'],
    ['paraprotein', 'C90.00'],
    ['paraprotein', 'D47.2'],
    ['nephrotic', 'N04.9'],
    ['osteoporosis', 'M81.0'],
    ['hepatic-insufficiency', 'K74.60'],
  ])('%s holds %s', (set, code) => {
    expect(setsOf(ICD10CM, code)).toContain(set)
  })

  test.each<[string, string]>([
    ['arrhythmia', 'I44.0'],
    ['arrhythmia', 'I45.10'],
    ['arrhythmia', 'R00.2'],
    ['arrhythmia', 'I47.11'],
    ['arrhythmia', 'Z95.0'],
    ['arrhythmia', 'Z86.79'],
    ['seizure', 'R56.1'],
    ['seizure', 'F44.5'],
    ['seizure', 'R55'],
    ['seizure', 'O15.00'],
    ['tetany', 'A33'],
    ['tetany', 'A35'],
    ['tetany', 'R25.2'],
    ['diarrhoea', 'K59.00'],
    ['diarrhoea', 'K58.1'],
    ['diarrhoea', 'K58.9'],
    ['malabsorption', 'E73.9'],
    ['malabsorption', 'K52.9'],
    ['alcohol', 'F10.11'],
    ['alcohol', 'F10.21'],
    ['alcohol', 'K70.30'],
    ['alcohol', 'Z72.1'],
    ['diabetes', 'O24.410'],
    ['diabetes', 'R73.03'],
    ['diabetes', 'E23.2'],
    ['diabetes', 'N25.1'],
    ['refeeding-risk', 'R63.0'],
    ['refeeding-risk', 'F50.2'],
    ['refeeding-risk', 'F50.014'],
    ['refeeding-risk', 'E44.0'],
    ['malignancy', 'C44.91'],
    ['malignancy', 'D05.10'],
    ['malignancy', 'Z85.3'],
    ['hyperparathyroidism', 'E20.9'],
    ['hyperparathyroidism', 'E21.4'],
    ['osteomalacia', 'E55.9'],
    ['osteomalacia', 'E64.3'],
    ['paraprotein', 'D89.0'],
    ['nephrotic', 'N03.9'],
    ['nephrotic', 'R80.9'],
    ['pregnancy', 'O00.1'],
    ['pregnancy', 'O03.9'],
    ['pregnancy', 'O80'],
    ['pregnancy', 'Z39.2'],
    ['pregnancy', 'Z32.01'],
    ['pregnancy', 'N97.9'],
    ['delivered', 'Z38.00'],
    ['aki', 'N99.0'],
    ['kidney-transplant', 'Z52.4'],
    ['osteoporosis', 'Z13.820'],
    ['fragility-fracture', 'M84.30'],
    ['long-qt', 'I45.89'],
  ])('%s does not hold its false friend %s', (set, code) => {
    expect(setsOf(ICD10CM, code)).not.toContain(set)
  })

  test('dots and small letters make no difference', () => {
    const prefixes = [...knowledge.conditionIndex.icd10.keys()]
    fc.assert(
      fc.property(fc.constantFrom(...prefixes), fc.constantFrom('', '0', '1', '9', '11'), (prefix, more) => {
        const plain = prefix + more
        const dotted = plain.length > 3 ? `${plain.slice(0, 3)}.${plain.slice(3)}` : plain
        expect(setsOf(ICD10CM, dotted)).toEqual(setsOf(ICD10CM, plain))
        expect(setsOf(ICD10CM, dotted.toLowerCase())).toEqual(setsOf(ICD10CM, plain))
      }),
    )
  })

  test('a prefix is not a beginning of another category', () => {
    expect(setsOf(ICD10CM, 'I4')).toEqual([])
    expect(setsOf(ICD10CM, 'I480')).toContain('arrhythmia')
    expect(setsOf(ICD10CM, 'XI48')).toEqual([])
  })
})

describe('CM and WHO', () => {
  test('a row that says CM does not match a WHO code, and the other way round', () => {
    expect(setsOf(ICD10CM, 'I45.81')).toContain('long-qt')
    expect(setsOf(ICD10, 'I45.81')).not.toContain('long-qt')
    expect(setsOf(ICD10, 'N25.8')).toContain('hyperparathyroidism')
    expect(setsOf(ICD10CM, 'N25.89')).not.toContain('hyperparathyroidism')
    expect(setsOf(ICD10CM, 'N25.81')).toContain('hyperparathyroidism')
  })

  test('a row that says neither matches both', () => {
    expect(setsOf(ICD10, 'I48.9')).toContain('arrhythmia')
    expect(setsOf('urn:oid:2.16.840.1.113883.6.90', 'I48.9')).toContain('arrhythmia')
    expect(setsOf('urn:oid:2.16.840.1.113883.6.3', 'I48.9')).toContain('arrhythmia')
  })

  test('an ICD code under a system that we do not know matches nothing', () => {
    expect(setsOf('urn:oid:1.2.3', 'I48.9')).toEqual([])
    expect(setsOf('', 'I48.9')).toEqual([])
  })

  test('stage 3 of chronic kidney disease: 3a, 3b and unspecified are told apart', () => {
    expect(setsOf(ICD10CM, 'N18.30')).toEqual(expect.arrayContaining(['ckd-3', 'ckd']))
    expect(setsOf(ICD10CM, 'N18.31')).toContain('ckd-3a')
    expect(setsOf(ICD10CM, 'N18.31')).not.toContain('ckd-3')
    expect(setsOf(ICD10CM, 'N18.32')).toContain('ckd-3b')
    expect(setsOf(ICD10CM, 'N18.32')).not.toContain('ckd-3')
    expect(setsOf(ICD10CM, 'N18.9')).toEqual(['ckd'])
  })
})

describe('SNOMED CT codes', () => {
  test.each<[string, string]>([
    ['arrhythmia', '49436004'],
    ['long-qt', '9651007'],
    ['malabsorption', '34000006'],
    ['refeeding-risk', '56882008'],
    ['dialysis', '105502003'],
    ['tubulopathy', '707756004'],
  ])('%s holds %s', (set, code) => {
    expect(setsOf(SNOMED, code)).toContain(set)
  })

  test.each<[string, string]>([
    ['dialysis', '161693006'],
    ['dialysis', '236561002'],
    ['dialysis', '236436003'],
    ['malabsorption', '127117004'],
    ['hyperparathyroidism', '36976004'],
    ['pregnancy', '169563005'],
  ])('%s does not hold its false friend %s', (set, code) => {
    expect(setsOf(SNOMED, code)).not.toContain(set)
  })

  test('a code from memory is kept for review and never matched', () => {
    expect(setsOf(SNOMED, '31722008')).toEqual([])
    expect(setsOf(SNOMED, '2089002')).toEqual([])
  })

  test('a false friend beside a listed code takes the set away', () => {
    const both = coded([SNOMED, '46177005'], [SNOMED, '236436003'])
    const sets = hitsOf(both, knowledge).map(({ set }) => set.id)
    expect(sets).not.toContain('ckd-5')
    expect(sets).toContain('kidney-transplant')
  })

  test('an abnormal ECG is a long QT only where its text says QT', () => {
    expect(setsOf(ICD10CM, 'R94.31', 'Abnormal ECG')).not.toContain('long-qt')
    expect(setsOf(ICD10CM, 'R94.31', 'Prolonged QT interval on ECG')).toContain('long-qt')
  })
})

describe('whether a condition counts', () => {
  test.each(['active', 'recurrence', 'relapse', ''])('clinical status "%s" counts', (clinicalStatus) => {
    expect(counts('arrhythmia', cm('I48.0', { clinicalStatus }))).toBe(true)
  })

  test.each(['inactive', 'remission', 'resolved'])('clinical status "%s" does not', (clinicalStatus) => {
    expect(counts('arrhythmia', cm('I48.0', { clinicalStatus }))).toBe(false)
  })

  test.each<[string, boolean]>([
    ['confirmed', true],
    ['', true],
    ['unconfirmed', false],
    ['provisional', false],
    ['differential', false],
    ['refuted', false],
    ['entered-in-error', false],
  ])('verification status "%s": %s', (verificationStatus, expected) => {
    expect(counts('arrhythmia', cm('I48.0', { verificationStatus }))).toBe(expected)
  })

  test('an unconfirmed condition is named, a refuted one is not', () => {
    const unconfirmed = conditionsOf(
      recordOf({ conditions: [cm('I48.0', { verificationStatus: 'provisional' })] }),
      knowledge,
    )
    expect(unconfirmed.named).toEqual([expect.stringContaining('unconfirmed')])
    const refuted = conditionsOf(
      recordOf({ conditions: [cm('I48.0', { verificationStatus: 'refuted' })] }),
      knowledge,
    )
    expect(refuted.named).toEqual([])
    expect(refuted.ever('arrhythmia')).toEqual([])
  })

  test.each<[readonly string[], boolean]>([
    [['problem-list-item'], true],
    [['encounter-diagnosis'], true],
    [[], true],
    [['health-concern'], false],
    [['health-concern', 'problem-list-item'], true],
  ])('category %j: %s', (categories, expected) => {
    expect(counts('arrhythmia', cm('I48.0', { categories, recorded: when(dayAgo(10)) }))).toBe(expected)
  })

  test('an abatement in the past ends it, one ahead does not', () => {
    expect(counts('arrhythmia', cm('I48.0', { abatement: when(dayAgo(1)), abated: true }))).toBe(false)
    expect(counts('arrhythmia', cm('I48.0', { abatement: when('2026-11-21'), abated: true }))).toBe(true)
    expect(counts('arrhythmia', cm('I48.0', { abated: true }))).toBe(false)
  })

  test('a status that counts as history counts whatever the clinical status says', () => {
    expect(counts('malabsorption', cm('Z98.84', { clinicalStatus: 'resolved' }))).toBe(true)
    expect(counts('malabsorption', cm('Z93.2', { clinicalStatus: 'inactive' }))).toBe(true)
    expect(counts('malabsorption', cm('K50.90', { clinicalStatus: 'resolved' }))).toBe(false)
  })

  test('text without a code never counts; it is named "problem not coded"', () => {
    const conditions = conditionsOf(
      recordOf({ conditions: [condition(named('Atrial fibrillation')), condition(named('Bunion'))] }),
      knowledge,
    )
    expect(conditions.counts('arrhythmia', TODAY)).toBe(false)
    expect(conditions.named).toEqual([expect.stringContaining('problem not coded')])
  })
})

describe('recency', () => {
  const since = (days: number) => ({ onset: when(dayAgo(days)) })

  test.each<[string, string, number]>([
    ['tetany', 'R29.0', 30],
    ['diarrhoea', 'A09', 30],
    ['refeeding-risk', 'E43', 30],
    ['alcohol', 'F10.129', 30],
    ['alcohol', 'F10.929', 30],
    ['seizure', 'R56.9', 365],
    ['arrhythmia', 'I46.9', 365],
    ['acute-illness', 'A41.9', 14],
    ['aki', 'N17.9', 7],
  ])('%s by %s counts %d days', (set, code, days) => {
    expect(counts(set, cm(code, since(days - 1)))).toBe(true)
    expect(counts(set, cm(code, since(days)))).toBe(true)
    expect(counts(set, cm(code, since(days + 1)))).toBe(false)
  })

  test.each<[string, string]>([
    ['arrhythmia', 'I48.0'],
    ['seizure', 'G40.909'],
    ['alcohol', 'F10.20'],
    ['refeeding-risk', 'F50.01'],
    ['diabetes', 'E11.9'],
  ])('%s by %s has no recency', (set, code) => {
    expect(counts(set, cm(code, since(3650)))).toBe(true)
    expect(counts(set, cm(code))).toBe(true)
  })

  test('without onset and recorded date a code with a recency does not count', () => {
    expect(counts('tetany', cm('R29.0'))).toBe(false)
  })

  test('the recorded date stands in for a missing onset', () => {
    expect(counts('tetany', cm('R29.0', { recorded: when(dayAgo(30)) }))).toBe(true)
    expect(counts('tetany', cm('R29.0', { recorded: when(dayAgo(31)) }))).toBe(false)
    expect(counts('tetany', cm('R29.0', { onset: when(dayAgo(31)), recorded: when(dayAgo(2)) }))).toBe(false)
  })

  test('a month counts where all of it lies inside', () => {
    expect(counts('seizure', cm('R56.9', { onset: when('2025-12') }))).toBe(true)
    expect(counts('seizure', cm('R56.9', { onset: when('2025-11') }))).toBe(false)
  })

  test('an encounter diagnosis without a status counts for 12 months', () => {
    const visit = (days: number, clinicalStatus = '') =>
      cm('I48.0', { categories: ['encounter-diagnosis'], clinicalStatus, recorded: when(dayAgo(days)) })
    expect(counts('arrhythmia', visit(365))).toBe(true)
    expect(counts('arrhythmia', visit(366))).toBe(false)
    expect(counts('arrhythmia', visit(366, 'active'))).toBe(true)
    expect(
      counts('arrhythmia', cm('I48.0', { categories: [], clinicalStatus: '', recorded: when(dayAgo(366)) })),
    ).toBe(true)
  })

  test('an encounter diagnosis without a status and date counts for chronic rows only', () => {
    const visit = { categories: ['encounter-diagnosis'], clinicalStatus: '' }
    expect(counts('arrhythmia', cm('I48.0', visit))).toBe(true)
    expect(counts('tetany', cm('R29.0', visit))).toBe(false)
  })

  test('of two codes the one that counts longer decides', () => {
    const both = (days: number) =>
      condition(coded([ICD10CM, 'F10.129'], [SNOMED, '66590003']), { onset: when(dayAgo(days)) })
    expect(counts('alcohol', both(400))).toBe(true)
  })

  test('what begins later does not count yet', () => {
    expect(counts('arrhythmia', cm('I48.0', { onset: when('2026-11-21') }))).toBe(false)
  })

  test('a fracture counts from the age of 50 at the fracture, for 24 months', () => {
    const fracture = (days: number) => cm('S72.001A', since(days))
    expect(counts('fragility-fracture', fracture(730))).toBe(true)
    expect(counts('fragility-fracture', fracture(731))).toBe(false)
    expect(counts('fragility-fracture', fracture(10), { birth: '1976-11-10' })).toBe(true)
    expect(counts('fragility-fracture', fracture(10), { birth: '1976-11-11' })).toBe(false)
    expect(counts('fragility-fracture', fracture(10), { birth: null })).toBe(false)
  })
})

describe('the order of conditions', () => {
  test('never decides what counts or what is named', () => {
    const pool = [
      cm('I48.0'),
      cm('R29.0', { onset: when(dayAgo(5)) }),
      cm('I48.0', { verificationStatus: 'refuted' }),
      cm('G40.909', { verificationStatus: 'provisional' }),
      who('I48.9', { clinicalStatus: 'resolved' }),
      snomed('56882008'),
      condition(named('Crohn disease')),
      cm('N17.9', { onset: when(daysAgo(3)) }),
    ]
    const answer = (conditions: readonly RawCondition[]) => {
      const known = conditionsOf(recordOf({ conditions }), knowledge)
      return [[...knowledge.conditions.keys()].filter((set) => known.counts(set, TODAY)).sort(), known.named]
    }
    fc.assert(
      fc.property(fc.shuffledSubarray(pool, { minLength: pool.length }), (shuffled) => {
        expect(answer(shuffled)).toEqual(answer(pool))
      }),
    )
  })
})
