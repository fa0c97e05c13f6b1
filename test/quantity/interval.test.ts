import fc from 'fast-check'
import {
  allOf,
  anyOf,
  between,
  bounded,
  type Comparator,
  exactly,
  isAbove,
  isBelow,
  isExact,
  mapped,
  not,
  type Truth,
} from '../../src/quantity/interval.ts'

const comparator = fc.constantFrom<Comparator>('', '<', '<=', '>', '>=')
const number = fc.integer({ min: -1000, max: 1000 }).map((count) => count / 100)
const truth = fc.constantFrom<Truth>('yes', 'no', 'undecided')

describe('an exact result', () => {
  test('below, on and above a limit of 0.50', () => {
    expect(isBelow(exactly(0.49), 0.5)).toBe('yes')
    expect(isBelow(exactly(0.5), 0.5)).toBe('no')
    expect(isBelow(exactly(0.51), 0.5)).toBe('no')
    expect(isAbove(exactly(0.49), 0.5)).toBe('no')
    expect(isAbove(exactly(0.5), 0.5)).toBe('no')
    expect(isAbove(exactly(0.51), 0.5)).toBe('yes')
  })

  test('nothing about it is undecided', () => {
    fc.assert(
      fc.property(number, number, (value, limit) => {
        expect(isBelow(exactly(value), limit)).toBe(value < limit ? 'yes' : 'no')
        expect(isAbove(exactly(value), limit)).toBe(value > limit ? 'yes' : 'no')
      }),
    )
  })
})

describe('a result below the measuring limit', () => {
  test.each<[Comparator, number, number, Truth]>([
    ['<', 0.3, 0.5, 'yes'],
    ['<', 0.5, 0.5, 'yes'],
    ['<', 0.8, 0.5, 'undecided'],
    ['<=', 0.3, 0.5, 'yes'],
    ['<=', 0.5, 0.5, 'undecided'],
    ['>', 0.5, 0.5, 'no'],
    ['>=', 0.5, 0.5, 'no'],
    ['>', 0.4, 0.5, 'undecided'],
  ])('"%s%d" below %d: %s', (sign, value, limit, expected) => {
    expect(isBelow(bounded(sign, value), limit)).toBe(expected)
  })
})

describe('a result above the measuring limit', () => {
  test.each<[Comparator, number, number, Truth]>([
    ['>', 2, 1.1, 'yes'],
    ['>', 1.1, 1.1, 'yes'],
    ['>=', 1.1, 1.1, 'undecided'],
    ['>=', 1.2, 1.1, 'yes'],
    ['>', 1, 1.1, 'undecided'],
    ['<', 1.1, 1.1, 'no'],
    ['<=', 1.1, 1.1, 'no'],
    ['<', 1.2, 1.1, 'undecided'],
  ])('"%s%d" above %d: %s', (sign, value, limit, expected) => {
    expect(isAbove(bounded(sign, value), limit)).toBe(expected)
  })
})

describe('whatever the interval', () => {
  test('it is never below and above the same limit', () => {
    fc.assert(
      fc.property(comparator, number, number, (sign, value, limit) => {
        const interval = bounded(sign, value)
        expect(isBelow(interval, limit) === 'yes' && isAbove(interval, limit) === 'yes').toBe(false)
      }),
    )
  })

  test('a verdict holds for every value that the comparator allows', () => {
    fc.assert(
      fc.property(comparator, number, number, number, (sign, bound, limit, value) => {
        const allowed =
          sign === ''
            ? value === bound
            : sign === '<'
              ? value < bound
              : sign === '<='
                ? value <= bound
                : sign === '>'
                  ? value > bound
                  : value >= bound
        fc.pre(allowed)
        const interval = bounded(sign, bound)
        const below = isBelow(interval, limit)
        if (below !== 'undecided') expect(below).toBe(value < limit ? 'yes' : 'no')
        const above = isAbove(interval, limit)
        if (above !== 'undecided') expect(above).toBe(value > limit ? 'yes' : 'no')
      }),
    )
  })

  test('what is below a limit is below every higher one', () => {
    fc.assert(
      fc.property(comparator, number, number, number, (sign, value, one, other) => {
        const interval = bounded(sign, value)
        const [lower, higher] = one < other ? [one, other] : [other, one]
        if (isBelow(interval, lower) === 'yes') expect(isBelow(interval, higher)).toBe('yes')
        if (isAbove(interval, higher) === 'yes') expect(isAbove(interval, lower)).toBe('yes')
      }),
    )
  })

  test('only a plain number is exact', () => {
    fc.assert(
      fc.property(comparator, number, (sign, value) =>
        expect(isExact(bounded(sign, value))).toBe(sign === ''),
      ),
    )
    expect(isExact(between(0.7, 1.1))).toBe(false)
  })

  test('converting keeps the open ends and moves only the numbers', () => {
    expect(mapped(bounded('<', 2), (value) => value / 2)).toEqual(bounded('<', 1))
    expect(mapped(bounded('>=', 2), (value) => value / 2)).toEqual(bounded('>=', 1))
    expect(mapped(between(2, 4), (value) => value / 2)).toEqual(between(1, 2))
  })
})

describe('truths together', () => {
  test('all of none is yes, any of none is no', () => {
    expect(allOf()).toBe('yes')
    expect(anyOf()).toBe('no')
  })

  test('one refuted decides "all", one proved decides "any", whatever else is undecided', () => {
    expect(allOf('yes', 'undecided', 'no')).toBe('no')
    expect(allOf('yes', 'undecided')).toBe('undecided')
    expect(allOf('yes', 'yes')).toBe('yes')
    expect(anyOf('no', 'undecided', 'yes')).toBe('yes')
    expect(anyOf('no', 'undecided')).toBe('undecided')
    expect(anyOf('no', 'no')).toBe('no')
  })

  test('"not all" is "any not"', () => {
    fc.assert(
      fc.property(fc.array(truth, { maxLength: 5 }), (truths) => {
        expect(not(allOf(...truths))).toBe(anyOf(...truths.map(not)))
      }),
    )
  })

  test('not of not is the same', () => {
    fc.assert(fc.property(truth, (one) => expect(not(not(one))).toBe(one)))
  })
})
