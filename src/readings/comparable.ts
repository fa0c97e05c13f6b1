import type { Analyte, AnalyteUnit } from '../knowledge/types.ts'
import { shift } from '../quantity/decimal.ts'
import { type Interval, mapped } from '../quantity/interval.ts'
import { type Comparable, measured, type Unit } from '../quantity/limit.ts'

/** A stated interval in one of the analyte's units as a quantity that can be compared; null = not one of its units. */
export function comparableOf(interval: Interval, unit: Unit, analyte: Analyte): Comparable | null {
  const accepted = analyte.units.get(unit)
  return accepted ? comparableIn(accepted, interval, analyte) : null
}

/** The same in a unit that is known to be one of the analyte's. */
export function comparableIn(accepted: AnalyteUnit, interval: Interval, analyte: Analyte): Comparable {
  const compared = accepted.shift === 0 ? interval : mapped(interval, (value) => shift(value, accepted.shift))
  const own = measured(compared, accepted.comparedIn)
  if (accepted.factor === 1 && accepted.comparedIn === analyte.canonical)
    return { measured: own, canonical: own }
  const canonical = accepted.factor === 1 ? compared : mapped(compared, (value) => value * accepted.factor)
  return { measured: own, canonical: measured(canonical, analyte.canonical) }
}
