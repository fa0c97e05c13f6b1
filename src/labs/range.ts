import { adultRangeOf } from '../knowledge/limits.ts'
import type { Analyte, AnalyteId, BuiltInRange, Knowledge } from '../knowledge/types.ts'
import type { Patient } from '../patient/patient.ts'
import { decimalsOf, roundHalfUp } from '../quantity/decimal.ts'
import { anyOf, type Interval, isAbove, isBelow, mapped, type Truth } from '../quantity/interval.ts'
import type { Comparable, Unit } from '../quantity/limit.ts'
import { oncePer } from '../quantity/once.ts'
import type { Reading } from '../readings/reading.ts'
import { type OwnRange, ownRanges, type RefusedRange } from './own-range.ts'

export type RangeSource = 'own' | 'site' | 'built-in'

/** One limit of a range in the unit it was given in. */
export interface Side {
  readonly value: number
  readonly unit: Unit
  readonly source: RangeSource
}

/** The range that applies to a result, each limit with its own source (rules.md 1.2). */
export interface Range {
  readonly low: Side | null
  readonly high: Side | null
  readonly refused: readonly RefusedRange[]
  readonly notes: readonly string[]
}

export type RangeChoice =
  | { readonly ok: true; readonly range: Range }
  | {
      readonly ok: false
      readonly reason: 'no-range-for-age' | 'no-age'
      readonly refused: readonly RefusedRange[]
    }

/** Analytes whose child ranges depend so much on age that an own range must say for which age it is. */
const NEEDS_AGE: ReadonlySet<AnalyteId> = new Set(['phosphate', 'alp'])

/**
 * The range of a result: its own, else the built-in one for age and pregnancy; a side that the own range
 * leaves open comes from the next source.
 *
 * @param builtInAs the analyte whose built-in range is used (the adjusted calcium's for a computed value)
 * @returns no range for a child or pregnant patient where none fits: never an adult one in its place
 */
export function rangeOf(
  reading: Reading,
  patient: Patient,
  knowledge: Knowledge,
  builtInAs: AnalyteId = reading.analyte.id,
): RangeChoice {
  const stage = patient.stageAt(reading.at)
  const obstetric = patient.obstetricAt(reading.at)
  if (stage === 'newborn') return { ok: false, reason: 'no-range-for-age', refused: [] }

  const own = ownRanges(reading, patient, knowledge, {
    stage,
    obstetric,
    needsAge: stage === 'child' && NEEDS_AGE.has(reading.analyte.id),
  })
  const builtIn = builtInRange(builtInAs, reading, stage, obstetric, patient, knowledge)
  const low = ownSide(own.range, 'low') ?? builtInSide(builtIn, 'low', reading)
  const high = ownSide(own.range, 'high') ?? builtInSide(builtIn, 'high', reading)
  if (low === null && high === null) {
    const reason = stage === null ? 'no-age' : 'no-range-for-age'
    return { ok: false, reason, refused: own.refused }
  }
  const notes: string[] = []
  if (own.range?.ageNotStated && stage === 'child') notes.push('age not stated by the laboratory')
  return { ok: true, range: { low, high, refused: own.refused, notes } }
}

function ownSide(own: OwnRange | null, side: 'low' | 'high'): Side | null {
  const bound = own?.[side] ?? null
  return bound === null ? null : { ...bound, source: 'own' }
}

function builtInRange(
  analyte: AnalyteId,
  reading: Reading,
  stage: 'child' | 'adult' | null,
  obstetric: boolean,
  patient: Patient,
  { ranges }: Knowledge,
): readonly BuiltInRange[] {
  if (stage === null) return []
  const applies = obstetric ? 'pregnant' : stage
  const age = patient.ageSpanAt(reading.at)
  return (byAnalyte(ranges).get(analyte) ?? []).filter(
    (range) =>
      range.applies === applies &&
      (range.years === null ||
        (age !== null && age.youngest >= range.years.from && age.oldest < range.years.to)) &&
      (range.sex === null ||
        range.sex === patient.sex ||
        (patient.sex !== 'male' && patient.sex !== 'female')),
  )
}

const byAnalyte = oncePer((ranges: readonly BuiltInRange[]) => Map.groupBy(ranges, ({ analyte }) => analyte))

/**
 * The limit in the result's compared unit, else in the canonical one. Of two rows (sex unknown) the narrower
 * limit is taken.
 */
function builtInSide(rows: readonly BuiltInRange[], side: 'low' | 'high', reading: Reading): Side | null {
  let chosen: Side | null = null
  for (const row of rows) {
    for (const unit of [reading.measured.unit, reading.canonical.unit]) {
      const value = row[side][unit]
      if (value === undefined) continue
      if (chosen === null || (side === 'low' ? value > chosen.value : value < chosen.value)) {
        chosen = { value, unit, source: row.site ? 'site' : 'built-in' }
      }
      break
    }
  }
  return chosen
}

/** The built-in adult range of an analyte in a unit, for telling whether a number looks like that unit. */
export function adultRange(
  analyte: AnalyteId,
  unit: Unit,
  knowledge: Knowledge,
): { low: number; high: number } | null {
  const row = adultRangeOf(knowledge, analyte)
  const low = row?.low[unit]
  const high = row?.high[unit]
  return low === undefined || high === undefined ? null : { low, high }
}

/**
 * A quantity as it is compared with one limit of a range: unchanged in the limit's unit, else converted and
 * rounded half up to the decimals of the range (rules.md 1.3).
 */
export function inUnitOf(side: Side, value: Comparable, analyte: Analyte): Interval {
  const factorOf = (unit: Unit) => analyte.units.get(unit)?.factor ?? 1
  // the same unit, or another name of it (K in mEq/L): nothing is converted, so nothing is rounded
  if (factorOf(value.measured.unit) === factorOf(side.unit)) return value.measured.interval
  const factor = factorOf(side.unit)
  // a limit of 1.0 arrives as 1: its last digit is the step of its unit, never a whole number (rules.md 1.3)
  const decimals = Math.max(decimalsOf(side.value), analyte.units.get(side.unit)?.decimals ?? 0)
  return mapped(value.canonical.interval, (number) => roundHalfUp(tidy(number / factor), decimals))
}

/** Takes the binary dust off a converted number before it is rounded on its printed digits. */
function tidy(value: number): number {
  return Number(value.toPrecision(12))
}

export function isLow(value: Comparable, range: Range | null, analyte: Analyte): Truth {
  if (!range?.low) return 'no'
  return isBelow(inUnitOf(range.low, value, analyte), range.low.value)
}

export function isHigh(value: Comparable, range: Range | null, analyte: Analyte): Truth {
  if (!range?.high) return 'no'
  return isAbove(inUnitOf(range.high, value, analyte), range.high.value)
}

/** Where a value stands in its range; `undecided` where a bound does not tell. */
export type Standing = 'low' | 'in-range' | 'high' | 'undecided'

export function standing(value: Comparable, range: Range | null, analyte: Analyte): Standing {
  const low = isLow(value, range, analyte)
  const high = isHigh(value, range, analyte)
  if (low === 'yes') return 'low'
  if (high === 'yes') return 'high'
  return anyOf(low, high) === 'no' ? 'in-range' : 'undecided'
}
