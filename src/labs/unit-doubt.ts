import { isSeverelyReduced } from '../kidney/band.ts'
import type { Analyte, AnalyteId, AnalyteUnit, Band, Knowledge, MixUpZone } from '../knowledge/types.ts'
import { exactly } from '../quantity/interval.ts'
import type { Comparable, Unit } from '../quantity/limit.ts'
import { daysBetween } from '../readings/clock.ts'
import { comparableIn, comparableOf } from '../readings/comparable.ts'
import { exactValueOf, hasExactValue, type Reading, type Readings } from '../readings/reading.ts'
import type { RawBound } from '../record/record.ts'
import { passesCritical } from './critical.ts'
import { passesFactorTest } from './factor-test.ts'
import { boundsOf } from './own-range.ts'
import { isImplausible, zoneOf } from './plausible.ts'
import { adultRange } from './range.ts'
import { boundsInText } from './range-text.ts'

/** What a doubtful number might be in another unit or of another analyte. */
export interface AnotherReading {
  readonly analyte: Analyte
  readonly unit: Unit
  readonly value: Comparable
}

/** A judged analyte's result whose unit cannot be trusted (rules.md 4.3). */
export interface UnitDoubt {
  readonly reading: Reading
  readonly reason: 'unit-doubtful' | 'implausible-value'
  readonly because: 'hard limits' | 'mix-up zone' | 'own range fits another unit'
  readonly couldBe: readonly AnotherReading[]
  /** one of the readings, or the printed one if plausible, passes a critical limit */
  readonly couldBeCritical: boolean
}

export interface DoubtContext {
  readonly readings: Readings
  readonly band: Band
  readonly hasRecentMagnesiumSource: (reading: Reading) => boolean
  readonly unitsVerified: boolean
  readonly knowledge: Knowledge
}

/** Is the unit of this Mg, Ca, P or 25(OH)D in doubt? Never asked of a bound. */
export function unitDoubt(reading: Reading, context: DoubtContext): UnitDoubt | null {
  if (!hasExactValue(reading)) return null
  const { knowledge } = context
  const implausible = isImplausible(reading)
  const zone = zoneOf(reading)
  if (implausible) {
    const couldBe = zone === null ? [] : zoneReadings(reading, zone, knowledge)
    return {
      reading,
      reason: 'implausible-value',
      because: 'hard limits',
      couldBe,
      couldBeCritical: anyCritical(couldBe, knowledge),
    }
  }
  const couldBe =
    zone !== null && !isSkipped(zone, reading, context)
      ? zoneReadings(reading, zone, knowledge)
      : otherUnitOfItsRange(reading, knowledge)
  if (couldBe.length === 0) return null
  return {
    reading,
    reason: 'unit-doubtful',
    because:
      zone !== null && !isSkipped(zone, reading, context) ? 'mix-up zone' : 'own range fits another unit',
    couldBe,
    couldBeCritical:
      anyCritical(couldBe, knowledge) || passesCritical(reading, reading.analyte.id, knowledge) === 'yes',
  }
}

function anyCritical(couldBe: readonly AnotherReading[], knowledge: Knowledge): boolean {
  return couldBe.some(({ analyte, value }) => passesCritical(value, analyte.id, knowledge) === 'yes')
}

function zoneReadings(reading: Reading, zone: MixUpZone, knowledge: Knowledge): AnotherReading[] {
  return zone.couldBe
    .map(({ analyte, unit }) => readAs(exactValueOf(reading), unit, analyte, knowledge))
    .filter((other) => other !== null)
}

function readAs(value: number, unit: Unit, id: AnalyteId, knowledge: Knowledge): AnotherReading | null {
  const analyte = knowledge.analytes.get(id)
  const comparable = analyte ? comparableOf(exactly(value), unit, analyte) : null
  return analyte && comparable ? { analyte, unit, value: comparable } : null
}

function isSkipped(zone: MixUpZone, reading: Reading, context: DoubtContext): boolean {
  if (zone.skippedWhenClearanceIsLow && isSeverelyReduced(context.band)) return true
  if (zone.skippedWithMagnesiumSource && context.hasRecentMagnesiumSource(reading)) return true
  if (zone.alwaysAsked) return false
  return (
    context.unitsVerified || hasConfirmingRange(reading, context.knowledge) || isConfirmed(reading, context)
  )
}

/** (a) an own range that passes the factor test, accepted for the patient or not, confirms unit and analyte. */
function hasConfirmingRange(reading: Reading, knowledge: Knowledge): boolean {
  return reading.raw.ranges.some((raw) => {
    if (raw.unknownModifier !== null) return false
    const bounds = boundsOf(raw, reading, knowledge)
    if (!bounds.ok || !passesFactorTest(bounds, reading.analyte, knowledge)) return false
    // a range that says another unit than the result speaks against the result's unit, not for it
    return (bounds.low ?? bounds.high)?.unit === reading.measured.unit
  })
}

/** (b) another valid result in the same unit, on another day within a year, inside the adult range [default]. */
function isConfirmed(reading: Reading, { readings, knowledge }: DoubtContext): boolean {
  const usual = adultRange(reading.analyte.id, reading.measured.unit, knowledge)
  if (usual === null) return false
  return readings
    .of(reading.analyte.id)
    .some(
      (other) =>
        other.measured.unit === reading.measured.unit &&
        other.at.day !== reading.at.day &&
        Math.abs(daysBetween(other.at, reading.at)) <= 365 &&
        other.measured.interval.low >= usual.low &&
        other.measured.interval.high <= usual.high,
    )
}

/**
 * The own range was refused by the factor test, and its printed numbers read in exactly one other accepted unit
 * would pass it: then the result is probably in that unit too.
 */
function otherUnitOfItsRange(reading: Reading, knowledge: Knowledge): readonly AnotherReading[] {
  const { analyte, raw: result } = reading
  if (result.ranges.length === 0 || analyte.rangeFactor === null) return NONE
  for (const raw of result.ranges) {
    const bounds = boundsOf(raw, reading, knowledge)
    if (!bounds.ok || raw.unknownModifier !== null || passesFactorTest(bounds, analyte, knowledge)) continue
    const printed = raw.low === null && raw.high === null ? boundsInText(raw.text) : raw
    const fitting = [...analyte.units.values()].filter((unit) => {
      const inUnit = (bound: RawBound | null | undefined) =>
        bound ? limitIn(bound.value, unit, analyte) : null
      return passesFactorTest({ low: inUnit(printed?.low), high: inUnit(printed?.high) }, analyte, knowledge)
    })
    const [only] = fitting
    if (fitting.length === 1 && only && only.unit !== reading.unit.unit) {
      // asked last: the printed value of a result is put together for few of them
      const { value } = reading.reported
      const other = value === null ? null : readAs(value, only.unit, analyte.id, knowledge)
      if (other) return [other]
    }
  }
  return NONE
}

const NONE: readonly AnotherReading[] = []

function limitIn(value: number, unit: AnalyteUnit, analyte: Analyte): { value: number; unit: Unit } {
  const { measured } = comparableIn(unit, exactly(value), analyte)
  return { value: measured.interval.low, unit: measured.unit }
}
