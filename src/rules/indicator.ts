/** CDS Hooks indicators, in rising order of urgency. */
export const INDICATORS = ['info', 'warning', 'critical'] as const
export type Indicator = (typeof INDICATORS)[number]

/** Negative if `a` is less urgent than `b`. */
export function compareIndicators(a: Indicator, b: Indicator): number {
  return INDICATORS.indexOf(a) - INDICATORS.indexOf(b)
}

export function highest(indicators: readonly Indicator[]): Indicator {
  return indicators.reduce((a, b) => (compareIndicators(a, b) >= 0 ? a : b), 'info')
}
