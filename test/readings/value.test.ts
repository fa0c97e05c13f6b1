import fc from 'fast-check'
import { statedValue } from '../../src/readings/value.ts'
import type { RawValue } from '../../src/record/record.ts'
import { noUnit, quantity, unit } from './small-record.ts'

const text = (stated: string): RawValue => ({ kind: 'text', text: stated })

function stated(value: RawValue) {
  const answer = statedValue(value)
  return answer.ok ? answer.value : answer.reason
}

describe('a value that came as text', () => {
  test.each<[string, number, string]>([
    ['0.845', 0.845, ''],
    ['0,845', 0.845, ''],
    [' 0.62 ', 0.62, ''],
    ['0,3 mmol/L', 0.3, 'mmol/L'],
    ['1.4mg/dL', 1.4, 'mg/dL'],
    ['12', 12, ''],
    ['+2.0', 2, ''],
    ['1,234', 1.234, ''],
  ])(
    '"%s" states %d in "%s": a comma is a decimal point, never a thousands mark',
    (sent, value, sentUnit) => {
      expect(stated(text(sent))).toMatchObject({
        interval: { low: value, high: value },
        comparator: '',
        number: value,
        unit: { text: sentUnit },
      })
    },
  )

  test.each<[string, string, number, boolean]>([
    ['<0.3', '<', 0.3, true],
    ['< 0,3', '<', 0.3, true],
    ['<= 0,3 mmol/L', '<=', 0.3, false],
    ['≤0.3', '<=', 0.3, false],
  ])('"%s" states everything up to its number', (sent, comparator, high, open) => {
    expect(stated(text(sent))).toMatchObject({
      comparator,
      interval: { low: Number.NEGATIVE_INFINITY, high, highOpen: open },
    })
  })

  test.each<[string, string, number, boolean]>([
    ['>60', '>', 60, true],
    ['≥2', '>=', 2, false],
    ['>= 2,0 mmol/L', '>=', 2, false],
  ])('"%s" states everything from its number', (sent, comparator, low, open) => {
    expect(stated(text(sent))).toMatchObject({
      comparator,
      interval: { low, high: Number.POSITIVE_INFINITY, lowOpen: open },
    })
  })

  test.each([
    '1,234.5',
    '1.234,5',
    '1.2.3',
    '0.3-0.5',
    '0.3 - 0.5',
    '0.3–0.5',
    '1 234',
    '',
    ' ',
    'haemolysed',
    'see comment',
    'about 0.6',
    '.5',
    '<',
    '=0.5',
    '< <0.3',
    '<>0.3',
    `0.5 ${'x'.repeat(80)}`,
  ])('"%s" holds no single number', (sent) => {
    expect(stated(text(sent))).toBe('no-value')
  })

  test('any number with a point states the same as with a comma', () => {
    const digits = fc.tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 999 }))
    const sign = fc.constantFrom('', '<', '<=', '>', '>=', '≤', '≥')
    fc.assert(
      fc.property(digits, sign, ([whole, part], comparator) => {
        const point = stated(text(`${comparator}${whole}.${part} mmol/L`))
        expect(point).toEqual(stated(text(`${comparator} ${whole},${part}  mmol/L`)))
        expect(point).toMatchObject({ number: Number(`${whole}.${part}`), unit: { text: 'mmol/L' } })
      }),
    )
  })

  test('no text is too strange to be answered', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (sent) => {
        expect(['ok', 'no-value']).toContain(statedValue(text(sent)).ok ? 'ok' : stated(text(sent)))
      }),
    )
  })
})

describe('a value that came as a number or a range', () => {
  test('a quantity keeps its comparator and its unit', () => {
    expect(stated(quantity(0.3, unit('mmol/L', 'mmol/L'), '<'))).toMatchObject({
      comparator: '<',
      number: 0.3,
      unit: { text: 'mmol/L', code: 'mmol/L' },
      fromText: false,
    })
  })

  test('a range of values is an interval that includes both ends', () => {
    const value = stated({ kind: 'range', low: 0.5, high: 0.7, unit: unit('mmol/L') })
    expect(value).toMatchObject({
      interval: { low: 0.5, high: 0.7, lowOpen: false, highOpen: false },
      number: null,
    })
  })

  test('a range with one limit is open on the other side', () => {
    expect(stated({ kind: 'range', low: 0.5, high: null, unit: noUnit })).toMatchObject({
      interval: { low: 0.5, high: Number.POSITIVE_INFINITY },
    })
    expect(stated({ kind: 'range', low: null, high: 0.7, unit: noUnit })).toMatchObject({
      interval: { low: Number.NEGATIVE_INFINITY, high: 0.7, highOpen: false },
    })
  })

  test('a range without limits, or the wrong way round, is no value', () => {
    expect(stated({ kind: 'range', low: null, high: null, unit: noUnit })).toBe('no-value')
    expect(stated({ kind: 'range', low: 0.8, high: 0.7, unit: noUnit })).toBe('no-value')
  })

  test.each<[string, RawValue, string]>([
    ['nothing', { kind: 'none', because: 'dataAbsentReason unknown' }, 'no-value'],
    ['a code', { kind: 'coded', value: { codings: [], text: 'positive' } }, 'no-value'],
    ['a yes or no', { kind: 'boolean', value: true }, 'no-value'],
    [
      'a comparator that is none of the four',
      { kind: 'not-understood', because: 'ad' },
      'modifier-not-understood',
    ],
  ])('%s states no number', (_, value, reason) => {
    expect(stated(value)).toBe(reason)
  })
})
