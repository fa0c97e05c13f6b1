import { minus, plus, shift, times } from '../quantity/decimal.ts'
import type { Comparator } from '../quantity/interval.ts'

/** A number with its unit, as a case writes it. */
export interface Quantity {
  readonly value: number
  readonly unit: string
}

/** What the words of an expression stand for in the case at hand. */
export interface Scope {
  /** the tested number; null where the case tests no threshold */
  readonly limit: Quantity | null
  /** lower and upper limit of the range that applies, in a unit (null: the one that is convenient) */
  readonly rangeLimit: (side: 'low' | 'high', unit: string | null) => Quantity
  /** a threshold of a rule, likewise */
  readonly threshold: (rule: string, key: string, unit: string | null) => Quantity
}

type Term =
  | { readonly kind: 'number'; readonly value: number; readonly unit: string }
  | { readonly kind: 'limit' }
  | { readonly kind: 'range'; readonly side: 'low' | 'high'; readonly unit: string | null }
  | { readonly kind: 'threshold'; readonly rule: string; readonly key: string; readonly unit: string | null }

export interface Expression {
  readonly comparator: Comparator
  readonly first: Term
  readonly then: readonly { readonly operation: 'plus' | 'less' | 'times'; readonly term: Term }[]
}

/** A case that cannot be turned into a record: what is wrong with it, in plain words. */
export class CaseError extends Error {
  override readonly name = 'CaseError'
}

const COMPARATOR = /^(<=|>=|<|>)\s*/u
const OPERATION = /\s+(plus|less|times)\s+/u
const NUMBER = /^(-?\d+(?:\.\d+)?)(?:\s*(\S.*))?$/u
const THRESHOLD = /^([A-Z][A-Z0-9-]+)\.(\w+)(?:\s+(\S.*))?$/u
const RANGE = /^(LLN|ULN)(?:\s+(\S.*))?$/u

/**
 * Reads "0.61 mmol/L", "<0.70 mmol/L", "limit", "ULN plus limit", "4.0 mmol/L less limit", "limit plus 2 h",
 * "MG-LOW.critical less 0.10 mmol/L".
 *
 * @returns null where the text is none of these
 */
export function parseExpression(text: string): Expression | null {
  const plain = text.trim()
  const [sign = ''] = COMPARATOR.exec(plain) ?? []
  const parts = plain.slice(sign.length).split(OPERATION)
  const first = termOf(parts[0] ?? '')
  if (first === null) return null
  const then: Expression['then'][number][] = []
  for (let at = 1; at < parts.length; at += 2) {
    const operation = parts[at]
    const term = termOf(parts[at + 1] ?? '')
    if (term === null || (operation !== 'plus' && operation !== 'less' && operation !== 'times')) return null
    then.push({ operation, term })
  }
  return { comparator: sign.trim() as Comparator, first, then }
}

function termOf(text: string): Term | null {
  if (text === 'limit') return { kind: 'limit' }
  const range = RANGE.exec(text)
  if (range) return { kind: 'range', side: range[1] === 'LLN' ? 'low' : 'high', unit: range[2] ?? null }
  const threshold = THRESHOLD.exec(text)
  if (threshold) {
    const [, rule = '', key = '', unit = null] = threshold
    return { kind: 'threshold', rule, key, unit }
  }
  const number = NUMBER.exec(text)
  return number ? { kind: 'number', value: Number(number[1]), unit: number[2] ?? '' } : null
}

/** Does the expression rest on the tested number? */
export function usesLimit(text: string): boolean {
  const expression = parseExpression(text)
  return (
    expression !== null &&
    [expression.first, ...expression.then.map(({ term }) => term)].some(({ kind }) => kind === 'limit')
  )
}

/**
 * The quantity that an expression states, computed on the printed digits. "plus 20 %" and "less 20 %" are of the
 * quantity itself; hours and days may be mixed.
 *
 * @throws CaseError for a text that is no expression, and for units that do not go together
 */
export function evaluate(text: string, scope: Scope): Quantity & { readonly comparator: Comparator } {
  const expression = parseExpression(text)
  if (expression === null) throw new CaseError(`"${text}" is not understood`)
  // "ULN plus limit": the range is wanted in the unit of what is added to it
  const unit = expression.then.map(({ term }) => unitOf(term, scope)).find((other) => isPlain(other)) ?? null
  let result = termValue(expression.first, scope, unit)
  for (const { operation, term } of expression.then) {
    result = combined(result, operation, termValue(term, scope, null), text)
  }
  return { value: result.value, unit: result.unit, comparator: expression.comparator }
}

function unitOf(term: Term, { limit }: Scope): string {
  return term.kind === 'limit' ? (limit?.unit ?? '') : (term.unit ?? '')
}

/** Not a percentage, a factor ("times the lower limit") or a bare number. */
function isPlain(unit: string): boolean {
  return unit !== '' && unit !== '%' && !unit.startsWith('times ')
}

function termValue(term: Term, scope: Scope, unit: string | null): Quantity {
  const { limit, rangeLimit } = scope
  if (term.kind === 'number') return term
  if (term.kind === 'range') return rangeLimit(term.side, term.unit ?? unit)
  if (term.kind === 'threshold') return scope.threshold(term.rule, term.key, term.unit ?? unit)
  if (limit === null) throw new CaseError('"limit" stands in a case that tests no threshold')
  return limit
}

const HOURS: Readonly<Record<string, number>> = { min: 1 / 60, h: 1, d: 24 }

function combined(a: Quantity, operation: 'plus' | 'less' | 'times', b: Quantity, text: string): Quantity {
  if (operation === 'times') return { value: times(a.value, b.value), unit: a.unit }
  const sum = operation === 'plus' ? plus : minus
  if (b.unit === '%' && a.unit !== '%') {
    return { value: sum(a.value, times(a.value, shift(b.value, -2))), unit: a.unit }
  }
  if (a.unit === b.unit) return { value: sum(a.value, b.value), unit: a.unit }
  if (HOURS[a.unit] !== undefined && HOURS[b.unit] !== undefined) {
    return { value: sum(hoursOf(a), hoursOf(b)), unit: 'h' }
  }
  throw new CaseError(`"${text}": ${a.unit || 'no unit'} and ${b.unit || 'no unit'} do not go together`)
}

/** @throws CaseError for a unit that is no time */
export function hoursOf({ value, unit }: Quantity): number {
  const hours = HOURS[unit]
  if (hours === undefined) throw new CaseError(`${value} ${unit} is no time: min, h or d`)
  return value * hours
}
