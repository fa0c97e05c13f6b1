import fc from 'fast-check'
import type { RawResult } from '../../src/record/record.ts'
import { ago, dayAgo, daysAgo, NOW, range, result, type Story, stagesOf } from '../readings/small-record.ts'

const facts = (results: readonly RawResult[], story: Story = {}) => stagesOf({ ...story, results }).facts
const mg = (value: number, at: string, over = {}) =>
  result('Mg', value, { id: `mg-${value}-${at}`, at, ...over })
const shown = (results: readonly RawResult[]) => facts(results).magnesium?.reading.reported.text ?? null

describe('the window', () => {
  test('90 days for Mg, to the millisecond', () => {
    const at = (ms: number) => new Date(NOW.getTime() - 90 * 86_400_000 + ms).toISOString()
    expect(shown([mg(0.6, at(0))])).toBe('0.60 mmol/L')
    expect(shown([mg(0.6, at(-1))])).toBeNull()
    expect(shown([mg(0.6, dayAgo(90))])).toBe('0.60 mmol/L')
    expect(shown([mg(0.6, dayAgo(91))])).toBeNull()
  })

  test('365 days for 25(OH)D', () => {
    expect(facts([result('D', 20, { at: dayAgo(365) })]).vitaminD).not.toBeNull()
    expect(facts([result('D', 20, { at: dayAgo(366) })]).vitaminD).toBeNull()
  })

  test('the newest is listed as too old, only if none of its kind is inside', () => {
    const tooOld = (results: readonly RawResult[]) =>
      facts(results)
        .unusable.filter(({ reason }) => reason === 'too-old')
        .map(({ observation }) => observation)
    expect(tooOld([mg(0.6, dayAgo(91)), mg(0.7, dayAgo(200))])).toEqual([`Observation/mg-0.6-${dayAgo(91)}`])
    expect(tooOld([mg(0.6, dayAgo(5)), mg(0.7, dayAgo(200))])).toEqual([])
    expect(tooOld([result('K', 4, { at: dayAgo(200) })])).toEqual([])
  })

  test('a month that is partly inside does not tell', () => {
    expect(facts([mg(0.6, '2026-08')]).unusable.map(({ reason }) => reason)).toContain('no-date')
    expect(shown([mg(0.6, '2026-09')])).toBe('0.60 mmol/L')
  })
})

describe('the newest that can be used', () => {
  test('a newer doubtful one is passed over, and said to be', () => {
    const { magnesium } = facts([mg(1.8, ago(2)), mg(0.62, ago(50))])
    expect(magnesium?.reading.reported.text).toBe('0.62 mmol/L')
    expect(magnesium?.newerUnusable.map(({ reason }) => reason)).toEqual(['unit-doubtful'])
  })

  test('so is a newer cancelled one, or one without a unit', () => {
    const { magnesium } = facts([
      mg(0.9, ago(2), { status: 'cancelled' }),
      mg(0.9, ago(3), { unit: '' }),
      mg(0.62, ago(50)),
    ])
    expect(magnesium?.newerUnusable.map(({ reason }) => reason).sort()).toEqual(['cancelled', 'no-unit'])
  })

  test('an older unusable one is not named', () => {
    expect(
      facts([mg(0.62, ago(2)), mg(0.9, ago(50), { status: 'cancelled' })]).magnesium?.newerUnusable,
    ).toEqual([])
  })

  test('what was never judged for its range is listed', () => {
    const { phosphate, unusable } = facts([result('P', 1.3)], { birth: '2018-05-01' })
    expect(phosphate).toBeNull()
    expect(unusable.map(({ reason }) => reason)).toContain('no-range-for-age')
  })
})

describe('two different values of one time', () => {
  test('the one farther outside its range is judged, and the other is kept beside it', () => {
    const at = ago(5)
    const low = facts([mg(0.6, at), mg(0.8, at)]).magnesium
    expect([low?.reading.reported.text, low?.tied?.reported.text]).toEqual(['0.60 mmol/L', '0.80 mmol/L'])
    const high = facts([mg(0.69, at), mg(1.25, at)]).magnesium
    expect([high?.reading.reported.text, high?.tied?.reported.text]).toEqual(['1.25 mmol/L', '0.69 mmol/L'])
  })

  test('a later report decides without a tie', () => {
    const at = ago(5)
    const judged = facts([mg(0.6, at, { issuedAt: ago(4) }), mg(0.8, at, { issuedAt: ago(3) })]).magnesium
    expect([judged?.reading.reported.text, judged?.tied]).toEqual(['0.80 mmol/L', null])
  })

  test('farther outside each by its own range', () => {
    const at = ago(5)
    const judged = facts([mg(0.68, at), mg(0.72, at, { ranges: [range(0.8, 1.1)] })]).magnesium
    expect(judged?.reading.reported.text).toBe('0.72 mmol/L')
  })

  test('in any order of arrival', () => {
    const values = fc.uniqueArray(fc.integer({ min: 50, max: 125 }), { minLength: 2, maxLength: 4 })
    fc.assert(
      fc.property(values, (list) => {
        const results = list.map((value) => mg(value / 100, ago(5)))
        const answer = (all: readonly RawResult[]) => facts(all).magnesium?.reading.reported.text
        expect(answer(results.toReversed())).toBe(answer(results))
      }),
    )
  })
})

describe('earlier results', () => {
  test('the order of arrival never changes what is judged', () => {
    const pool = [
      mg(0.6, ago(5)),
      mg(0.7, daysAgo(20)),
      mg(1.8, ago(3)),
      mg(0.65, daysAgo(95)),
      mg(0.9, ago(4)),
    ]
    const answer = (all: readonly RawResult[]) => {
      const { magnesium, unusable } = facts(all)
      return [
        magnesium?.reading.reported.text,
        unusable.map(({ observation, reason }) => `${observation} ${reason}`).sort(),
      ]
    }
    fc.assert(
      fc.property(fc.shuffledSubarray(pool, { minLength: pool.length }), (shuffled) => {
        expect(answer(shuffled)).toEqual(answer(pool))
      }),
    )
  })
})
