import fc from 'fast-check'
import { ageDays, ageYears, stageAt } from '../../src/patient/age.ts'
import { dayNumber } from '../../src/record/calendar.ts'
import { when } from '../readings/small-record.ts'

const born = (text: string | null) => (text === null ? null : when(text))
const onDay = (text: string) => when(text).day
const age = (birth: string | null, day: string) => ageYears(born(birth), onDay(day))
const stage = (birth: string | null, day: string) => stageAt(born(birth), onDay(day))

describe('age in completed years', () => {
  test.each<[string, string, number | null]>([
    ['1960-03-05', '2026-03-04', 65],
    ['1960-03-05', '2026-03-05', 66],
    ['1960-03-05', '2026-03-06', 66],
    ['2008-11-20', '2026-11-19', 17],
    ['2008-11-20', '2026-11-20', 18],
    ['2026-11-20', '2026-11-20', 0],
    ['2026-11-21', '2026-11-20', null],
    ['2004-02-29', '2026-02-28', 21],
    ['2004-02-29', '2026-03-01', 22],
    ['2004-02-29', '2024-02-29', 20],
    ['1906-11-20', '2026-11-20', 120],
    ['1905-11-21', '2026-11-20', 120],
    ['1905-11-20', '2026-11-20', null],
    ['1890-01-01', '2026-11-20', null],
  ])('born %s, on %s: %s', (birth, day, expected) => {
    expect(age(birth, day)).toBe(expected)
  })

  test('no birth date: no age', () => {
    expect(age(null, '2026-11-20')).toBeNull()
  })

  test('the day of birth counts, not its hour in another zone', () => {
    expect(ageYears(when('2008-11-20', 'Pacific/Auckland'), onDay('2026-11-20'))).toBe(18)
    expect(ageYears(when('2008-11-20', 'America/Los_Angeles'), onDay('2026-11-20'))).toBe(18)
  })

  test('the next birthday is exactly where the age grows', () => {
    const birthDay = fc.integer({ min: dayNumber(1920, 1, 1), max: dayNumber(2026, 11, 20) })
    fc.assert(
      fc.property(birthDay, fc.integer({ min: 0, max: 38_000 }), (birth, later) => {
        const at = { precision: 'day' as const, from: 0, to: 0, day: birth, lastDay: birth, text: '' }
        const today = ageYears(at, birth + later)
        const tomorrow = ageYears(at, birth + later + 1)
        expect(today).toBeGreaterThanOrEqual(Math.floor(later / 366))
        expect(today).toBeLessThanOrEqual(Math.floor(later / 365))
        expect([today, (today ?? 0) + 1]).toContain(tomorrow)
      }),
    )
  })
})

describe('a birth year or month alone', () => {
  test('counts where every day of it gives the same answer', () => {
    expect(age('1960', '2026-12-31')).toBe(66)
    expect(age('1960', '2026-11-20')).toBeNull()
    expect(age('1960-11', '2026-11-30')).toBe(66)
    expect(age('1960-11', '2026-11-29')).toBeNull()
    expect(age('1960-10', '2026-11-20')).toBe(66)
    expect(age('1960-12', '2026-11-20')).toBe(65)
  })

  test('tells the stage where every day of it does', () => {
    expect(stage('1960', '2026-11-20')).toBe('adult')
    expect(stage('2007', '2026-11-20')).toBe('adult')
    expect(stage('2008', '2026-11-20')).toBeNull()
    expect(stage('2008', '2026-12-31')).toBe('adult')
    expect(stage('2009', '2026-11-20')).toBe('child')
    expect(stage('2025', '2026-11-20')).toBe('child')
    expect(stage('2026-09', '2026-11-20')).toBe('child')
    expect(stage('2026-10', '2026-11-20')).toBeNull()
    expect(stage('2026', '2026-11-20')).toBeNull()
  })

  test('that lies partly after the sample is no age', () => {
    expect(age('2026-11', '2026-11-20')).toBeNull()
    expect(stage('2026-11', '2026-11-20')).toBeNull()
  })
})

describe('the stages', () => {
  test.each<[string, string]>([
    ['2026-11-20', 'newborn'],
    ['2026-10-24', 'newborn'],
    ['2026-10-23', 'child'],
    ['2008-11-21', 'child'],
    ['2008-11-20', 'adult'],
  ])('born %s, on 20 November 2026: %s', (birth, expected) => {
    expect(stage(birth, '2026-11-20')).toBe(expected)
  })

  test('no usable birth date, no stage', () => {
    expect(stage(null, '2026-11-20')).toBeNull()
    expect(stage('1890-01-01', '2026-11-20')).toBeNull()
    expect(stage('2026-11-21', '2026-11-20')).toBeNull()
  })

  test('days are counted only from a known day', () => {
    expect(ageDays(born('2026-10-23'), onDay('2026-11-20'))).toBe(28)
    expect(ageDays(born('2026-10'), onDay('2026-11-20'))).toBeNull()
  })
})
