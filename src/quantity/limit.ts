import { type Interval, isAbove, isBelow, not, type Truth } from './interval.ts'

/** A canonical unit spelling ("mmol/L", "mg/dL", "mEq/L", "nmol/L" …); spellings of senders are read by readings/. */
export type Unit = string

declare const comparable: unique symbol

/**
 * A quantity that may be compared: the interval in a unit in which limits are kept. Only readings/ (which
 * knows the accepted units of an analyte) and the labs' own formulas make one.
 */
export interface Measured {
  readonly interval: Interval
  readonly unit: Unit
  readonly [comparable]: true
}

export function measured(interval: Interval, unit: Unit): Measured {
  return { interval, unit } as Measured
}

/** How a limit is meant: `below` and `above` exclude the number itself, `atLeast` and `atMost` include it. */
export type Direction = 'below' | 'atMost' | 'above' | 'atLeast'

/** A published limit with its value in every unit it was published in (rules.md 1 no. 2). */
export interface Limit {
  readonly direction: Direction
  readonly values: Readonly<Record<Unit, number>>
  /** id of the source, or "default" for our own judgement */
  readonly source: string
}

/** A quantity in the unit of the report and in the analyte's canonical unit. */
export interface Comparable {
  readonly measured: Measured
  readonly canonical: Measured
}

export function compares(interval: Interval, direction: Direction, value: number): Truth {
  switch (direction) {
    case 'below':
      return isBelow(interval, value)
    case 'atLeast':
      return not(isBelow(interval, value))
    case 'above':
      return isAbove(interval, value)
    case 'atMost':
      return not(isAbove(interval, value))
  }
}

/**
 * Does the quantity pass the limit? Compared in the unit of the report where the limit is kept in it, else in
 * the canonical unit (rules.md 1.3).
 *
 * @throws if the limit is kept in neither unit: `knowledge check` refuses such a limit, so this is a defect.
 */
export function passes(of: Comparable, limit: Limit): Truth {
  for (const { interval, unit } of [of.measured, of.canonical]) {
    const value = limit.values[unit]
    if (value !== undefined) return compares(interval, limit.direction, value)
  }
  throw new Error(`no limit in ${of.measured.unit} or ${of.canonical.unit}`)
}
