import { NOT_JUDGED_REASONS } from '../../src/advisories/assessment.ts'
import type { RawResult } from '../../src/record/record.ts'
import { ago, assessed, dayAgo, daysAgo, result, type Said, type Story } from '../readings/small-record.ts'
import { cards, finding, verdict } from './told.ts'

const KIDNEYS = result('eGFR', 90, { at: daysAgo(1) })
const story = (results: readonly RawResult[], over: Story = {}): Story => ({
  results: [KIDNEYS, ...results],
  ...over,
})
const mg = (value: number | string, over: Said = {}) => result('Mg', value, { id: 'mg', ...over })
const listed = (told: Story) =>
  assessed(told).notJudged.map(
    ({ observation, analyte, reason }) => `${observation ?? analyte ?? 'patient'} ${reason}`,
  )

describe('a result with a bound', () => {
  test('"<0.70" at a limit of 0.70 is low, and leaves the critical level open', () => {
    const told = story([mg(0.7, { comparator: '<' })])
    expect(cards(told)).toEqual(['MG-LOW info'])
    expect(listed(told)).toEqual(['Observation/mg undecided-comparator'])
  })

  test('"<0.80" at a limit of 0.70 proves nothing', () => {
    const told = story([mg(0.8, { comparator: '<' })])
    expect(cards(told)).toEqual([])
    expect(verdict(told, 'MG-LOW')).toBe('not-judged')
    expect(listed(told)).toEqual(['Observation/mg undecided-comparator'])
  })

  test.each<[string, '<' | '<=', number, string]>([
    ['"<0.50" is critical', '<', 0.5, 'critical'],
    ['"<=0.49" is critical', '<=', 0.49, 'critical'],
    ['"<=0.50" is not decided', '<=', 0.5, 'info'],
    ['"<0.30" is critical', '<', 0.3, 'critical'],
  ])('%s', (_, comparator, value, indicator) => {
    expect(finding(story([mg(value, { comparator })]), 'MG-LOW')?.indicator).toBe(indicator)
  })

  test('a level that is decided lists nothing', () => {
    expect(listed(story([mg(0.3, { comparator: '<' })]))).toEqual([])
    expect(listed(story([mg(2.5, { comparator: '>' })]))).toEqual([])
  })

  test('">1.10" is high, and leaves the critical level open', () => {
    const told = story([mg(1.1, { comparator: '>' })])
    expect(cards(told)).toEqual(['MG-HIGH info'])
    expect(listed(told)).toEqual(['Observation/mg undecided-comparator'])
  })

  test('a text says the same as a number', () => {
    expect(cards(story([mg('<0,3 mmol/L')]))).toEqual(['MG-LOW critical'])
    expect(cards(story([mg('<0.3 mmol/L')]))).toEqual(cards(story([mg(0.3, { comparator: '<' })])))
  })
})

describe('what is not complete', () => {
  test('is one entry for the patient', () => {
    const told = story([mg(0.85)], { incomplete: ['Condition', 'MedicationRequest', 'Observation'] })
    expect(listed(told)).toEqual(['patient incomplete-data'])
  })

  test('never raises or lowers a level', () => {
    for (const incomplete of [['Condition'], ['MedicationRequest'], ['Observation'], ['Procedure']]) {
      expect(cards(story([mg(0.6)], { incomplete }))).toEqual(['MG-LOW info'])
      expect(cards(story([mg(0.45)], { incomplete }))).toEqual(['MG-LOW critical'])
    }
  })

  test('a rule that concludes from absence in such a list is not judged', () => {
    const wasting = (incomplete: readonly string[]) =>
      verdict(story([mg(0.6), result('FEMg', 6, { at: daysAgo(1) })], { incomplete }), 'MG-LOW-RENAL-WASTING')
    expect(wasting([])).toBe('fired')
    expect(wasting(['MedicationRequest'])).toBe('not-judged')
    expect(wasting(['Condition'])).toBe('fired')
    const repeated = (incomplete: readonly string[]) =>
      verdict(
        story([mg(0.6), result('Mg', 0.6, { id: 'mg-old', at: dayAgo(120) })], { incomplete }),
        'MG-LOW-RENAL-WASTING',
      )
    expect(repeated([])).toBe('fired')
    expect(repeated(['Condition'])).toBe('not-judged')
    const recheck = (incomplete: readonly string[]) =>
      verdict(story([mg(0.85)], { incomplete }), 'MG-RECHECK')
    expect(recheck([])).toBe('silent')
    expect(recheck(['Condition'])).toBe('not-judged')
    expect(recheck(['MedicationAdministration'])).toBe('not-judged')
    expect(recheck(['Procedure'])).toBe('silent')
  })
})

describe('the list', () => {
  test('names each result and reason once', () => {
    const told = story([
      mg(0.9, { id: 'a', status: 'cancelled' }),
      mg(0.9, { id: 'b', unit: '' }),
      mg(0.9, { id: 'c', at: null }),
      result('Ca', 2.3, { id: 'd', status: 'registered' }),
      result('P', 'see comment', { id: 'e' }),
    ])
    expect(listed(told)).toEqual([
      'Observation/a cancelled',
      'Observation/b no-unit',
      'Observation/c no-date',
      'Observation/d not-final',
      'Observation/e no-value',
    ])
  })

  test('is sorted by content, and what is about the patient comes last', () => {
    const told = {
      results: [mg(0.9, { id: 'z', status: 'cancelled' }), mg(0.9, { id: 'a', status: 'cancelled' })],
    }
    expect(listed(told)).toEqual([
      'Observation/a cancelled',
      'Observation/z cancelled',
      'patient no-kidney-function',
    ])
  })

  test('uses the reasons of the contract only', () => {
    const told = {
      results: [
        mg(1.8),
        mg(16, { id: 'x' }),
        mg(0.9, { id: 'y', at: ago(-5) }),
        mg(0.9, { id: 'z', at: dayAgo(200) }),
      ],
      birth: null,
      incomplete: ['Condition'],
    }
    for (const { reason } of assessed(told).notJudged) expect(NOT_JUDGED_REASONS).toContain(reason)
  })

  test('silence is not "normal": nothing measured gives no card and says what is missing', () => {
    const nothing = assessed({})
    expect(nothing.advisories).toEqual([])
    expect(nothing.notJudged.map(({ reason }) => reason)).toEqual(['no-kidney-function'])
    expect(nothing.verdicts.map(({ verdict: of }) => of)).toEqual(Array(18).fill('no-data'))
  })
})
