import type { RawResult } from '../../src/record/record.ts'
import {
  ATC,
  ago,
  coded,
  condition,
  dayAgo,
  daysAgo,
  ICD10CM,
  medication,
  range,
  result,
  SNOMED,
  type Story,
  type Test,
  when,
} from '../readings/small-record.ts'
import { cards, finding, reasons, verdict } from './told.ts'

const AT = ago(5)
const KIDNEYS = result('eGFR', 90, { at: daysAgo(1) })
const sample = (values: Partial<Record<Test, number>>, at = AT, over: object = {}) =>
  Object.entries(values).map(([test, value]) => result(test as Test, value, { at, ...over }))
const story = (results: readonly RawResult[], over: Story = {}): Story => ({
  results: [KIDNEYS, ...results],
  ...over,
})

describe('1. a doubtful result is judged by no rule', () => {
  test('it makes DQ-UNIT, and the next older valid result is judged', () => {
    const doubtful = story([result('Mg', 1.8, { at: ago(3) }), result('Mg', 0.62, { at: ago(50) })])
    expect(cards(doubtful)).toEqual(['MG-LOW info', 'DQ-UNIT info'])
    expect(reasons(doubtful)).toEqual(['unit-doubtful'])
  })

  test('one that is older than the judged one is only listed', () => {
    const older = story([result('Mg', 1.8, { at: ago(50) }), result('Mg', 0.62, { at: ago(3) })])
    expect(cards(older)).toEqual(['MG-LOW info'])
    expect(reasons(older)).toEqual(['unit-doubtful'])
  })

  test('outside the hard limits it is listed as implausible', () => {
    expect(reasons(story([result('Mg', 16)]))).toEqual(['implausible-value'])
    expect(cards(story([result('Mg', 16)]))).toEqual(['DQ-UNIT info'])
  })

  test('it is a warning if the printed value, or another reading of it, would be critical', () => {
    expect(cards(story([result('Mg', 1.99)]))).toEqual(['DQ-UNIT info'])
    expect(cards(story([result('Mg', 2.0)]))).toEqual(['DQ-UNIT warning'])
  })
})

describe('2. DQ-EDTA', () => {
  const edta = sample({ K: 7, Ca: 1.5, Mg: 0.4 })

  test('replaces low Mg and low Ca of its sample', () => {
    const told = story(edta)
    expect(cards(told)).toEqual(['DQ-EDTA warning'])
    expect(verdict(told, 'MG-LOW')).toBe('replaced by DQ-EDTA')
    expect(verdict(told, 'CA-LOW')).toBe('replaced by DQ-EDTA')
  })

  test('what is replaced never falls back to an older result', () => {
    expect(cards(story([...edta, result('Mg', 0.45, { at: daysAgo(3) })]))).toEqual(['DQ-EDTA warning'])
  })

  test('leaves phosphate alone', () => {
    expect(cards(story([...edta, result('P', 0.7, { at: AT })]))).toEqual(['DQ-EDTA warning', 'P-LOW info'])
  })

  test('leaves a calcium of another sample alone', () => {
    expect(cards(story([...edta, result('Ca', 2.0, { at: ago(3) })]))).toEqual([
      'DQ-EDTA warning',
      'CA-LOW info',
    ])
  })

  test('replaces DQ-HAEMOLYSIS of the same sample', () => {
    const both = story(sample({ K: 7, Ca: 1.5, Mg: 0.4 }, AT, { notes: ['haemolysed'] }))
    expect(cards(both)).toEqual(['DQ-EDTA warning'])
    expect(verdict(both, 'DQ-HAEMOLYSIS')).toBe('replaced by DQ-EDTA')
  })

  test('replaces a renal-loss pattern that rests on its magnesium', () => {
    const wasting = story([...edta, result('FEMg', 6, { at: daysAgo(1) })])
    expect(verdict(wasting, 'MG-LOW-RENAL-WASTING')).toBe('replaced by DQ-EDTA')
  })
})

describe('3. DQ-DILUTION', () => {
  const before = sample({ albumin: 40, Ca: 2.4, Mg: 0.9, K: 4.5, Cl: 100 }, ago(20))
  const after = { albumin: 28, Ca: 1.7, Mg: 0.6, K: 3.2, Cl: 110 }

  test('replaces what is low in its sample', () => {
    const told = story([...before, ...sample({ ...after, P: 0.6 })])
    expect(cards(told)).toEqual(['DQ-DILUTION info'])
    expect(verdict(told, 'MG-LOW')).toBe('replaced by DQ-DILUTION')
    expect(verdict(told, 'P-LOW')).toBe('replaced by DQ-DILUTION')
  })

  test('is a warning if it replaces a critical', () => {
    expect(cards(story([...before, ...sample({ ...after, Mg: 0.5 })]))).toEqual(['DQ-DILUTION info'])
    expect(cards(story([...before, ...sample({ ...after, Mg: 0.49 })]))).toEqual(['DQ-DILUTION warning'])
    expect(cards(story([...before, ...sample({ ...after, P: 0.31 })]))).toEqual(['DQ-DILUTION warning'])
  })

  test('leaves what is high alone', () => {
    expect(cards(story([...before, ...sample({ ...after, P: 1.6 })]))).toEqual([
      'DQ-DILUTION info',
      'P-HIGH info',
    ])
  })
})

describe('4. DQ-HAEMOLYSIS', () => {
  const haemolysed = (test: Test, value: number, over: object = {}) =>
    story([
      result(test, value, {
        at: AT,
        notes: ['haemolysed'],
        ranges: [test === 'Mg' ? range(0.7, 1.1) : range(0.8, 1.5)],
        ...over,
      }),
    ])

  test.each<[Test, number, number]>([
    ['Mg', 1.4, 1.41],
    ['P', 2.0, 2.01],
  ])(
    '%s: replaces up to the limit plus what haemolysis adds, holds back above it',
    (test_, within, above) => {
      const rule = test_ === 'Mg' ? 'MG-HIGH' : 'P-HIGH'
      expect(verdict(haemolysed(test_, within), rule)).toBe('replaced by DQ-HAEMOLYSIS')
      expect(verdict(haemolysed(test_, above), rule)).toBe('fired')
      expect(finding(haemolysed(test_, above), rule)?.heldBackBy).toBe('DQ-HAEMOLYSIS')
    },
  )

  test('in mg/dL by the figure of mg/dL', () => {
    const inMg = (value: number) => haemolysed('Mg', value, { unit: 'mg/dL', ranges: [range(1.7, 2.7)] })
    expect(verdict(inMg(3.4), 'MG-HIGH')).toBe('replaced by DQ-HAEMOLYSIS')
    expect(finding(inMg(3.5), 'MG-HIGH')?.heldBackBy).toBe('DQ-HAEMOLYSIS')
  })

  test('what is held back is at most a warning', () => {
    expect(finding(haemolysed('Mg', 2.2), 'MG-HIGH')).toMatchObject({
      indicator: 'warning',
      cappedFrom: 'critical',
      heldBackBy: 'DQ-HAEMOLYSIS',
    })
  })

  test('low findings keep their level', () => {
    expect(cards(haemolysed('Mg', 0.45))).toEqual(['MG-LOW critical + DQ-HAEMOLYSIS'])
    expect(finding(haemolysed('Mg', 0.45), 'MG-LOW')?.heldBackBy).toBeNull()
  })
})

describe('5. MG-OBSTETRIC', () => {
  const pregnant: Story = {
    sex: 'female',
    birth: '1994-05-01',
    conditions: [condition(coded([SNOMED, '77386006']), { onset: when(dayAgo(200)) })],
    medications: [
      medication(coded([ATC, 'B05XA05']), {
        kind: 'administration',
        intent: '',
        status: 'in-progress',
        start: when(ago(12)),
      }),
    ],
  }
  const told = (results: readonly RawResult[]): Story => ({ ...pregnant, results })

  test.each<[number, string[]]>([
    [1.0, []],
    [1.01, ['MG-OBSTETRIC info']],
    [3.5, ['MG-OBSTETRIC info']],
    [3.51, ['MG-OBSTETRIC warning']],
    [4.99, ['MG-OBSTETRIC warning']],
    [5.0, ['MG-OBSTETRIC critical']],
  ])('Mg %d on the drip: %j', (value, expected) => {
    expect(cards(told(sample({ Mg: value })))).toEqual(expected)
  })

  test('replaces MG-HIGH, and a calcium that falls on the infusion', () => {
    const low = told(sample({ Mg: 2.5, Ca: 2.0 }))
    expect(cards(low)).toEqual(['MG-OBSTETRIC info'])
    expect(verdict(low, 'MG-HIGH')).toBe('replaced by MG-OBSTETRIC')
    expect(verdict(low, 'CA-LOW')).toBe('replaced by MG-OBSTETRIC')
  })

  test('a critical calcium stands alone beside it', () => {
    expect(cards(told(sample({ Mg: 2.5, iCa: 0.89 })))).toEqual(['CA-LOW critical', 'MG-OBSTETRIC info'])
    expect(cards(told(sample({ Mg: 2.5, iCa: 0.9 })))).toEqual(['MG-OBSTETRIC info'])
  })

  test('pregnancy without an infusion does not soften a high magnesium', () => {
    const without = { ...told(sample({ Mg: 2.5 }, AT, { ranges: [range(0.7, 1.1)] })), medications: [] }
    expect(cards(without)).toEqual(['MG-HIGH critical'])
  })

  test('a low magnesium on the drip is MG-LOW', () => {
    expect(cards(told(sample({ Mg: 0.59 })))).toEqual(['MG-LOW info'])
  })
})

describe('6. MG-RECHECK', () => {
  const infusion = (ended: number): Story => ({
    medications: [
      medication(coded([ATC, 'B05XA05']), {
        kind: 'administration',
        intent: '',
        status: 'completed',
        start: when(ago(ended + 5 + 4)),
        end: when(ago(ended + 5)),
      }),
    ],
  })

  test('drawn less than 6 hours after the end', () => {
    expect(cards(story(sample({ Mg: 0.9 }), infusion(5.9)))).toEqual(['MG-RECHECK info'])
    expect(cards(story(sample({ Mg: 0.9 }), infusion(6)))).toEqual([])
  })

  test('replaces MG-HIGH unless that is critical', () => {
    const high = story(sample({ Mg: 1.99 }), infusion(2))
    expect(cards(high)).toEqual(['MG-RECHECK info'])
    expect(verdict(high, 'MG-HIGH')).toBe('replaced by MG-RECHECK')
    expect(cards(story(sample({ Mg: 2.0 }), infusion(2)))).toEqual(['MG-HIGH critical + MG-RECHECK'])
  })

  test('a magnesium that is low after an infusion is MG-LOW', () => {
    expect(cards(story(sample({ Mg: 0.65 }), infusion(2)))).toEqual(['MG-LOW info'])
  })
})

describe('7. MG-LOW-RENAL-WASTING', () => {
  const femg = (percent: number) => result('FEMg', percent, { at: daysAgo(1) })

  test('replaces MG-LOW', () => {
    const wasting = story([...sample({ Mg: 0.6 }), femg(4.1)])
    expect(cards(wasting)).toEqual(['MG-LOW-RENAL-WASTING warning'])
    expect(verdict(wasting, 'MG-LOW')).toBe('replaced by MG-LOW-RENAL-WASTING')
    expect(cards(story([...sample({ Mg: 0.6 }), femg(4)]))).toEqual(['MG-LOW info'])
  })

  test('unless that is critical: then MG-LOW is kept and leads', () => {
    expect(cards(story([...sample({ Mg: 0.49 }), femg(4.1)]))).toEqual([
      'MG-LOW critical + MG-LOW-RENAL-WASTING',
    ])
    expect(cards(story([...sample({ Mg: 0.5 }), femg(4.1)]))).toEqual(['MG-LOW-RENAL-WASTING warning'])
  })

  test('a critical that is capped to a warning is still kept and still leads', () => {
    expect(cards(story([...sample({ Mg: 0.49 }, AT, { status: 'preliminary' }), femg(4.1)]))).toEqual([
      'MG-LOW warning + MG-LOW-RENAL-WASTING',
    ])
  })

  test('a drug that lowers magnesium silences it', () => {
    const ppi = { medications: [medication(coded([ATC, 'A02BC01']))] }
    expect(cards(story([...sample({ Mg: 0.6 }), femg(6)], ppi))).toEqual(['MG-LOW info'])
  })

  test('severely reduced kidneys silence an FEMg', () => {
    expect(
      cards({ results: [...sample({ Mg: 0.6 }), femg(6), result('eGFR', 20, { at: daysAgo(1) })] }),
    ).toEqual(['MG-LOW info'])
  })
})

describe('grading asks only for what is kept', () => {
  test('a low magnesium of an EDTA sample raises no calcium of another sample', () => {
    const results = [...sample({ K: 7, Ca: 1.5, Mg: 0.4 }), result('Ca', 2.0, { at: ago(3) })]
    expect(finding(story(results), 'CA-LOW')?.indicator).toBe('info')
  })

  test('a kept one does, within 7 days', () => {
    const apart = (days: number) =>
      story([result('Mg', 0.65, { at: ago(days * 24 + 5) }), result('Ca', 2.0, { at: AT })])
    expect(finding(apart(0), 'CA-LOW')?.indicator).toBe('warning')
    expect(finding(apart(7), 'CA-LOW')?.indicator).toBe('warning')
    expect(finding(apart(7.1), 'CA-LOW')?.indicator).toBe('info')
    expect(finding(apart(7), 'MG-LOW')?.indicator).toBe('warning')
    expect(finding(apart(7.1), 'MG-LOW')?.indicator).toBe('info')
  })

  test('a condition on file raises both', () => {
    const seizures = { conditions: [condition(coded([ICD10CM, 'G40.909']))] }
    expect(finding(story(sample({ Mg: 0.65 }), seizures), 'MG-LOW')?.indicator).toBe('warning')
    expect(finding(story(sample({ Ca: 2.0 }), seizures), 'CA-LOW')?.indicator).toBe('warning')
  })
})
