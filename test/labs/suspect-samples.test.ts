import { saysHaemolysed } from '../../src/labs/haemolysis.ts'
import type { RawResult } from '../../src/record/record.ts'
import { knowledge } from '../loaded-knowledge.ts'
import {
  ago,
  coded,
  condition,
  dayAgo,
  ICD10CM,
  LOINC,
  quantity,
  range,
  result,
  SNOMED,
  type Story,
  stagesOf,
  type Test,
  when,
} from '../readings/small-record.ts'

const facts = (results: readonly RawResult[], story: Story = {}) => stagesOf({ ...story, results }).facts

describe('dilution by a drip', () => {
  const BEFORE = ago(20)
  const AFTER = ago(5)
  const sample = (at: string, values: Partial<Record<Test, number>>) =>
    Object.entries(values).map(([test, value]) => result(test as Test, value, { at }))
  const before = { albumin: 40, Ca: 2.4, Mg: 0.9, K: 4.5, Cl: 100, Na: 140, glucose: 5 }
  const fallen = { albumin: 32, Ca: 1.92, Mg: 0.72, K: 3.6, Cl: 108, Na: 140, glucose: 5 }
  const isDiluted = (later: Partial<Record<Test, number>>, earlier: Partial<Record<Test, number>> = before) =>
    facts([...sample(BEFORE, earlier), ...sample(AFTER, later)]).dilution.length > 0

  test('three of four fall by 20 % and chloride moves by 8', () => {
    expect(isDiluted(fallen)).toBe(true)
    expect(isDiluted({ ...fallen, K: 4.5 })).toBe(true)
    expect(isDiluted({ ...fallen, K: 4.5, Mg: 0.9 })).toBe(false)
  })

  test('20 % exactly is a fall, on the printed digits', () => {
    const three = { albumin: 32, Ca: 1.92, Mg: 0.72, Cl: 108 }
    expect(isDiluted(three)).toBe(true)
    expect(isDiluted({ ...three, Mg: 0.73 })).toBe(false)
    expect(isDiluted({ ...three, Ca: 1.93 })).toBe(false)
    expect(isDiluted({ ...three, albumin: 33 })).toBe(false)
  })

  test.each<[Partial<Record<Test, number>>, boolean]>([
    [{ Cl: 107.9 }, false],
    [{ Cl: 108 }, true],
    [{ Cl: 92 }, true],
    [{ Cl: 100, Na: 148 }, true],
    [{ Cl: 100, Na: 132 }, true],
    [{ Cl: 100, Na: 132.1 }, false],
    [{ Cl: 100, glucose: 15 }, true],
    [{ Cl: 100, glucose: 14.9 }, false],
    [{ Cl: 100, glucose: 0.1 }, false],
  ])('the fluid shows itself by %j: %s', (moved, expected) => {
    expect(isDiluted({ ...fallen, ...moved })).toBe(expected)
  })

  test('ionised calcium stands in where no total was measured', () => {
    const earlier = { albumin: 40, iCa: 1.25, Mg: 0.9, Cl: 100 }
    expect(isDiluted({ albumin: 32, iCa: 1.0, Mg: 0.72, Cl: 108 }, earlier)).toBe(true)
    expect(isDiluted({ albumin: 32, iCa: 1.01, Mg: 0.72, Cl: 108 }, earlier)).toBe(false)
  })

  test('within 48 hours', () => {
    const apart = (hours: number) =>
      facts([...sample(ago(5 + hours), before), ...sample(AFTER, fallen)]).dilution.length > 0
    expect(apart(48)).toBe(true)
    expect(apart(48.1)).toBe(false)
  })

  test('against one and the same earlier sample: the newest that holds three of the four', () => {
    const between = sample(ago(10), { K: 4.5, Mg: 0.9 })
    expect(facts([...sample(BEFORE, before), ...between, ...sample(AFTER, fallen)]).dilution).toHaveLength(1)
    const newer = sample(ago(10), { albumin: 33, Ca: 1.95, Mg: 0.74, K: 3.7, Cl: 108 })
    expect(facts([...sample(BEFORE, before), ...newer, ...sample(AFTER, fallen)]).dilution).toEqual([])
  })

  test('the later sample is the suspect one', () => {
    const [suspect] = facts([...sample(BEFORE, before), ...sample(AFTER, fallen)]).dilution
    expect(suspect?.sample.anchor.at.text).toBe(AFTER)
  })

  test('a bound never falls', () => {
    const results = [...sample(BEFORE, before), ...sample(AFTER, { albumin: 32, Ca: 1.92, Cl: 108 })]
    expect(facts([...results, result('Mg', 0.3, { at: AFTER, comparator: '<' })]).dilution).toEqual([])
  })

  test('its creatinine and eGFR are not used for the kidneys', () => {
    const story = [
      ...sample(BEFORE, before),
      result('creatinine', 200, { at: BEFORE }),
      ...sample(AFTER, fallen),
      result('creatinine', 60, { at: AFTER }),
    ]
    expect(stagesOf({ results: story }).kidney.estimate?.reading.at.text).toBe(BEFORE)
  })
})

describe('EDTA in the tube', () => {
  const AT = ago(5)
  const pattern = (over: Partial<Record<Test, number>> = {}, more: readonly RawResult[] = []) => {
    const values: Partial<Record<Test, number>> = { K: 6.5, Ca: 1.5, Mg: 0.4, ...over }
    return [
      ...Object.entries(values).map(([test, value]) => result(test as Test, value, { at: AT })),
      ...more,
    ]
  }
  const isEdta = (results: readonly RawResult[], story: Story = {}) => facts(results, story).edta.length > 0

  test('potassium 6.0 or more, calcium and magnesium below their ranges', () => {
    expect(isEdta(pattern())).toBe(true)
    expect(isEdta(pattern({ K: 6.0 }))).toBe(true)
    expect(isEdta(pattern({ K: 5.9 }))).toBe(false)
    expect(isEdta(pattern({ Ca: 2.09, Mg: 0.69 }))).toBe(true)
    expect(isEdta(pattern({ Ca: 2.1 }))).toBe(false)
    expect(isEdta(pattern({ Mg: 0.7 }))).toBe(false)
  })

  test('in one sample', () => {
    const apart = [
      result('K', 6.5, { at: ago(6) }),
      result('Ca', 1.5, { at: AT }),
      result('Mg', 0.4, { at: AT }),
    ]
    expect(isEdta(apart)).toBe(false)
  })

  test('the adjusted calcium may be the low one', () => {
    // total 2.15 is in range (2.10), adjusted 2.15 - 0.06 = 2.09 is below 2.20
    expect(isEdta(pattern({ Ca: 2.15, albumin: 43 }))).toBe(true)
    expect(isEdta(pattern({ Ca: 2.25, albumin: 40 }))).toBe(false)
  })

  test('a creatinine up to its limit, or up to 1.25 times the one before', () => {
    expect(isEdta(pattern({ creatinine: 110 }))).toBe(true)
    expect(isEdta(pattern({ creatinine: 111 }))).toBe(false)
    const earlier = (value: number) => [result('creatinine', value, { at: dayAgo(100) })]
    expect(isEdta(pattern({ creatinine: 125 }, earlier(100)))).toBe(true)
    expect(isEdta(pattern({ creatinine: 126 }, earlier(100)))).toBe(false)
    expect(isEdta(pattern({ creatinine: 110 }, earlier(80)))).toBe(true)
  })

  test('without a creatinine limit, as in children: up to 1.25 times the one before, or none before', () => {
    const child = { birth: '2018-05-01' }
    const earlier = (value: number) => [result('creatinine', value, { at: dayAgo(100) })]
    expect(isEdta(pattern({ creatinine: 60 }), child)).toBe(true)
    expect(isEdta(pattern({ creatinine: 50 }, earlier(40)), child)).toBe(true)
    expect(isEdta(pattern({ creatinine: 51 }, earlier(40)), child)).toBe(false)
  })

  test('on dialysis, below eGFR 15 and in unstable kidneys ALP must be low too', () => {
    const dialysis = { conditions: [condition(coded([ICD10CM, 'Z99.2']))] }
    expect(isEdta(pattern(), dialysis)).toBe(false)
    expect(isEdta(pattern({ ALP: 30 }), dialysis)).toBe(false)
    expect(isEdta(pattern({ ALP: 29 }), dialysis)).toBe(true)
    const aki = { conditions: [condition(coded([ICD10CM, 'N17.9']), { onset: when(dayAgo(2)) })] }
    expect(isEdta(pattern(), aki)).toBe(false)
    expect(isEdta(pattern({ ALP: 20 }), aki)).toBe(true)
    expect(isEdta(pattern({}, [result('eGFR', 14.9, { at: dayAgo(3) })]))).toBe(false)
    expect(isEdta(pattern({}, [result('eGFR', 15, { at: dayAgo(3) })]))).toBe(true)
  })

  test('its Ca, Mg and K are not asked for zones or hard limits: they stay the newest', () => {
    const { doubts, magnesium } = facts(pattern({ Ca: 0.7, Mg: 0.05, K: 14 }))
    expect(doubts).toEqual([])
    expect(magnesium?.reading.reported.text).toBe('0.05 mmol/L')
  })

  test('they are no companions of others', () => {
    const { isClean, readings } = facts(pattern())
    expect(readings.all.filter(isClean)).toEqual([])
  })
})

describe('where artefacts are looked for', () => {
  test('only in samples that hold the newest Mg, Ca or P', () => {
    const edta = (at: string) => [
      result('K', 7, { at }),
      result('Ca', 1.5, { at }),
      result('Mg', 0.4, { at }),
    ]
    const newer = [result('Ca', 2.4, { at: ago(2) }), result('Mg', 0.85, { at: ago(2) })]
    expect(facts([...edta(ago(20)), ...newer]).edta).toEqual([])
    expect(facts([...edta(ago(20)), ...newer.slice(1)]).edta).toHaveLength(1)
  })

  test('only inside the judging window', () => {
    const edta = (days: number) =>
      facts([
        result('K', 7, { at: dayAgo(days) }),
        result('Ca', 1.5, { at: dayAgo(days) }),
        result('Mg', 0.4, { at: dayAgo(days) }),
      ]).edta.length
    expect(edta(90)).toBe(1)
    expect(edta(91)).toBe(0)
  })
})

describe('words of haemolysis', () => {
  const says = (text: string) => saysHaemolysed(text, knowledge)

  test.each([
    'Haemolysed',
    'HEMOLYZED SPECIMEN',
    'slight haemolysis',
    'Sample grossly hemolysed; interpret K with care',
    'hemolysis +++',
    'not lipaemic, haemolysed',
  ])('"%s" says so', (text) => {
    expect(says(text)).toBe(true)
  })

  test.each([
    'not haemolysed',
    'Not hemolysed',
    'no haemolysis',
    'No hemolysis seen',
    'non-haemolysed',
    'haemolysis index 0',
    'haemolysis: nil',
    'haemolytic anaemia',
    'lipaemic',
    '',
  ])('"%s" does not', (text) => {
    expect(says(text)).toBe(false)
  })
})

describe('a haemolysed sample', () => {
  const AT = ago(5)
  const sample = (values: Partial<Record<Test, number>>, over: object = {}) =>
    Object.entries(values).map(([test, value]) => result(test as Test, value, { at: AT, ...over }))
  const suspect = (results: readonly RawResult[]) => facts(results).haemolysis.length > 0
  const note = { notes: ['haemolysed'] }

  test('is one in which Mg, P or K is above its range', () => {
    expect(suspect(sample({ Mg: 1.11 }, note))).toBe(true)
    expect(suspect(sample({ Mg: 1.1 }, note))).toBe(false)
    expect(suspect(sample({ Mg: 0.9, P: 1.51 }, note))).toBe(true)
    expect(suspect(sample({ Mg: 0.9, P: 1.5, K: 5.3 }, note))).toBe(false)
    expect(suspect(sample({ Mg: 0.9, K: 5.4 }, note))).toBe(true)
  })

  test('or Mg is below 1.1 times its lower limit', () => {
    expect(suspect(sample({ Mg: 0.76 }, note))).toBe(true)
    expect(suspect(sample({ Mg: 0.77 }, note))).toBe(false)
    expect(suspect([result('Mg', 0.87, { at: AT, ...note, ranges: [range(0.8, 1.1)] })])).toBe(true)
    expect(suspect([result('Mg', 0.88, { at: AT, ...note, ranges: [range(0.8, 1.1)] })])).toBe(false)
  })

  test.each<[string, object]>([
    ['a note on any result of it', note],
    ['an interpretation', { interpretation: ['HEMOLYZED'] }],
    ['the condition of its specimen', { specimenCondition: ['HEM'] }],
  ])('is marked by %s', (_, over) => {
    expect(
      suspect([...sample({ Mg: 1.3 }, { ranges: [range(0.7, 1.1)] }), ...sample({ K: 5.0 }, over)]),
    ).toBe(true)
    expect(suspect(sample({ Mg: 1.3, K: 5.0 }, { ranges: [range(0.7, 1.1)] }))).toBe(false)
  })

  test('which conditions of a specimen mark it is said in the rule book', () => {
    const record = { results: sample({ Mg: 1.3 }, { specimenCondition: ['HEMO'] }) }
    const haemolysed = { ...knowledge.concepts.haemolysed, specimenCondition: ['HEM', 'hemo'] }
    const site = { ...knowledge, concepts: { ...knowledge.concepts, haemolysed } }
    expect(stagesOf(record).facts.haemolysis).toHaveLength(0)
    expect(stagesOf(record, undefined, site).facts.haemolysis).toHaveLength(1)
  })

  const mark = (code: string, value: RawResult['value'], over: object = {}) =>
    result('Mg', value, { id: 'mark', at: AT, code: coded([LOINC, code]), ...over })
  const high = result('K', 6.0, { at: AT })
  const mg = result('Mg', 0.9, { at: AT })

  test('is marked by "sample hemolyzed", positive and of the same sample', () => {
    const positive = { kind: 'coded' as const, value: coded([SNOMED, '10828004']) }
    const negative = { kind: 'coded' as const, value: coded([SNOMED, '260385009']) }
    expect(suspect([mg, high, mark('20393-5', positive)])).toBe(true)
    expect(suspect([mg, high, mark('20393-5', negative)])).toBe(false)
    expect(suspect([mg, high, mark('20393-5', { kind: 'boolean', value: true })])).toBe(true)
    expect(suspect([mg, high, mark('20393-5', { kind: 'boolean', value: false })])).toBe(false)
    expect(suspect([mg, high, mark('20393-5', positive, { at: ago(8) })])).toBe(false)
    expect(suspect([mg, high, mark('20393-5', positive, { status: 'entered-in-error' })])).toBe(false)
  })

  test('is marked by an index with a high flag or above its own range, not by a bare number', () => {
    const index = (value: number, over: object = {}) => mark('46424-8', quantity(value, ''), over)
    expect(suspect([mg, high, index(3)])).toBe(false)
    expect(suspect([mg, high, index(3, { interpretation: ['H'] })])).toBe(true)
    expect(suspect([mg, high, index(3, { interpretation: ['N'] })])).toBe(false)
    expect(suspect([mg, high, index(3, { ranges: [range(0, 2)] })])).toBe(true)
    expect(suspect([mg, high, index(2, { ranges: [range(0, 2)] })])).toBe(false)
  })

  test('a note of another sample says nothing', () => {
    expect(suspect([mg, high, result('Na', 140, { at: ago(8), ...note })])).toBe(false)
  })
})
