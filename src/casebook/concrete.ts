import { ANALYTES, type Knowledge } from '../knowledge/types.ts'
import { minus, plus } from '../quantity/decimal.ts'
import { builtInRow, stageOf } from './built-in-range.ts'
import { CaseError, type Quantity } from './expression.ts'
import { type CaseForm, type ExpectationForm, type FactsForm, holdsLimit } from './form.ts'
import type { RuleCases } from './read.ts'

export const SIDES = ['below', 'on', 'above'] as const
export type Side = (typeof SIDES)[number]

/** One patient to be assessed, with what is expected. */
export interface ConcreteCase {
  /** "critical limit: below, 1.1 mg/dL" */
  readonly title: string
  readonly facts: FactsForm
  /** the tested number: the threshold's, or one step beside it */
  readonly limit: Quantity | null
  readonly expected: ExpectationForm
}

type Written = RuleCases['cases'][number]

/**
 * A case as the patients that it stands for: a whole case is one; a threshold gives one below, on and above in
 * each unit, from the numbers of the loaded knowledge.
 *
 * @throws CaseError if the knowledge has no such threshold or unit
 */
export function concreteCases(
  rule: string,
  base: FactsForm,
  one: Written,
  knowledge: Knowledge,
): readonly ConcreteCase[] {
  const facts = factsOf(base, one)
  const { threshold, expect } = one
  if (threshold === undefined) {
    if (expect === undefined) throw new CaseError('nothing is expected')
    return [{ title: one.name, facts, limit: null, expected: expect }]
  }
  const kept = thresholdValues(rule, facts, threshold, knowledge)
  return unitsOf(one, Object.keys(kept)).flatMap((unit) => {
    const value = kept[unit]
    if (value === undefined) throw new CaseError(`the threshold is not kept in ${unit}`)
    const decimals = decimalsOf(facts, unit, knowledge)
    const step = one.step ?? stepOf(unit, decimals)
    const numbers = { below: minus(value, step), on: value, above: plus(value, step) }
    return SIDES.flatMap((side): ConcreteCase[] => {
      const expected = one[side]
      if (expected === undefined) return []
      const limit = { value: numbers[side], unit }
      return [{ title: `${one.name}: ${side}, ${shown(limit, decimals)}`, facts, limit, expected }]
    })
  })
}

/** The units in which a threshold case runs. */
export function unitsOf(
  { units = 'all' }: Pick<CaseForm, 'units'>,
  kept: readonly string[],
): readonly string[] {
  return units === 'all' ? kept : units
}

function factsOf(base: FactsForm, one: Written): FactsForm {
  const { name, why, threshold, units, step, below, on, above, expect, notJudged, line, ...own } = one
  return { ...base, ...own }
}

function thresholdValues(
  rule: string,
  facts: FactsForm,
  threshold: NonNullable<CaseForm['threshold']>,
  knowledge: Knowledge,
): Readonly<Record<string, number>> {
  if (typeof threshold === 'string') {
    const limit = knowledge.rules.get(rule)?.thresholds[threshold]
    if (!limit) throw new CaseError(`${rule} has no threshold ${threshold}`)
    return limit.values
  }
  if ('window' in threshold) return { d: knowledge.windows[threshold.window] }
  const { range, side } = threshold
  const row = builtInRow(range, stageOf(facts, null), facts, null, knowledge)
  if (!row) throw new CaseError(`no built-in range of ${range}`)
  return row[side]
}

/** Where no analyte's reporting step is meant: a quarter of an hour, six hours, a day of an age, a tenth of a percent. */
const STEPS: Readonly<Record<string, number>> = { h: 0.25, d: 0.25, a: 1 / 365, '%': 0.1 }

/** In how many decimals the tested analyte is reported in that unit; null = what is tested is no result. */
function decimalsOf(facts: FactsForm, unit: string, { analytes }: Knowledge): number | null {
  for (const id of ANALYTES) {
    const decimals = holdsLimit(facts[id]) ? analytes.get(id)?.units.get(unit)?.decimals : undefined
    if (decimals !== undefined) return decimals
  }
  return null
}

/** One step of the last digit in which the analyte is reported. */
function stepOf(unit: string, decimals: number | null): number {
  return decimals === null ? (STEPS[unit] ?? 0.01) : 10 ** -decimals
}

/** With the decimals of the unit at least: a laboratory prints 0.50 mmol/L, not 0.5. */
function shown({ value, unit }: Quantity, decimals: number | null): string {
  const short = Number(value.toFixed(4))
  const [, fraction = ''] = String(short).split('.')
  const isShort = decimals !== null && fraction.length < decimals
  return `${isShort ? short.toFixed(decimals) : short} ${unit}`
}
