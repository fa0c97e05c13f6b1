import { limitOf } from '../knowledge/limits.ts'
import type { AnalyteId, Knowledge } from '../knowledge/types.ts'
import { anyOf, type Truth } from '../quantity/interval.ts'
import { type Comparable, type Limit, passes } from '../quantity/limit.ts'

/**
 * The critical limits of the judged analytes (rules.md 4.1), kept once in the rule that grades by them. A
 * total calcium is held against the adjusted calcium's.
 */
export function criticalLimits(analyte: AnalyteId, knowledge: Knowledge): readonly Limit[] {
  const limit = (rule: string, key: string) => limitOf(knowledge, rule, key)
  switch (analyte) {
    case 'magnesium':
      return [limit('MG-LOW', 'critical'), limit('MG-HIGH', 'critical')]
    case 'calcium':
    case 'calcium-adjusted':
      return [limit('CA-LOW', 'criticalAdjusted'), limit('CA-HIGH', 'criticalAdjusted')]
    case 'calcium-ionised':
      return [limit('CA-LOW', 'criticalIonised'), limit('CA-HIGH', 'criticalIonised')]
    case 'phosphate':
      return [limit('P-LOW', 'critical')]
    default:
      return []
  }
}

export function passesCritical(value: Comparable, analyte: AnalyteId, knowledge: Knowledge): Truth {
  return anyOf('no', ...criticalLimits(analyte, knowledge).map((limit) => passes(value, limit)))
}
