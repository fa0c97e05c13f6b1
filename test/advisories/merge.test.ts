import fc from 'fast-check'
import type { RawResult } from '../../src/record/record.ts'
import {
  ATC,
  ago,
  assessed,
  coded,
  condition,
  daysAgo,
  ICD10CM,
  medication,
  range,
  result,
  type Story,
  type Test,
  when,
} from '../readings/small-record.ts'
import { cards, cardsOf } from './told.ts'

const KIDNEYS = result('eGFR', 90, { at: daysAgo(1) })
const AT = ago(5)
const story = (results: readonly RawResult[], over: Story = {}): Story => ({
  results: [KIDNEYS, ...results],
  ...over,
})
const one = (test: Test, value: number, days = 0, over: object = {}) =>
  result(test, value, { id: `${test}-${value}-${days}`, at: ago(5 + days * 24), ...over })

describe('8. REFEEDING', () => {
  const fed = { medications: [medication(coded([ATC, 'B05BA10']), { start: when(ago(40)) })] }
  const falling = [one('P', 1.0, 2), one('P', 0.7), one('Mg', 0.8, 2), one('Mg', 0.65)]

  test('merges low phosphate and low magnesium and always leads', () => {
    expect(cards(story(falling, fed))).toEqual(['REFEEDING critical + MG-LOW, P-LOW'])
  })

  test('takes the highest level among them', () => {
    // a fall of 12.5 % alone is info; a magnesium with a seizure on file is a warning
    const seizure = { ...fed, conditions: [condition(coded([ICD10CM, 'G40.909']))] }
    const mild = [one('P', 1.0, 2), one('P', 0.9), one('Mg', 0.78, 2), one('Mg', 0.68)]
    expect(cards(story(mild, fed))).toEqual(['REFEEDING info + MG-LOW'])
    expect(cards(story(mild, seizure))).toEqual(['REFEEDING warning + MG-LOW'])
  })

  test.each<[number, string[]]>([
    [0.71, ['REFEEDING info + P-LOW']], // 10.1 % of 0.79
    [0.72, ['P-LOW info']], // 8.9 %
    [0.64, ['REFEEDING info + P-LOW']], // 19.0 %
    [0.63, ['REFEEDING warning + P-LOW']], // 20.3 %
    [0.56, ['REFEEDING warning + P-LOW']], // 29.1 %
    [0.55, ['REFEEDING critical + P-LOW']], // 30.4 %
  ])('phosphate from 0.79 to %d: %j', (value, expected) => {
    const told = cards(story([one('P', 0.79, 2), one('P', value)], fed))
    // P-LOW is itself a warning below 0.65
    expect(told).toEqual(value === 0.64 ? ['REFEEDING warning + P-LOW'] : expected)
  })

  test('leads also where another finding is more urgent', () => {
    const lead = story([one('P', 0.79, 2), one('P', 0.7), one('iCa', 0.85)], fed)
    expect(cards(lead)).toEqual(['REFEEDING critical + CA-LOW, P-LOW'])
  })
})

describe('9. the mineral card', () => {
  test('findings up to 7 days from the leader share one card', () => {
    const apart = (days: number) => cards(story([one('Mg', 0.45), one('P', 0.7, days)]))
    expect(apart(0)).toEqual(['MG-LOW critical + P-LOW'])
    expect(apart(7)).toEqual(['MG-LOW critical + P-LOW'])
    expect(apart(7.01)).toEqual(['MG-LOW critical', 'P-LOW info'])
  })

  test('the highest level leads, then the order of the rules', () => {
    expect(cards(story([one('Mg', 0.6), one('P', 0.3)]))).toEqual(['P-LOW critical + MG-LOW'])
    expect(cards(story([one('Mg', 0.6), one('P', 0.7)]))).toEqual(['MG-LOW info + P-LOW'])
    expect(cards(story([one('P', 0.3), one('Mg', 0.45)]))).toEqual(['MG-LOW critical + P-LOW'])
    expect(cards(story([one('iCa', 1.4), one('P', 0.6)]))).toEqual(['CA-HIGH warning + P-LOW'])
  })

  test('what is too far from the leader forms the next card in the same way', () => {
    expect(cards(story([one('Mg', 0.45), one('P', 0.7, 10), one('iCa', 1.1, 12)]))).toEqual([
      'MG-LOW critical',
      'CA-LOW info + P-LOW',
    ])
  })

  test('a 25(OH)D joins any leader, however old it is', () => {
    expect(cards(story([one('Mg', 0.6), one('D', 20, 200)]))).toEqual(['MG-LOW info + VITD-LOW'])
    expect(cards(story([one('iCa', 1.4), one('D', 260, 200)]))).toEqual(['CA-HIGH warning + VITD-HIGH'])
  })

  test('as leader it takes others only within 7 days', () => {
    expect(cards(story([one('D', 260, 1), one('Mg', 0.6)]))).toEqual(['VITD-HIGH warning + MG-LOW'])
    expect(cards(story([one('D', 260, 8), one('Mg', 0.6)]))).toEqual(['VITD-HIGH warning', 'MG-LOW info'])
  })

  test('a 25(OH)D that is critical by a high calcium takes it at any distance', () => {
    expect(cards(story([one('D', 400, 60), one('iCa', 1.4)]))).toEqual(['VITD-HIGH critical + CA-HIGH'])
  })
})

describe('10. what stands alone', () => {
  test('all doubtful units are one card', () => {
    expect(cards(story([one('Mg', 1.8), one('P', 3.0), one('Mg', 0.6, 3)]))).toEqual([
      'MG-LOW info',
      'DQ-UNIT info',
    ])
  })

  test('DQ-HAEMOLYSIS joins the card that holds a finding of its sample, else it is alone', () => {
    const note = { notes: ['haemolysed'], ranges: [] }
    expect(cards(story([one('Mg', 0.65, 0, note)]))).toEqual(['MG-LOW info + DQ-HAEMOLYSIS'])
    expect(cards(story([one('Mg', 0.75, 0, note)]))).toEqual(['DQ-HAEMOLYSIS info'])
    expect(cards(story([one('Mg', 0.75, 0, note), one('P', 0.7, 2)]))).toEqual([
      'P-LOW info',
      'DQ-HAEMOLYSIS info',
    ])
  })
})

describe('the order of cards', () => {
  test('by urgency first', () => {
    expect(cards(story([one('Mg', 0.6), one('P', 0.3, 10)]))).toEqual(['P-LOW critical', 'MG-LOW info'])
  })

  test('then DQ-EDTA, mineral, DQ-UNIT, DQ-HAEMOLYSIS', () => {
    const edta = ['K', 'Ca', 'Mg'].map((test, index) => one(test as Test, [7, 1.5, 0.4][index] ?? 0))
    expect(cards(story([...edta, one('P', 0.6)]))).toEqual(['DQ-EDTA warning', 'P-LOW warning'])
    expect(cards(story([one('P', 0.6), one('Mg', 2.0)]))).toEqual(['P-LOW warning', 'DQ-UNIT warning'])
  })

  test('then the newer one', () => {
    expect(cards(story([one('Mg', 0.6, 20), one('P', 0.7, 1)]))).toEqual(['P-LOW info', 'MG-LOW info'])
    expect(cards(story([one('Mg', 0.6, 1), one('P', 0.7, 20)]))).toEqual(['MG-LOW info', 'P-LOW info'])
  })

  test('every rule has exactly one verdict, and every card leads one', () => {
    const { verdicts, advisories } = assessed(story([one('Mg', 0.45), one('P', 0.7, 10), one('Mg', 1.8)]))
    expect(new Set(verdicts.map(({ rule }) => rule)).size).toBe(verdicts.length)
    expect(verdicts).toHaveLength(18)
    for (const { rule, merged } of advisories) {
      expect(verdicts.find((verdict) => verdict.rule === rule)?.verdict).toBe('fired')
      for (const other of merged)
        expect(verdicts.find((verdict) => verdict.rule === other)?.verdict).toBe('merged')
    }
  })
})

describe('the order in which things arrive', () => {
  test('never changes an advisory, a result or the not-judged list', () => {
    const pool: RawResult[] = [
      one('Mg', 0.45),
      one('Mg', 0.6, 3),
      one('Mg', 1.8, 1),
      one('P', 0.7, 2),
      one('P', 0.6, 9),
      one('Ca', 2.0),
      one('albumin', 28),
      one('K', 3.2),
      one('D', 20, 100),
      one('creatinine', 150, 1),
      one('Ca', 2.3, 2, { status: 'cancelled' }),
      one('Mg', 0.9, 4, { unit: '' }),
      one('P', 1.9, 0, { ranges: [range(0.8, 1.5)], notes: ['haemolysed'] }),
    ]
    const medications = ['A02BC01', 'C01AA05', 'A12CC10', 'C03CA01'].map((code) =>
      medication(coded([ATC, code])),
    )
    const conditions = ['G40.909', 'K50.90', 'N18.31'].map((code) => condition(coded([ICD10CM, code])))
    const answer = (over: Story) => {
      const { results, notJudged, advisories, kidney, verdicts } = assessed(over)
      return {
        kidney,
        notJudged,
        verdicts,
        cards: cardsOf({ advisories }),
        fingerprints: advisories.map(({ fingerprint }) => fingerprint),
        results: results
          .map(({ observation, judged, reading }) => `${observation} ${judged} ${reading}`)
          .sort(),
      }
    }
    const all = { results: pool, medications, conditions }
    const expected = answer(all)
    const shuffled = <T>(list: T[]) => fc.shuffledSubarray(list, { minLength: list.length })
    fc.assert(
      fc.property(shuffled(pool), shuffled(medications), shuffled(conditions), (results, drugs, problems) => {
        expect(answer({ results, medications: drugs, conditions: problems })).toEqual(expected)
      }),
    )
  })
})

test('the same record twice gives the same answer', () => {
  const told = story([one('Mg', 0.45), one('Ca', 2.0), one('Mg', 1.8, -0.1)])
  expect(JSON.stringify(assessed(told))).toBe(JSON.stringify(assessed(told)))
  expect(AT).toBe(ago(5))
})
