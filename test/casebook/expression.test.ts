/** The quantities of a case: numbers, the tested limit, limits of the range, and simple sums on the printed digits. */
import { CaseError, evaluate, parseExpression, type Scope, usesLimit } from '../../src/casebook/expression.ts'

const scope: Scope = {
  limit: { value: 20, unit: '%' },
  rangeLimit: (side, unit) => ({ value: side === 'low' ? 0.7 : 1.1, unit: unit ?? 'mmol/L' }),
  threshold: (_rule, _key, unit) => ({ value: 0.5, unit: unit ?? 'mmol/L' }),
}
const at = (value: number, unit: string): Scope => ({ ...scope, limit: { value, unit } })

test.each([
  ['0.61 mmol/L', scope, { value: 0.61, unit: 'mmol/L', comparator: '' }],
  ['<0.70 mmol/L', scope, { value: 0.7, unit: 'mmol/L', comparator: '<' }],
  ['>=limit', at(2, 'mmol/L'), { value: 2, unit: 'mmol/L', comparator: '>=' }],
  ['90 mL/min/{1.73_m2}', scope, { value: 90, unit: 'mL/min/{1.73_m2}', comparator: '' }],
  ['6.0 %', scope, { value: 6, unit: '%', comparator: '' }],
  ['5.0 mmol/L less limit', scope, { value: 4, unit: 'mmol/L', comparator: '' }],
  ['1.45 mmol/L plus limit', scope, { value: 1.74, unit: 'mmol/L', comparator: '' }],
  ['ULN plus limit', at(0.7, 'mg/dL'), { value: 1.8, unit: 'mg/dL', comparator: '' }],
  ['LLN times limit', at(1.1, 'times the lower limit'), { value: 0.77, unit: 'mmol/L', comparator: '' }],
  ['LLN mg/dL times limit', at(1.1, 'times the lower limit'), { value: 0.77, unit: 'mg/dL', comparator: '' }],
  ['limit plus 2 h', at(30, 'd'), { value: 722, unit: 'h', comparator: '' }],
  ['MG-LOW.critical less 0.10 mmol/L', scope, { value: 0.4, unit: 'mmol/L', comparator: '' }],
])('%s', (text, of, expected) => {
  expect(evaluate(text, of)).toEqual(expected)
})

test.each(['low', '', 'limit plus', '0.61', '<'])('"%s" is no quantity, or one without a unit', (text) => {
  const parsed = parseExpression(text)
  expect(parsed === null || (parsed.first.kind === 'number' && parsed.first.unit === '')).toBe(true)
})

test('units that do not go together are refused', () => {
  expect(() => evaluate('1.0 mmol/L plus 2 h', scope)).toThrow(CaseError)
})

test('only expressions that hold the word use the limit', () => {
  expect(usesLimit('limit plus 2 h')).toBe(true)
  expect(usesLimit('ULN plus 0.1 mmol/L')).toBe(false)
  expect(usesLimit('the critical limit')).toBe(false)
})
