import fc from 'fast-check'
import {
  decimalsOf,
  minus,
  padded,
  percentFall,
  plus,
  roundHalfUp,
  shift,
  times,
} from '../../src/quantity/decimal.ts'

/** A value with two decimals, as laboratories print them, with its hundredths as an integer. */
const hundredths = fc.integer({ min: -500_000, max: 500_000 }).map((count) => ({ count, value: count / 100 }))
const finite = fc
  .integer({ min: -99_999_999, max: 99_999_999 })
  .chain((digits) => fc.integer({ min: 0, max: 6 }).map((scale) => Number(`${digits}e${-scale}`)))

describe('a difference is that of the printed digits', () => {
  test('creatinine 1.2 after 0.9 mg/dL is a rise of 0.3, though binary arithmetic says 0.29999', () => {
    expect(1.2 - 0.9).not.toBe(0.3)
    expect(minus(1.2, 0.9)).toBe(0.3)
  })

  test.each([
    [0.1, 0.2, 0.3],
    [2.1, 0.02, 2.12],
    [11.6, 0.4, 12],
    [-1.5, 1.5, 0],
    [1e-7, 2e-7, 3e-7],
    [1e21, 1, 1e21],
  ])('%d and %d are %d', (a, b, sum) => {
    expect(plus(a, b)).toBe(sum)
  })

  test('sums and differences agree with whole hundredths', () => {
    fc.assert(
      fc.property(hundredths, hundredths, (a, b) => {
        expect(plus(a.value, b.value)).toBe((a.count + b.count) / 100)
        expect(minus(a.value, b.value)).toBe((a.count - b.count) / 100 + 0)
      }),
    )
  })

  test('what is added and taken away again leaves the value', () => {
    fc.assert(fc.property(finite, finite, (a, b) => expect(minus(plus(a, b), b)).toBe(a + 0)))
  })

  test('adding does not depend on the order', () => {
    fc.assert(fc.property(finite, finite, (a, b) => expect(plus(a, b)).toBe(plus(b, a))))
  })
})

describe('a product is that of the printed digits', () => {
  test('the albumin term of the adjusted calcium: 0.02 x 13 is 0.26, 0.8 x 0.5 is 0.4', () => {
    expect(times(0.02, 13)).toBe(0.26)
    expect(times(0.8, 0.5)).toBe(0.4)
  })

  test('1.1 times a lower limit of 0.65 is 0.715', () => {
    expect(1.1 * 0.65).not.toBe(0.715)
    expect(times(1.1, 0.65)).toBe(0.715)
  })

  test('products agree with whole hundredths', () => {
    fc.assert(
      fc.property(hundredths, hundredths, (a, b) =>
        expect(times(a.value, b.value)).toBe((a.count * b.count) / 10_000 + 0),
      ),
    )
  })
})

describe('moving the decimal point', () => {
  test.each([
    [712.3, -3, 0.7123],
    [0.62, 3, 620],
    [12, -1, 1.2],
    [0.003, 3, 3],
    [5, 0, 5],
    [-1.5, 1, -15],
  ])('%d moved by %d places is %d', (value, places, moved) => {
    expect(shift(value, places)).toBe(moved)
  })

  test('there and back again is the same number', () => {
    fc.assert(
      fc.property(finite, fc.integer({ min: -6, max: 6 }), (value, places) =>
        expect(shift(shift(value, places), -places)).toBe(value + 0),
      ),
    )
  })

  test('it keeps the order of two values', () => {
    fc.assert(
      fc.property(finite, finite, fc.integer({ min: -6, max: 6 }), (a, b, places) => {
        if (a < b) expect(shift(a, places)).toBeLessThan(shift(b, places))
      }),
    )
  })

  test('an open end stays open', () => {
    expect(shift(Number.POSITIVE_INFINITY, -3)).toBe(Number.POSITIVE_INFINITY)
    expect(shift(Number.NEGATIVE_INFINITY, 3)).toBe(Number.NEGATIVE_INFINITY)
  })
})

describe('rounding half up', () => {
  test.each([
    [1.005, 2, 1.01],
    [2.675, 2, 2.68],
    [0.845, 2, 0.85],
    [0.8449, 2, 0.84],
    [9.25, 1, 9.3],
    [9.24, 1, 9.2],
    [0.5, 0, 1],
    [0.49, 0, 0],
    [12, 2, 12],
    [1.25, 5, 1.25],
    [-0.5, 0, -1],
    [-1.005, 2, -1.01],
    [99.995, 2, 100],
  ])('%d to %d decimals is %d', (value, decimals, rounded) => {
    expect(roundHalfUp(value, decimals)).toBe(rounded)
  })

  test('every half goes away from zero', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (count) => {
        const half = plus(count / 100, 0.005)
        expect(roundHalfUp(half, 2)).toBe((count + 1) / 100)
        expect(roundHalfUp(-half, 2)).toBe(-(count + 1) / 100)
      }),
    )
  })

  test('it moves a value by half a step at most, and a second time not at all', () => {
    fc.assert(
      fc.property(finite, fc.integer({ min: 0, max: 4 }), (value, decimals) => {
        const rounded = roundHalfUp(value, decimals)
        expect(Math.abs(minus(rounded, value))).toBeLessThanOrEqual(shift(0.5, -decimals))
        expect(roundHalfUp(rounded, decimals)).toBe(rounded)
        expect(decimalsOf(rounded)).toBeLessThanOrEqual(decimals)
      }),
    )
  })

  test('an open end is not rounded', () => {
    expect(roundHalfUp(Number.POSITIVE_INFINITY, 2)).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('the decimals of a value', () => {
  test.each([
    [0.845, 3],
    [12, 0],
    [1.5, 1],
    [100, 0],
    [0.3, 1],
    [1e-7, 7],
  ])('%d has %d', (value, decimals) => {
    expect(decimalsOf(value)).toBe(decimals)
  })
})

describe('a value is shown padded, never cut', () => {
  test.each([
    [0.7, 2, '0.70'],
    [0.845, 2, '0.845'],
    [1.4, 1, '1.4'],
    [12, 1, '12.0'],
    [28, 0, '28'],
    [0, 2, '0.00'],
    [-0.5, 2, '-0.50'],
    [2.35, 0, '2.35'],
  ])('%d with at least %d decimals is "%s"', (value, decimals, text) => {
    expect(padded(value, decimals)).toBe(text)
  })

  test('the text reads as the value', () => {
    fc.assert(
      fc.property(finite, fc.integer({ min: 0, max: 3 }), (value, decimals) => {
        expect(Number(padded(value, decimals))).toBe(value)
      }),
    )
  })
})

describe('a fall in percent, to one decimal', () => {
  test.each([
    [1.0, 0.7, 30],
    [0.8, 0.66, 17.5],
    [3.9, 3.4, 12.8],
    [40, 30, 25],
    [2.35, 1.8, 23.4],
    [4.4, 3.4, 22.7],
    [1.0, 0.9, 10],
    [1.0, 1.0, 0],
    [1.0, 1.1, -10],
    [1.0, 0.6999, 30],
    [1.0, 0.6995, 30.1],
  ])('from %d to %d is %d %%', (before, after, percent) => {
    expect(percentFall(before, after)).toBe(percent)
  })
})
