import fc from 'fast-check'
import { readResults } from '../../src/readings/read.ts'
import { knowledge } from '../loaded-knowledge.ts'
import { ago, clockOf, dayAgo, NOW, readOne, recordOf, result, unit } from './small-record.ts'

const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000).toISOString()

describe('the status of a result', () => {
  test.each(['final', 'amended', 'corrected'])('%s is judged', (status) => {
    const { reading, reason } = readOne(result('Mg', 0.62, { status }))
    expect(reading?.provisional).toBe(false)
    expect(reason).toBeNull()
  })

  test('preliminary is judged as provisional', () => {
    expect(readOne(result('Mg', 0.62, { status: 'preliminary' })).reading?.provisional).toBe(true)
  })

  test.each([
    ['registered', 'not-final'],
    ['partial', 'not-final'],
    ['unknown', 'not-final'],
    ['', 'not-final'],
    ['something-else', 'not-final'],
    ['cancelled', 'cancelled'],
    ['entered-in-error', 'entered-in-error'],
  ])('"%s" is %s', (status, expected) => {
    const { reading, reason } = readOne(result('Mg', 0.62, { status }))
    expect(reading).toBeNull()
    expect(reason).toBe(expected)
  })

  test('a modifier that is not understood stops a final result', () => {
    const raw = result('Mg', 0.62, { unknownModifier: 'http://example.org/negated' })
    expect(readOne(raw).reason).toBe('modifier-not-understood')
  })

  test('an entered-in-error result is called that even if it holds nothing else', () => {
    const raw = result('Mg', { kind: 'none', because: 'absent' }, { status: 'entered-in-error', at: null })
    expect(readOne(raw).reason).toBe('entered-in-error')
  })
})

describe('the time of a result', () => {
  test('no time at all is no-date', () => {
    expect(readOne(result('Mg', 0.62, { at: null })).reason).toBe('no-date')
  })

  test('15 minutes ahead is a fast clock, 16 are future-dated', () => {
    expect(readOne(result('Mg', 0.62, { at: minutes(15) })).reason).toBeNull()
    expect(readOne(result('Mg', 0.62, { at: minutes(16) })).reason).toBe('future-dated')
    expect(
      readOne(result('Mg', 0.62, { at: new Date(NOW.getTime() + 15 * 60_000 + 1).toISOString() })).reason,
    ).toBe('future-dated')
  })

  test('today without a time is not ahead, tomorrow is', () => {
    expect(readOne(result('Mg', 0.62, { at: '2026-11-20' })).reason).toBeNull()
    expect(readOne(result('Mg', 0.62, { at: '2026-11-21' })).reason).toBe('future-dated')
  })

  test('today is the day of the zone of the record', () => {
    const raw = result('Mg', 0.62, { at: '2026-11-21' })
    const late = new Date('2026-11-20T12:00:00Z')
    expect(readOne(raw, { zone: 'Pacific/Auckland' }, late).reason).toBeNull()
    expect(readOne(raw, { zone: 'America/Los_Angeles' }, late).reason).toBe('future-dated')
  })

  test('a past month counts; this month and this year do not tell; next month is ahead', () => {
    expect(readOne(result('Mg', 0.62, { at: '2026-10' })).reason).toBeNull()
    expect(readOne(result('Mg', 0.62, { at: '2026-11' })).reason).toBe('no-date')
    expect(readOne(result('Mg', 0.62, { at: '2026' })).reason).toBe('no-date')
    expect(readOne(result('Mg', 0.62, { at: '2026-12' })).reason).toBe('future-dated')
  })
})

describe('the clock', () => {
  const clock = clockOf()
  const instant = (hours: number) => result('Mg', 0.62, { at: ago(hours) }).effective
  const day = (days: number) => result('Mg', 0.62, { at: dayAgo(days) }).effective

  test('an instant is within so many days to the millisecond', () => {
    const at = instant(90 * 24)
    const just = result('Mg', 0.62, {
      at: new Date(NOW.getTime() - 90 * 86_400_000 - 1).toISOString(),
    }).effective
    expect(at && clock.within(at, 90)).toBe('yes')
    expect(just && clock.within(just, 90)).toBe('no')
  })

  test('a day counts by calendar days', () => {
    const on = day(90)
    const past = day(91)
    expect(on && clock.within(on, 90)).toBe('yes')
    expect(past && clock.within(past, 90)).toBe('no')
  })

  test('a month counts where every day of it gives the same answer', () => {
    const month = (text: string) => result('Mg', 0.62, { at: text }).effective
    const september = month('2026-09')
    const august = month('2026-08')
    const june = month('2026-06')
    expect(september && clock.within(september, 90)).toBe('yes')
    // 90 days before 20 November is 22 August
    expect(august && clock.within(august, 90)).toBe('undecided')
    expect(june && clock.within(june, 90)).toBe('no')
  })

  test('"within" grows with the window', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 900 }),
        fc.integer({ min: 0, max: 900 }),
        fc.boolean(),
        (age, window, whole) => {
          const at = whole ? day(age) : instant(age * 24)
          if (!at) throw new Error('no time')
          expect(clock.within(at, window)).toBe(age <= window ? 'yes' : 'no')
        },
      ),
    )
  })
})

describe('what is wrong is told in one fixed order', () => {
  test('status, then time, then value, then unit', () => {
    const broken = { at: null, unit: unit('') }
    expect(readOne(result('Mg', 'no number', { ...broken, status: 'cancelled' })).reason).toBe('cancelled')
    expect(readOne(result('Mg', 'no number', broken)).reason).toBe('no-date')
    expect(readOne(result('Mg', 'no number', { unit: unit('') })).reason).toBe('no-value')
    expect(readOne(result('Mg', 0.62, { unit: unit('') })).reason).toBe('no-unit')
    expect(readOne(result('Mg', 0.62, { unit: 'mmol/kg' })).reason).toBe('unknown-unit')
  })

  test('a urine magnesium in whatever unit is not judged because it is urine', () => {
    expect(readOne(result('urineMg', 3, { unit: 'mmol/(24.h)' })).reason).toBe('not-serum')
  })

  test('a urine creatinine that cannot be read is not listed', () => {
    const { reading, reason } = readOne(result('urineCreatinine', 3, { unit: 'furlong' }))
    expect([reading, reason]).toEqual([null, null])
  })
})

describe('what the record refused', () => {
  const refused = (
    reason: 'other-patient' | 'broken' | 'modifier-not-understood',
    resourceType = 'Observation',
  ) => ({
    reference: `${resourceType}/x`,
    resourceType,
    reason,
    detail: 'somewhere',
    code: result('Mg', 1).code,
  })

  test.each([
    ['other-patient', 'other-patient'],
    ['broken', 'no-value'],
    ['modifier-not-understood', 'modifier-not-understood'],
  ] as const)('an Observation refused as %s is listed as %s of its analyte', (reason, expected) => {
    const record = recordOf({ refused: [refused(reason)] })
    expect(readResults(record, knowledge, clockOf()).unusable).toMatchObject([
      { observation: 'Observation/x', analyte: 'magnesium', reason: expected },
    ])
  })

  test('what is no result is listed only as another patient’s', () => {
    const record = recordOf({
      refused: [refused('broken', 'Condition'), refused('other-patient', 'Condition')],
    })
    expect(readResults(record, knowledge, clockOf()).unusable).toMatchObject([
      { observation: 'Condition/x', analyte: null, reason: 'other-patient' },
    ])
  })
})
