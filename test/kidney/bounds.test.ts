import fc from 'fast-check'
import { bandOf, bandOfInterval, isNoEstimate, isReduced, isSeverelyReduced } from '../../src/kidney/band.ts'
import { BANDS } from '../../src/knowledge/types.ts'
import { between, bounded, type Comparator, exactly } from '../../src/quantity/interval.ts'

describe('an eGFR that is a bound', () => {
  test.each<[Comparator, number, string]>([
    ['>', 59, '>=60'],
    ['>', 44, '45-59'],
    ['>', 29, '30-44'],
    ['>', 14, '15-29'],
    ['>', 60, '>=60'],
    ['>', 90, '>=60'],
    ['>', 45, '45-59'],
    ['>', 58, '45-59'],
    ['>', 30, '30-44'],
    ['>', 15, '15-29'],
    ['>', 10, '<15'],
    ['>=', 60, '>=60'],
    ['>=', 59, '45-59'],
    ['<', 60, '45-59'],
    ['<', 50, '45-59'],
    ['<', 45, '30-44'],
    ['<', 44, '30-44'],
    ['<', 30, '15-29'],
    ['<', 20, '15-29'],
    ['<', 15, '<15'],
    ['<', 10, '<15'],
    ['<=', 60, '>=60'],
    ['<=', 59, '45-59'],
  ])('"%s%d" is %s', (comparator, value, band) => {
    expect(bandOfInterval(bounded(comparator, value))).toMatchObject({ band, bound: true })
  })

  test('a number is no bound', () => {
    expect(bandOfInterval(exactly(59.9))).toEqual({ band: '45-59', bound: false, value: 59.9 })
  })

  test('a range of values never says more than its upper end', () => {
    expect(bandOfInterval(between(30, 44))).toMatchObject({ band: '30-44', bound: true })
  })

  test('a bound never gives a better band than its own number, but for the four whole-number spellings', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Comparator>('<', '<=', '>', '>='),
        fc.integer({ min: 1, max: 120 }),
        (sign, value) => {
          if (sign === '>' && [59, 44, 29, 14].includes(value)) return
          const { band } = bandOfInterval(bounded(sign, value))
          expect(BANDS.indexOf(band)).toBeGreaterThanOrEqual(BANDS.indexOf(bandOf(value)))
        },
      ),
    )
  })
})

describe('groups of bands', () => {
  test('reduced: every band in which clearance is known to be lowered', () => {
    expect(BANDS.filter(isReduced)).toEqual(['45-59', '30-44', '15-29', '<15', 'dialysis', 'unstable'])
  })

  test('no estimate: unknown and not applicable, which are never the same as normal', () => {
    expect(BANDS.filter(isNoEstimate)).toEqual(['not-applicable', 'unknown'])
  })

  test('severely reduced: below 30, dialysis, unstable', () => {
    expect(BANDS.filter(isSeverelyReduced)).toEqual(['15-29', '<15', 'dialysis', 'unstable'])
  })
})
