import { patientOf } from '../../src/patient/patient.ts'
import type { RawValue } from '../../src/record/record.ts'
import { knowledge } from '../loaded-knowledge.ts'
import {
  ago,
  clockOf,
  coded,
  condition,
  dayAgo,
  ICD10CM,
  LOINC,
  procedure,
  quantity,
  recordOf,
  result,
  SNOMED,
  type Story,
  unit,
  when,
} from '../readings/small-record.ts'

const NOW_TEXT = '2026-11-20T12:00:00Z'
const WEEKS_42 = 42 * 7

function at(story: Story, time = NOW_TEXT) {
  const record = recordOf({ sex: 'female', birth: '1994-05-01', ...story })
  return patientOf(record, knowledge, clockOf()).pregnancy.at(when(time))
}

const pregnant = (story: Story, time = NOW_TEXT) => at(story, time).pregnant
const delivered = (story: Story, time = NOW_TEXT) => at(story, time).delivered

const observed = (loinc: string, value: RawValue, time: string, status = 'final') =>
  result('Mg', value, { id: `${loinc}-${time}`, code: coded([LOINC, loinc]), at: time, status })
const answer = (code: string): RawValue => ({ kind: 'coded', value: coded([SNOMED, code]) })
const PREGNANT = answer('77386006')
const NOT_PREGNANT = answer('60001007')
const status = (value: RawValue, days: number, state = 'final') =>
  observed('82810-3', value, dayAgo(days), state)
const due = (day: string) => observed('11778-8', { kind: 'time', value: when(day) }, dayAgo(60))
const weeks = (value: number, days: number, text = 'wk') =>
  observed('11884-4', quantity(value, unit(text)), dayAgo(days))
const pregnancy = (days: number, over = {}) =>
  condition(coded([SNOMED, '77386006']), { onset: when(dayAgo(days)), ...over })
const SECTION = coded([SNOMED, '11466000'])

describe('nothing recorded', () => {
  test('is not pregnant', () => {
    expect(at({})).toEqual({ pregnant: false, delivered: false })
  })

  test('is said for women of 12 to 55', () => {
    const notOnFile = (birth: string, sex: 'female' | 'male' | 'unknown') =>
      patientOf(recordOf({ sex, birth }), knowledge, clockOf()).notOnFile
    expect(notOnFile('2014-11-20', 'female')).toContain('pregnancy status')
    expect(notOnFile('2014-11-21', 'female')).not.toContain('pregnancy status')
    expect(notOnFile('1970-11-21', 'female')).toContain('pregnancy status')
    expect(notOnFile('1970-11-20', 'female')).not.toContain('pregnancy status')
    expect(notOnFile('1994-05-01', 'male')).not.toContain('pregnancy status')
    const known = patientOf(
      recordOf({ sex: 'female', birth: '1994-05-01', results: [status(NOT_PREGNANT, 3)] }),
      knowledge,
      clockOf(),
    )
    expect(known.notOnFile).not.toContain('pregnancy status')
  })
})

describe('a pregnancy condition', () => {
  test('counts for 42 weeks after its start', () => {
    expect(pregnant({ conditions: [pregnancy(WEEKS_42 - 1)] })).toBe(true)
    expect(pregnant({ conditions: [pregnancy(WEEKS_42)] })).toBe(true)
    expect(pregnant({ conditions: [pregnancy(WEEKS_42 + 1)] })).toBe(false)
  })

  test('does not count before its start', () => {
    expect(pregnant({ conditions: [pregnancy(10)] }, ago(10 * 24))).toBe(true)
    expect(pregnant({ conditions: [pregnancy(10)] }, ago(11 * 24))).toBe(false)
  })

  test('without any date does not count', () => {
    expect(pregnant({ conditions: [condition(coded([SNOMED, '77386006']))] })).toBe(false)
  })

  test('does not count when refuted or unconfirmed', () => {
    expect(pregnant({ conditions: [pregnancy(50, { verificationStatus: 'refuted' })] })).toBe(false)
    expect(pregnant({ conditions: [pregnancy(50, { verificationStatus: 'unconfirmed' })] })).toBe(false)
  })

  test('ends with its abatement', () => {
    const ended = pregnancy(200, { abatement: when(dayAgo(20)), abated: true })
    expect(pregnant({ conditions: [ended] })).toBe(false)
    expect(pregnant({ conditions: [ended] }, ago(21 * 24))).toBe(true)
  })

  test.each(['O14.13', 'O99.012', 'Z34.83', 'Z3A.20'])('%s is one', (code) => {
    expect(pregnant({ conditions: [condition(coded([ICD10CM, code]), { onset: when(dayAgo(30)) })] })).toBe(
      true,
    )
  })

  test.each(['O03.9', 'O00.109', 'O80', 'Z39.2', 'Z32.01'])('%s is none', (code) => {
    expect(pregnant({ conditions: [condition(coded([ICD10CM, code]), { onset: when(dayAgo(30)) })] })).toBe(
      false,
    )
  })
})

describe('pregnancy status and due date', () => {
  test('"pregnant" counts for 42 weeks', () => {
    expect(pregnant({ results: [status(PREGNANT, WEEKS_42)] })).toBe(true)
    expect(pregnant({ results: [status(PREGNANT, WEEKS_42 + 1)] })).toBe(false)
  })

  test.each(['entered-in-error', 'cancelled', 'registered'])(
    'a status that is %s does not count',
    (state) => {
      expect(pregnant({ results: [status(PREGNANT, 10, state)] })).toBe(false)
    },
  )

  test('"not pregnant" that is newer than the condition wins, an older one does not', () => {
    expect(pregnant({ conditions: [pregnancy(60)], results: [status(NOT_PREGNANT, 20)] })).toBe(false)
    expect(pregnant({ conditions: [pregnancy(60)], results: [status(NOT_PREGNANT, 61)] })).toBe(true)
    expect(pregnant({ results: [status(PREGNANT, 60), status(NOT_PREGNANT, 20)] })).toBe(false)
    expect(pregnant({ results: [status(NOT_PREGNANT, 60), status(PREGNANT, 20)] })).toBe(true)
  })

  test('a due date ahead is a pregnancy, the due date itself and one past are not', () => {
    expect(pregnant({ results: [due('2026-11-21')] })).toBe(true)
    expect(pregnant({ results: [due('2026-11-20')] })).toBe(false)
    expect(pregnant({ results: [due('2026-11-19')] })).toBe(false)
  })

  test('a due date reaches 40 weeks back', () => {
    const story = { results: [due('2027-03-01')] }
    // 1 March 2027 less 280 days is 25 May 2026
    expect(pregnant(story, '2026-05-25T12:00:00Z')).toBe(true)
    expect(pregnant(story, '2026-05-24T12:00:00Z')).toBe(false)
  })

  test('gestational age counts with the day it was given on', () => {
    expect(pregnant({ results: [weeks(12, 28)] })).toBe(true)
    // 40 weeks, 14 days ago: 42 weeks today
    expect(pregnant({ results: [weeks(40, 14)] })).toBe(true)
    expect(pregnant({ results: [weeks(40, 15)] })).toBe(false)
    expect(pregnant({ results: [weeks(84, 5, 'd')] })).toBe(true)
    expect(pregnant({ results: [weeks(12, 28, 'kg')] })).toBe(false)
    expect(pregnant({ results: [weeks(60, 1)] })).toBe(false)
  })
})

describe('delivered', () => {
  const section = (hours: number) => ({ procedures: [procedure(SECTION, ago(hours))] })

  test('counts for 48 hours', () => {
    expect(delivered(section(1))).toBe(true)
    expect(delivered(section(48))).toBe(true)
    expect(delivered(section(49))).toBe(false)
    expect(
      delivered({ procedures: [procedure(SECTION, new Date(Date.parse(ago(48)) - 1).toISOString())] }),
    ).toBe(false)
  })

  test('counts from its end, where one is recorded', () => {
    const long = procedure(SECTION, ago(60), { end: when(ago(47)) })
    expect(delivered({ procedures: [long] })).toBe(true)
  })

  test('does not count before it', () => {
    expect(delivered(section(10), ago(11))).toBe(false)
    expect(delivered(section(10), ago(10))).toBe(true)
  })

  test('a day alone counts for that day and the two after it', () => {
    const on = (days: number) => ({ procedures: [procedure(SECTION, dayAgo(days))] })
    expect(delivered(on(0))).toBe(true)
    expect(delivered(on(2))).toBe(true)
    expect(delivered(on(3))).toBe(false)
  })

  test.each(['not-done', 'preparation', 'entered-in-error', 'stopped'])(
    'a procedure that is %s is none',
    (state) => {
      expect(delivered({ procedures: [procedure(SECTION, ago(5), { status: state })] })).toBe(false)
    },
  )

  test('a condition says so as well', () => {
    const outcome = condition(coded([ICD10CM, 'Z37.0']), { onset: when(ago(20)) })
    expect(delivered({ conditions: [outcome] })).toBe(true)
  })

  test.each(['Z38.00', 'Z39.2', 'O90.4'])('%s is no delivery', (code) => {
    expect(delivered({ conditions: [condition(coded([ICD10CM, code]), { onset: when(ago(20)) })] })).toBe(
      false,
    )
  })

  test('ends the pregnancy, but not the one that begins after it', () => {
    const story = { conditions: [pregnancy(270)], ...section(24 * 5) }
    expect(at(story)).toEqual({ pregnant: false, delivered: false })
    expect(at(story, ago(24 * 6))).toEqual({ pregnant: true, delivered: false })
    expect(at(story, ago(24 * 4))).toEqual({ pregnant: false, delivered: true })
    expect(pregnant({ conditions: [pregnancy(60)], ...section(24 * 90) })).toBe(true)
  })

  test('an ended pregnancy of another kind ends it too', () => {
    const miscarriage = condition(coded([ICD10CM, 'O03.9']), { onset: when(dayAgo(10)) })
    expect(pregnant({ conditions: [pregnancy(80), miscarriage] })).toBe(false)
    expect(delivered({ conditions: [pregnancy(80), miscarriage] })).toBe(false)
  })

  test('pregnant or delivered is what ranges and kidney status ask for', () => {
    const asked = (story: Story) =>
      patientOf(recordOf({ sex: 'female', ...story }), knowledge, clockOf()).obstetricAt(when(NOW_TEXT))
    expect(asked({ conditions: [pregnancy(60)] })).toBe(true)
    expect(asked(section(10))).toBe(true)
    expect(asked(section(50))).toBe(false)
  })
})
