import fc from 'fast-check'
import { bounded, type Comparator, exactly, type Truth } from '../../src/quantity/interval.ts'
import {
  type Comparable,
  compares,
  type Direction,
  type Limit,
  measured,
  passes,
} from '../../src/quantity/limit.ts'

const criticalLow: Limit = {
  direction: 'below',
  values: { 'mmol/L': 0.5, 'mg/dL': 1.2, 'mEq/L': 1.0 },
  source: 'default',
}
const criticalHigh: Limit = {
  direction: 'atLeast',
  values: { 'mmol/L': 2.0, 'mg/dL': 4.9, 'mEq/L': 4.0 },
  source: 'default',
}

function magnesium(value: number, unit: string, canonical: number): Comparable {
  return { measured: measured(exactly(value), unit), canonical: measured(exactly(canonical), 'mmol/L') }
}

describe('a limit in four directions', () => {
  test.each<[Direction, Truth, Truth, Truth]>([
    ['below', 'yes', 'no', 'no'],
    ['atMost', 'yes', 'yes', 'no'],
    ['above', 'no', 'no', 'yes'],
    ['atLeast', 'no', 'yes', 'yes'],
  ])('%s 0.50: 0.49 %s, 0.50 %s, 0.51 %s', (direction, below, on, above) => {
    expect(compares(exactly(0.49), direction, 0.5)).toBe(below)
    expect(compares(exactly(0.5), direction, 0.5)).toBe(on)
    expect(compares(exactly(0.51), direction, 0.5)).toBe(above)
  })

  test.each<[Comparator, Direction, Truth]>([
    ['<', 'below', 'yes'],
    ['<=', 'below', 'undecided'],
    ['<=', 'atMost', 'yes'],
    ['>', 'above', 'yes'],
    ['>=', 'above', 'undecided'],
    ['>=', 'atLeast', 'yes'],
    ['<', 'atLeast', 'no'],
    ['>', 'atMost', 'no'],
  ])('"%s0.5" %s 0.5: %s', (sign, direction, expected) => {
    expect(compares(bounded(sign, 0.5), direction, 0.5)).toBe(expected)
  })

  test('below and at least, above and at most answer each other', () => {
    const comparator = fc.constantFrom<Comparator>('', '<', '<=', '>', '>=')
    const number = fc.integer({ min: 0, max: 500 }).map((count) => count / 100)
    const opposite = { yes: 'no', no: 'yes', undecided: 'undecided' } as const
    fc.assert(
      fc.property(comparator, number, number, (sign, value, limit) => {
        const interval = bounded(sign, value)
        expect(compares(interval, 'atLeast', limit)).toBe(opposite[compares(interval, 'below', limit)])
        expect(compares(interval, 'atMost', limit)).toBe(opposite[compares(interval, 'above', limit)])
      }),
    )
  })
})

describe('a result is compared in the unit it was reported in', () => {
  test('1.2 mg/dL is not below 1.2 mg/dL, although it is 0.494 mmol/L', () => {
    expect(passes(magnesium(1.2, 'mg/dL', 0.4937), criticalLow)).toBe('no')
    expect(passes(magnesium(1.1, 'mg/dL', 0.4526), criticalLow)).toBe('yes')
    expect(passes(magnesium(1.3, 'mg/dL', 0.5349), criticalLow)).toBe('no')
  })

  test('0.9 mEq/L is below 1.0 mEq/L, 1.0 is not', () => {
    expect(passes(magnesium(0.9, 'mEq/L', 0.45), criticalLow)).toBe('yes')
    expect(passes(magnesium(1.0, 'mEq/L', 0.5), criticalLow)).toBe('no')
  })

  test('4.9 mg/dL reaches the high limit, 4.8 does not', () => {
    expect(passes(magnesium(4.9, 'mg/dL', 2.016), criticalHigh)).toBe('yes')
    expect(passes(magnesium(4.8, 'mg/dL', 1.975), criticalHigh)).toBe('no')
  })

  test('a unit without a limit of its own is compared in the canonical unit', () => {
    const limit: Limit = { ...criticalLow, values: { 'mmol/L': 0.5 } }
    expect(passes(magnesium(0.9, 'mEq/L', 0.45), limit)).toBe('yes')
    expect(passes(magnesium(1.0, 'mEq/L', 0.5), limit)).toBe('no')
  })

  test('a limit in neither unit is a defect of the knowledge', () => {
    const limit: Limit = { ...criticalLow, values: { 'nmol/L': 500 } }
    expect(() => passes(magnesium(1.2, 'mg/dL', 0.4937), limit)).toThrow('no limit in mg/dL or mmol/L')
  })
})
