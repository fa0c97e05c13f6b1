import fc from 'fast-check'
import { isoSecond } from '../../src/record/calendar.ts'
import { dayOf, dayText, readWhen } from '../../src/record/time.ts'
import { instantsOf, offsetAt, startOfDay } from '../../src/record/zone.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const BERLIN = 'Europe/Berlin'
const NEW_YORK = 'America/New_York'

describe('a time keeps the precision in which it was written', () => {
  test('an instant is one millisecond, on the day that was written', () => {
    expect(readWhen('2026-11-20T07:30:00Z', 'UTC')).toEqual({
      precision: 'instant',
      from: Date.UTC(2026, 10, 20, 7, 30),
      to: Date.UTC(2026, 10, 20, 7, 30),
      day: Date.UTC(2026, 10, 20) / DAY,
      lastDay: Date.UTC(2026, 10, 20) / DAY,
      text: '2026-11-20T07:30:00Z',
    })
  })

  test('the day of an instant is the written one, whatever the zone of the source', () => {
    const when = readWhen('2026-11-20T23:30:00-05:00', BERLIN)
    expect(dayText(when?.day ?? 0)).toBe('2026-11-20')
    expect(dayText(dayOf(when?.from ?? 0, BERLIN))).toBe('2026-11-21')
  })

  test('a day lasts from its first to its last millisecond in the zone of the source', () => {
    const when = readWhen('2026-03-29', BERLIN)
    expect(when?.from).toBe(Date.UTC(2026, 2, 28, 23))
    expect((when?.to ?? 0) - (when?.from ?? 0) + 1).toBe(23 * HOUR)
    expect(when?.precision).toBe('day')
  })

  test('a month and a year span all their days', () => {
    const month = readWhen('2024-02', 'UTC')
    expect([month?.precision, dayText(month?.day ?? 0), dayText(month?.lastDay ?? 0)]).toEqual([
      'month',
      '2024-02-01',
      '2024-02-29',
    ])
    const year = readWhen('1966', 'UTC')
    expect([year?.precision, year?.from, year?.to]).toEqual([
      'year',
      Date.UTC(1966, 0, 1),
      Date.UTC(1967, 0, 1) - 1,
    ])
  })

  test.each([
    ['2026-11-20T07:30Z', Date.UTC(2026, 10, 20, 7, 30)],
    ['2026-11-20T07:30', Date.UTC(2026, 10, 20, 6, 30)],
    ['2026-11-20T07:30:15.5+01:00', Date.UTC(2026, 10, 20, 6, 30, 15, 500)],
    ['2026-11-20T07:30:15.123456789Z', Date.UTC(2026, 10, 20, 7, 30, 15, 123)],
    ['2026-11-20T07:30:00-14:00', Date.UTC(2026, 10, 20, 21, 30)],
    ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1)],
  ])('%s is read', (text, instant) => {
    expect(readWhen(text, BERLIN)).toMatchObject({ precision: 'instant', from: instant, to: instant })
  })

  test('the year 0105 is not 1905 (field case F214)', () => {
    const when = readWhen('0105-06-04T19:45:00+09:00', 'UTC')
    expect(new Date(when?.from ?? 0).toISOString()).toBe('0105-06-04T10:45:00.000Z')
    expect(dayText(when?.day ?? 0)).toBe('0105-06-04')
  })

  test('years from 0001 to 9999 are read', () => {
    expect(new Date(readWhen('0001-01-01', 'UTC')?.from ?? 0).toISOString()).toBe('0001-01-01T00:00:00.000Z')
    expect(new Date(readWhen('9999-12-31', 'UTC')?.to ?? 0).toISOString()).toBe('9999-12-31T23:59:59.999Z')
  })
})

describe('what cannot be a time is none', () => {
  test.each([
    '',
    '0000',
    '26',
    '2026-13',
    '2026-00',
    '2026-1',
    '2026-02-30',
    '2025-02-29',
    '2026-11-31',
    '2026-11-00',
    '2026-11-20T',
    '2026-11-20T07',
    '2026-11-20T24:00:00Z',
    '2026-11-20T07:60:00Z',
    '2026-11-20T07:30:61Z',
    '2026-11-20T07:30:00.Z',
    '2026-11-20T07:30:00+0100',
    '2026-11-20T07:30:00+15:00',
    '2026-11-20T07:30:00+01:60',
    '2026-11-20T07:30:00Z ',
    '2026-11-20 07:30:00Z',
    '2026-11-20t07:30:00z',
    '20261120',
    '2026/11/20',
    '+002026-11-20',
    '٢٠٢٦-11-20',
  ])('"%s"', (text) => {
    expect(readWhen(text, 'UTC')).toBeNull()
  })

  test.each([[null], [undefined], [20261120], [{}], [['2026']], [true]])('%p', (value) => {
    expect(readWhen(value, 'UTC')).toBeNull()
  })
})

describe('where clocks change, a local time is never moved', () => {
  test('one that the clocks skip is no time', () => {
    expect(readWhen('2026-03-29T02:30:00', BERLIN)).toBeNull()
    expect(readWhen('2026-03-08T02:00:00', NEW_YORK)).toBeNull()
    expect(readWhen('2026-03-08T03:00:00', NEW_YORK)?.from).toBe(Date.UTC(2026, 2, 8, 7))
    expect(readWhen('2026-03-08T01:59:59.999', NEW_YORK)?.from).toBe(Date.UTC(2026, 2, 8, 7) - 1)
  })

  test('one that occurs twice is both, an hour apart', () => {
    expect(readWhen('2026-10-25T02:30:00', BERLIN)).toMatchObject({
      precision: 'instant',
      from: Date.UTC(2026, 9, 25, 0, 30),
      to: Date.UTC(2026, 9, 25, 1, 30),
    })
    expect(readWhen('2026-11-01T01:30:00', NEW_YORK)).toMatchObject({
      from: Date.UTC(2026, 10, 1, 5, 30),
      to: Date.UTC(2026, 10, 1, 6, 30),
    })
  })

  test('with its offset it is one instant', () => {
    const first = readWhen('2026-10-25T02:30:00+02:00', BERLIN)
    expect([first?.from, first?.to]).toEqual([Date.UTC(2026, 9, 25, 0, 30), Date.UTC(2026, 9, 25, 0, 30)])
  })

  test('a day whose midnight the clocks skip begins an hour later', () => {
    expect(readWhen('2018-11-04', 'America/Sao_Paulo')?.from).toBe(Date.UTC(2018, 10, 4, 3))
    expect(startOfDay(Date.UTC(2018, 10, 4) / DAY, 'America/Sao_Paulo')).toBe(Date.UTC(2018, 10, 4, 3))
  })

  test('a day that a zone never had is no day', () => {
    expect(readWhen('2011-12-30', 'Pacific/Apia')).toBeNull()
    expect(readWhen('2011-12-31', 'Pacific/Apia')).not.toBeNull()
  })
})

describe('zones', () => {
  const zones = fc.constantFrom(
    'UTC',
    BERLIN,
    NEW_YORK,
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'America/St_Johns',
    'Africa/Casablanca',
  )

  test('a local time read back at its instant shows the same local time', () => {
    fc.assert(
      fc.property(
        zones,
        fc.integer({ min: Date.UTC(1971, 0, 1), max: Date.UTC(2037, 0, 1) }),
        (zone, local) => {
          const instants = instantsOf(local, zone)
          if (instants === null) return
          expect(instants.first + offsetAt(instants.first, zone)).toBe(local)
          expect(instants.last + offsetAt(instants.last, zone)).toBe(local)
        },
      ),
    )
  })

  test('every instant is among those of the local time that it shows', () => {
    fc.assert(
      fc.property(zones, fc.integer({ min: Date.UTC(1971, 0, 1), max: Date.UTC(2037, 0, 1) }), (zone, ms) => {
        const instants = instantsOf(ms + offsetAt(ms, zone), zone)
        expect([instants?.first, instants?.last]).toContain(ms)
      }),
    )
  })

  test('a day holds the instants that show it, and its neighbours do not', () => {
    fc.assert(
      fc.property(zones, fc.integer({ min: 366, max: 24_000 }), (zone, day) => {
        const start = startOfDay(day, zone)
        const next = startOfDay(day + 1, zone)
        if (next === start) return
        expect(dayOf(start, zone)).toBe(day)
        expect(dayOf(next - 1, zone)).toBe(day)
        expect(dayOf(start - 1, zone)).toBeLessThan(day)
      }),
    )
  })

  test('offsets are those of Intl, in the hour around each change', () => {
    expect(offsetAt(Date.UTC(2026, 2, 29, 1) - 1, BERLIN)).toBe(HOUR)
    expect(offsetAt(Date.UTC(2026, 2, 29, 1), BERLIN)).toBe(2 * HOUR)
    expect(offsetAt(Date.UTC(2026, 0, 1), 'America/St_Johns')).toBe(-3.5 * HOUR)
    expect(offsetAt(Date.UTC(1950, 0, 1), 'Africa/Monrovia')).toBe(-(44 * 60 + 30) * 1000)
  })

  test('a zone that does not exist is an error of whoever configured it', () => {
    expect(() => readWhen('2026-11-20', 'Europe/Atlantis')).toThrow(RangeError)
  })

  test('no text of any kind throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), zones, (text, zone) => void readWhen(text, zone)))
  })
})

test('an instant as text is what the platform writes, to the second', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2200, 0, 1) }),
      (ms) => isoSecond(ms) === `${new Date(ms).toISOString().slice(0, 19)}Z`,
    ),
  )
})
