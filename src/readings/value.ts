import { between, bounded, type Comparator, exactly, type Interval } from '../quantity/interval.ts'
import type { RawUnit, RawValue } from '../record/record.ts'

/** A value as it was stated: an interval of plain numbers, the text it was stated in, and the unit given with it. */
export interface Stated {
  readonly interval: Interval
  readonly comparator: Comparator
  /** the number as printed, for showing: null for a range of values */
  readonly number: number | null
  readonly unit: RawUnit
  /** the value came as text ("<10 nmol/L"): its unit may be left out for eGFR */
  readonly fromText: boolean
}

export type StatedValue =
  | { readonly ok: true; readonly value: Stated }
  | { readonly ok: false; readonly reason: 'no-value' | 'modifier-not-understood'; readonly detail: string }

const NO_UNIT: RawUnit = { text: '', code: '', system: '' }

/** comparator, number with decimal point or comma, whatever follows as unit */
const STATEMENT = /^\s*(<=|>=|<|>|≤|≥)?\s*([+-]?\d+(?:[.,]\d+)?)\s*(\S.*)?$/u

const COMPARATORS: Readonly<Record<string, Comparator>> = { '≤': '<=', '≥': '>=' }

/**
 * What a sent value states. Text is read in the forms "0.3", "<0.3", "<= 0,3 mmol/L" (a comma is a decimal
 * point, never a thousands mark: labs.md 1.2); anything else is no value.
 */
export function statedValue(value: RawValue): StatedValue {
  switch (value.kind) {
    case 'quantity':
      return {
        ok: true,
        value: {
          interval: bounded(value.comparator, value.value),
          comparator: value.comparator,
          number: value.value,
          unit: value.unit,
          fromText: false,
        },
      }
    case 'range':
      return statedRange(value)
    case 'text':
      return statedText(value.text)
    case 'none':
      return { ok: false, reason: 'no-value', detail: value.because }
    case 'not-understood':
      return { ok: false, reason: 'modifier-not-understood', detail: value.because }
    case 'coded':
    case 'boolean':
    case 'time':
      return { ok: false, reason: 'no-value', detail: 'the result is not a number' }
  }
}

function statedRange(value: RawValue & { kind: 'range' }): StatedValue {
  const { low, high, unit } = value
  if (low === null && high === null)
    return { ok: false, reason: 'no-value', detail: 'a range without limits' }
  if (low !== null && high !== null && low > high) {
    return { ok: false, reason: 'no-value', detail: 'a range whose lower limit is above the upper one' }
  }
  const interval =
    low !== null && high !== null
      ? between(low, high)
      : low !== null
        ? bounded('>=', low)
        : bounded('<=', high ?? 0)
  return { ok: true, value: { interval, comparator: '', number: null, unit, fromText: false } }
}

function statedText(text: string): StatedValue {
  const match = text.length <= 60 ? STATEMENT.exec(text) : null
  if (!match) return { ok: false, reason: 'no-value', detail: 'the text holds no single number' }
  const [, sign = '', digits = '', unit = ''] = match
  // a second number or separator behind the first ("1,234.5", "0.3-0.5", "1.2.3") is no unit
  if (/^[.,\-–+\d]/u.test(unit)) {
    return { ok: false, reason: 'no-value', detail: 'the text holds no single number' }
  }
  const comparator = COMPARATORS[sign] ?? (sign as Comparator)
  const number = Number(digits.replace(',', '.'))
  return {
    ok: true,
    value: {
      interval: comparator === '' ? exactly(number) : bounded(comparator, number),
      comparator,
      number,
      unit: unit === '' ? NO_UNIT : { text: unit.trim(), code: '', system: '' },
      fromText: true,
    },
  }
}
