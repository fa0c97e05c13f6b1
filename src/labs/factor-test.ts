import { adultRangeOf } from '../knowledge/limits.ts'
import type { Analyte, Knowledge } from '../knowledge/types.ts'
import type { Unit } from '../quantity/limit.ts'

interface Limits {
  readonly low: { readonly value: number; readonly unit: Unit } | null
  readonly high: { readonly value: number; readonly unit: Unit } | null
}

/**
 * Is each limit within a factor of the built-in adult limit, so that range, unit and analyte belong together?
 * (rules.md 1.2: 1.5 for Mg and Ca, 2.5 for phosphate; no test for the others.)
 */
export function passesFactorTest(limits: Limits, analyte: Analyte, knowledge: Knowledge): boolean {
  const { rangeFactor } = analyte
  if (rangeFactor === null) return true
  const adult = adultRangeOf(knowledge, analyte.id)
  const isNear = (limit: Limits['low'], usual: Readonly<Record<Unit, number>> | undefined) => {
    const reference = usual?.[analyte.canonical]
    if (limit === null || reference === undefined) return true
    const ratio = (limit.value * (analyte.units.get(limit.unit)?.factor ?? 1)) / reference
    return ratio <= rangeFactor * (1 + 1e-9) && ratio >= 1 / rangeFactor / (1 + 1e-9)
  }
  return isNear(limits.low, adult?.low) && isNear(limits.high, adult?.high)
}
