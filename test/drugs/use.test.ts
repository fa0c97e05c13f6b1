import fc from 'fast-check'
import { drugsOf } from '../../src/drugs/drugs.ts'
import { useOf } from '../../src/drugs/use.ts'
import type { RawMedication } from '../../src/record/record.ts'
import { knowledge } from '../loaded-knowledge.ts'
import {
  ATC,
  ago,
  clockOf,
  coded,
  dayAgo,
  daysAgo,
  medication,
  named,
  recordOf,
  when,
} from '../readings/small-record.ts'

const OXIDE = coded([ATC, 'A12CC10'])
const order = (over: Partial<RawMedication> = {}) => medication(OXIDE, over)
const given = (over: Partial<RawMedication> = {}) =>
  medication(OXIDE, { kind: 'administration', intent: '', status: 'completed', ...over })
const stated = (over: Partial<RawMedication> = {}) =>
  medication(OXIDE, { kind: 'statement', intent: '', ...over })

const active = (raw: RawMedication) => useOf(raw, clockOf()).activeNow

function recentAt(raw: RawMedication, sample: string): boolean {
  const drugs = drugsOf(recordOf({ medications: [raw] }), knowledge, clockOf())
  return drugs.recent('mg-source', when(sample)).length > 0
}

describe('active', () => {
  test.each(['order', 'original-order', 'reflex-order', 'filler-order', 'instance-order', ''])(
    'an active request with the intent "%s"',
    (intent) => {
      expect(active(order({ intent }))).toBe(true)
    },
  )

  test.each(['proposal', 'plan', 'option'])('not one with the intent "%s"', (intent) => {
    expect(active(order({ intent }))).toBe(false)
  })

  test.each(['on-hold', 'stopped', 'completed', 'cancelled', 'entered-in-error', 'draft', 'unknown', ''])(
    'not a request that is "%s"',
    (status) => {
      expect(active(order({ status }))).toBe(false)
    },
  )

  test('a statement "active", an administration "in-progress"', () => {
    expect(active(stated({ status: 'active' }))).toBe(true)
    expect(active(stated({ status: 'completed' }))).toBe(false)
    expect(active(stated({ status: 'not-taken' }))).toBe(false)
    expect(active(given({ status: 'in-progress' }))).toBe(true)
    expect(active(given({ status: 'active' }))).toBe(false)
  })

  test('not what must not be done', () => {
    expect(active(order({ doNotPerform: true }))).toBe(false)
  })

  test('with now inside its period', () => {
    expect(active(order({ start: when(ago(1)), end: when(ago(-1)) }))).toBe(true)
    expect(active(order({ start: when(ago(-1)) }))).toBe(false)
    expect(active(order({ start: when(ago(0)), end: when(ago(0)) }))).toBe(true)
    expect(active(order({ end: when(ago(0.01)) }))).toBe(false)
  })

  test('until the end of the day, where the stop is a day', () => {
    expect(active(order({ start: when(dayAgo(9)), end: when(dayAgo(0)) }))).toBe(true)
    expect(active(order({ start: when(dayAgo(9)), end: when(dayAgo(1)) }))).toBe(false)
    expect(active(order({ start: when(dayAgo(0)) }))).toBe(true)
    expect(active(order({ start: when(dayAgo(-1)) }))).toBe(false)
  })

  test('without any period by its status alone', () => {
    expect(active(order({ authored: when(daysAgo(2000)) }))).toBe(true)
  })
})

describe('recent at a sample: in use at any time of the 72 hours before it', () => {
  const SAMPLE = ago(24)

  test('an order that is still active', () => {
    expect(recentAt(order({ start: when(ago(24)) }), SAMPLE)).toBe(true)
    expect(recentAt(order({ start: when(daysAgo(400)) }), SAMPLE)).toBe(true)
    expect(recentAt(order(), SAMPLE)).toBe(true)
  })

  test('not one that began after the sample', () => {
    expect(recentAt(order({ start: when(ago(23.99)) }), SAMPLE)).toBe(false)
    expect(recentAt(order({ authored: when(ago(20)) }), SAMPLE)).toBe(false)
  })

  test('one that ended up to 72 hours before it', () => {
    const ended = (hours: number) =>
      order({ status: 'stopped', start: when(daysAgo(40)), end: when(ago(24 + hours)) })
    expect(recentAt(ended(71), SAMPLE)).toBe(true)
    expect(recentAt(ended(72), SAMPLE)).toBe(true)
    expect(recentAt(ended(72.01), SAMPLE)).toBe(false)
  })

  test('one that ended without a recorded end is known at its start only', () => {
    const ended = (hours: number) => order({ status: 'completed', start: when(ago(24 + hours)) })
    expect(recentAt(ended(72), SAMPLE)).toBe(true)
    expect(recentAt(ended(73), SAMPLE)).toBe(false)
  })

  test('a dose that was given', () => {
    const dose = (hours: number) => given({ start: when(ago(24 + hours)), end: when(ago(24 + hours)) })
    expect(recentAt(dose(0), SAMPLE)).toBe(true)
    expect(recentAt(dose(72), SAMPLE)).toBe(true)
    expect(recentAt(dose(72.5), SAMPLE)).toBe(false)
  })

  test('not what was never in use', () => {
    for (const status of ['cancelled', 'entered-in-error', 'draft', 'not-done']) {
      expect(recentAt(order({ status, start: when(ago(30)), end: when(ago(25)) }), SAMPLE)).toBe(false)
    }
    expect(recentAt(order({ status: 'completed', intent: 'plan', start: when(ago(30)) }), SAMPLE)).toBe(false)
  })
})

describe('given in the days before a moment', () => {
  const within = (days: number, ended: number) => {
    const raw = medication(coded([ATC, 'M05BX04']), {
      kind: 'administration',
      intent: '',
      status: 'completed',
      start: when(daysAgo(ended)),
      end: when(daysAgo(ended)),
    })
    const drugs = drugsOf(recordOf({ medications: [raw] }), knowledge, clockOf())
    return drugs.usedWithin('antiresorptive', days, clockOf().now).length > 0
  }

  test('183 days count, 184 do not', () => {
    expect(within(183, 182)).toBe(true)
    expect(within(183, 183)).toBe(true)
    expect(within(183, 184)).toBe(false)
  })
})

describe('the order of medications', () => {
  test('never decides what is active or how it is listed', () => {
    const pool = [
      order({ reference: 'a' }),
      medication(named('digoxin'), { reference: 'b' }),
      medication(named('omeprazole'), { reference: 'c', status: 'stopped' }),
      medication(named('magnesium citrate'), { reference: 'd' }),
      medication(named('furosemide'), { reference: 'e' }),
    ]
    const listed = (medications: readonly RawMedication[]) => {
      const drugs = drugsOf(recordOf({ medications }), knowledge, clockOf())
      return [...knowledge.drugs.groups.keys()].map((group) =>
        drugs.active(group).map(({ raw }) => raw.reference),
      )
    }
    fc.assert(
      fc.property(fc.shuffledSubarray(pool, { minLength: pool.length }), (shuffled) => {
        expect(listed(shuffled)).toEqual(listed(pool))
      }),
    )
  })
})
