import type { JudgedCalcium } from '../labs/calcium.ts'
import { shownReading, shownValueOf } from './show.ts'

/** Which critical limit holds for the figure that is judged. */
export function criticalKey({
  kind,
}: JudgedCalcium): 'criticalAdjusted' | 'criticalIonised' | 'criticalTotal' {
  if (kind === 'ionised') return 'criticalIonised'
  return kind === 'total' ? 'criticalTotal' : 'criticalAdjusted'
}

/** "adjusted 2.34 mmol/L (total 1.98 mmol/L, albumin 22 g/L)"; null for a total alone. */
export function calciumText(calcium: JudgedCalcium): string | null {
  const { kind, value, analyte, total, albumin, reading } = calcium
  if (kind === 'total') return null
  if (kind === 'ionised') return `ionised ${shownReading(reading)}`
  const figure = kind === 'computed' ? shownValueOf(value, analyte) : shownReading(reading)
  const parts = [
    ...(total ? [`total ${shownReading(total.reading)}`] : []),
    ...(albumin && kind === 'computed' ? [`albumin ${shownReading(albumin)}`] : []),
    ...(kind === 'laboratory-adjusted' ? ['by the laboratory'] : []),
  ]
  return `adjusted ${figure}${parts.length > 0 ? ` (${parts.join(', ')})` : ''}`
}

/** The same for the line of the result itself, which names an ionised calcium already. */
export function derivedText(calcium: JudgedCalcium): string | null {
  return calcium.kind === 'ionised' ? null : calciumText(calcium)
}
