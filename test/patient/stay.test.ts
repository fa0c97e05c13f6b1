import { stayOf } from '../../src/patient/stay.ts'
import type { RawEncounter } from '../../src/record/record.ts'
import { knowledge } from '../loaded-knowledge.ts'
import { ago, clockOf, coded, dayAgo, encounter, nothing, recordOf, when } from '../readings/small-record.ts'

const stay = (...encounters: readonly RawEncounter[]) =>
  stayOf(recordOf({ encounters }), knowledge, clockOf())
const HSLOC = 'https://www.cdc.gov/nhsn/cdaportal/terminology/codesystem/hsloc.html'
const ward = (code: string, over = {}) => ({
  status: 'active',
  start: when(ago(20)),
  end: null,
  type: coded([HSLOC, code]),
  ...over,
})

describe('an inpatient', () => {
  test.each(['IMP', 'ACUTE', 'NONAC', 'EMER', 'OBSENC'])('class %s is one', (code) => {
    expect(stay(encounter({ class: code })).inpatient).toBe(true)
  })

  test.each(['AMB', 'VR', 'HH', 'PRENC', '', 'SS'])('class "%s" is none', (code) => {
    expect(stay(encounter({ class: code })).inpatient).toBe(false)
  })

  test('is one while now lies inside the period', () => {
    expect(stay(encounter({ start: when(ago(1)), end: null })).inpatient).toBe(true)
    expect(stay(encounter({ start: when(ago(-1)), end: null })).inpatient).toBe(false)
    expect(stay(encounter({ end: when(ago(0)) })).inpatient).toBe(true)
    expect(stay(encounter({ end: when(ago(0.01)) })).inpatient).toBe(false)
  })

  test('until the end of the day on which the stay ends', () => {
    expect(stay(encounter({ end: when(dayAgo(0)) })).inpatient).toBe(true)
    expect(stay(encounter({ end: when(dayAgo(1)) })).inpatient).toBe(false)
  })

  test.each(['finished', 'cancelled', 'entered-in-error', 'planned'])(
    'not by a stay that is %s',
    (status) => {
      expect(stay(encounter({ status })).inpatient).toBe(false)
    },
  )

  test('without a period only while it is in progress', () => {
    expect(stay(encounter({ start: null, end: null, status: 'in-progress' })).inpatient).toBe(true)
    expect(stay(encounter({ start: null, end: null, status: 'arrived' })).inpatient).toBe(false)
  })
})

describe('intensive care', () => {
  test.each(['1027-2', '1030-6', '1225-2', '309904001', '426439001'])('%s is intensive care', (code) => {
    expect(stay(encounter({ locations: [ward(code)] })).intensiveCare).toBe(true)
  })

  test('a location that is over, planned or not yet reached is none', () => {
    const isThere = (over: object) => stay(encounter({ locations: [ward('1027-2', over)] })).intensiveCare
    expect(isThere({ status: '' })).toBe(true)
    expect(isThere({ status: 'completed' })).toBe(false)
    expect(isThere({ status: 'planned' })).toBe(false)
    expect(isThere({ end: when(ago(1)) })).toBe(false)
    expect(isThere({ start: when(ago(-1)) })).toBe(false)
  })

  test('a name alone, a step-down unit and a neonatal unit are none', () => {
    const location = (type: RawEncounter['locations'][number]['type']) =>
      stay(encounter({ locations: [ward('', { type })] })).intensiveCare
    expect(location({ ...nothing, text: 'ICU follow-up clinic' })).toBe(false)
    expect(location(coded([HSLOC, '1040-5', 'Neonatal critical care']))).toBe(false)
    expect(location(coded([HSLOC, '1100-7', 'Step down unit']))).toBe(false)
  })

  test('an outpatient visit is none, wherever it takes place', () => {
    expect(stay(encounter({ class: 'AMB', locations: [ward('1027-2')] })).intensiveCare).toBe(false)
  })
})
