import { padded, plus, roundHalfUp } from '../quantity/decimal.ts'
import { exactly } from '../quantity/interval.ts'
import { comparableIn } from '../readings/comparable.ts'
import { canonicalValueOf, exactValueOf, hasExactValue, type Reading } from '../readings/reading.ts'
import { sameSample } from '../readings/sample.ts'

/** 25(OH)D readings as they are judged, and the D2 components that no D3 of their sample used. */
export interface VitaminD {
  readonly readings: readonly Reading[]
  readonly unusedD2: readonly Reading[]
  /** sums of D3 and D2 with their parts, for the derived values */
  readonly sums: readonly { readonly sum: Reading; readonly parts: readonly Reading[] }[]
}

/**
 * A total code beats a D3-only code of the same sample; D3-only with a D2 of the same sample is their sum, on
 * the printed digits of one unit; D2 alone is never judged; nothing is summed from a bound (rules.md 1.3).
 */
export function judgedVitaminD(all: readonly Reading[]): VitaminD {
  const totals = all.filter(({ code }) => code.part === 'total' || code.part === null)
  const d2 = all.filter(({ code }) => code.part === 'd2')
  const readings: Reading[] = []
  const sums: { sum: Reading; parts: Reading[] }[] = []
  const used = new Set<Reading>()
  for (const reading of all) {
    if (reading.code.part === 'd2') continue
    if (reading.code.part !== 'd3') {
      readings.push(reading)
      continue
    }
    if (totals.some((total) => sameSample(total, reading))) continue
    const component = d2.find((other) => sameSample(other, reading))
    const sum = component ? sumOf(reading, component) : null
    if (sum && component) {
      used.add(component)
      sums.push({ sum, parts: [reading, component] })
    }
    readings.push(sum ?? reading)
  }
  const unusedD2 = d2.filter((other) => !used.has(other) && !totals.some((total) => sameSample(total, other)))
  return { readings, unusedD2, sums }
}

function sumOf(d3: Reading, d2: Reading): Reading | null {
  if (!hasExactValue(d3) || !hasExactValue(d2)) return null
  const same = d3.measured.unit === d2.measured.unit
  const unit = d3.analyte.units.get(same ? d3.measured.unit : d3.canonical.unit) ?? d3.unit
  const value = same
    ? plus(exactValueOf(d3), exactValueOf(d2))
    : roundHalfUp(plus(tidy(canonicalValueOf(d3)), tidy(canonicalValueOf(d2))), 1)
  const comparable = comparableIn(unit, exactly(value), d3.analyte)
  return {
    raw: d3.raw,
    observation: d3.observation,
    analyte: d3.analyte,
    code: d3.code,
    at: d3.at,
    provisional: d3.provisional || d2.provisional,
    ...comparable,
    unit,
    reported: {
      text: `${padded(value, unit.decimals)} ${unit.unit} (D3 ${d3.reported.text} + D2 ${d2.reported.text})`,
      value,
      comparator: null,
      unit: unit.unit,
    },
  }
}

function tidy(value: number): number {
  return Number(value.toPrecision(12))
}
