/** From a written case to a patient record: what each key becomes. */

import { assess } from '../../src/assess.ts'
import { concreteCases } from '../../src/casebook/concrete.ts'
import { readRuleCases } from '../../src/casebook/read.ts'
import { recordOf } from '../../src/casebook/record.ts'
import { runCases } from '../../src/casebook/run.ts'
import { drugsOf } from '../../src/drugs/drugs.ts'
import { clockAt } from '../../src/readings/clock.ts'
import type { PatientRecord } from '../../src/record/record.ts'
import { dayOf } from '../../src/record/time.ts'
import { knowledge } from '../loaded-knowledge.ts'

const now = new Date('2026-11-20T09:30:00Z')

const fileOf = (facts: string, rule = 'MG-LOW') =>
  readRuleCases(`rules/${rule}.cases.yaml`, `about: a test\ncases:\n  - { name: a, ${facts} }\n`)

function recordsOf(facts: string, rule = 'MG-LOW'): readonly PatientRecord[] {
  const { base, cases } = fileOf(facts, rule)
  return cases
    .flatMap((one) => concreteCases(rule, base, one, knowledge))
    .map((one) => recordOf(one, knowledge, now))
}

function recordOfOne(facts: string): PatientRecord {
  const [record] = recordsOf(`${facts}, expect: info`)
  if (!record) throw new Error('no record')
  return record
}

test('a result has a listed code, its unit, its time and, if asked for, the adult range as its own', () => {
  const { results } = recordOfOne(
    'range: own, magnesium: { value: <0.70 mmol/L, ago: 3 d, status: preliminary }',
  )
  expect(results[0]).toMatchObject({
    status: 'preliminary',
    effective: { text: '2026-11-17T09:30:00.000Z' },
    value: { kind: 'quantity', value: 0.7, comparator: '<', unit: { text: 'mmol/L' } },
    ranges: [{ low: { value: 0.7 }, high: { value: 1.1 } }],
  })
  expect(knowledge.codes.get(results[0]?.code.codings[0]?.code ?? '')?.analyte.id).toBe('magnesium')
})

test('a range that is not kept in the unit of the result comes in the canonical one', () => {
  const [calcium] = recordOfOne('range: own, calcium: 3.4 mEq/L').results
  expect(calcium?.ranges[0]?.low).toMatchObject({ value: 2.1, unit: { text: 'mmol/L' } })
})

test.each(['>=60', '45-59', '30-44', '15-29', '<15', 'dialysis', 'unstable', 'unknown'])(
  'the kidney band %s is what the core finds',
  (band) => {
    const record = recordOfOne(`kidney: "${band}", magnesium: 0.61 mmol/L`)
    expect(assess(record, knowledge, now).kidney.band).toBe(band)
  },
)

test('a child has an estimate by a method for children', () => {
  const { kidney } = assess(recordOfOne('age: 8, kidney: 30-44, magnesium: 0.61 mmol/L'), knowledge, now)
  expect(kidney).toMatchObject({ band: '30-44', method: 'bedside Schwartz' })
})

test.each([...knowledge.drugs.groups.keys()])('the drug group %s becomes an active drug of it', (group) => {
  const record = recordOfOne(`drugs: [${group}], magnesium: 0.61 mmol/L`)
  const drugs = drugsOf(record, knowledge, clockAt(now.getTime(), dayOf(now.getTime(), record.zone)))
  expect(drugs.active(group)).toHaveLength(1)
})

test('a drug with start and end is over, as an order or as given', () => {
  const facts = (as: string) => `drugs: [{ group: lowers-mg, start: 40 h, end: 10 h, as: ${as} }]`
  expect(recordOfOne(facts('given')).medications[0]).toMatchObject({
    kind: 'administration',
    status: 'completed',
    start: { text: '2026-11-18T17:30:00.000Z' },
    end: { text: '2026-11-19T23:30:00.000Z' },
  })
  expect(recordOfOne(facts('order')).medications[0]).toMatchObject({ kind: 'request', status: 'stopped' })
})

test('pregnancy and delivery are what the core takes for them', () => {
  const pregnant = assess(recordOfOne('sex: female, age: 30, pregnant: true'), knowledge, now)
  expect(pregnant.patient.pregnant).toBe(true)
  const record = recordOfOne('sex: female, age: 30, delivered: 20 h, magnesium: 0.65 mmol/L')
  expect(assess(record, knowledge, now).kidney.band).toBe('not-applicable')
})

test('the birthday is the day of the newest result, and one step of an age is a day', () => {
  const births = recordsOf(
    'age: limit, threshold: youngAge, magnesium: 0.61 mmol/L, below: silent, on: silent, above: silent',
    'MG-LOW-RENAL-WASTING',
  ).map(({ patient }) => patient.birth?.text)
  expect(births).toEqual(['2001-11-21', '2001-11-20', '2001-11-19'])
})

test('a threshold becomes one patient below, on and above it in each unit, a reporting step apart', () => {
  const values = recordsOf(
    'threshold: critical, magnesium: limit, below: critical, on: info, above: info',
  ).map(({ results }) => (results[0]?.value.kind === 'quantity' ? results[0].value : null))
  expect(values.map((value) => `${value?.value} ${value?.unit.text}`)).toEqual([
    '0.49 mmol/L',
    '0.5 mmol/L',
    '0.51 mmol/L',
    '1.1 mg/dL',
    '1.2 mg/dL',
    '1.3 mg/dL',
    '0.9 mEq/L',
    '1 mEq/L',
    '1.1 mEq/L',
  ])
})

describe('what cannot be built, and what does not hold, is a problem of the case', () => {
  test.each([
    ['drugs: [no-such-group], expect: info', /no drug group no-such-group/],
    ['conditions: [no-such-set], expect: info', /no condition set no-such-set/],
    ['magnesium: limit, threshold: no-such, on: info', /MG-LOW has no threshold no-such/],
    ['magnesium: limit, threshold: critical, units: [g/L], on: info', /not kept in g\/L/],
    ['magnesium: 0.61 mmol/L, expect: critical', /expected MG-LOW critical, came info/],
    ['magnesium: 0.61 mmol/L, expect: { NO-RULE: info }', /there is no rule NO-RULE/],
    ['magnesium: 0.61 mmol/L, expect: { says: nothing }', /there is no sentence nothing/],
    ['magnesium: 0.61 mmol/L, expect: { says: digoxin }', /expected the sentence digoxin/],
    ['magnesium: 0.61 mmol/L, expect: { doesNotSay: salts }', /did not expect the sentence salts/],
    ['magnesium: 0.61 mmol/L, expect: { notJudged: no-age }', /expected not judged: no-age/],
    ['magnesium: 0.61 mmol/L, expect: { together: [MG-LOW, CA-LOW] }', /on one card, came MG-LOW/],
  ])('%s', (facts, reason) => {
    const [result] = runCases(knowledge, [fileOf(facts)], now)
    expect(result?.problems.join('; ')).toMatch(reason)
    expect(result).toMatchObject({ rule: 'MG-LOW', line: 3, name: 'a' })
  })
})
