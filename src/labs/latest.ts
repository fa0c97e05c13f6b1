import type { AnalyteId, Knowledge } from '../knowledge/types.ts'
import type { Clock } from '../readings/clock.ts'
import { areTied } from '../readings/order.ts'
import type { Reading, Unusable } from '../readings/reading.ts'
import { passesCritical } from './critical.ts'
import { inUnitOf, type Range, type RangeChoice } from './range.ts'
import type { UnitDoubt } from './unit-doubt.ts'

/** The result that is judged for an analyte. */
export interface Judged {
  readonly reading: Reading
  /** null: none fits, but the value is past an absolute limit (at most a warning) */
  readonly range: Range | null
  /** another result of the same time with another value; both are shown */
  readonly tied: Reading | null
  /** why newer results were passed over */
  readonly newerUnusable: readonly Unusable[]
}

export interface Latest {
  readonly judged: Judged | null
  /** readings that could not be judged, newest first */
  readonly passedOver: readonly Unusable[]
  /** any reading, doubtful or not, lies inside the window */
  readonly anyInWindow: boolean
}

export interface LatestContext {
  readonly clock: Clock
  readonly knowledge: Knowledge
  readonly days: number
  readonly doubtOf: (reading: Reading) => UnitDoubt | null
  readonly rangeOf: (reading: Reading) => RangeChoice
  /** 25(OH)D is judged by limits, without a range */
  readonly needsRange: boolean
  /** unusable results of stage 2, for "a newer result could not be used" */
  readonly unusable: readonly Unusable[]
}

/**
 * Latest first, then the test: the newest reading inside the window that is not doubtful and has a range, or
 * is past a critical limit without one (rules.md 1.1, 1.2). Everything passed over is told with its reason.
 *
 * @param readings newest first
 */
export function latestOf(readings: readonly Reading[], context: LatestContext): Latest {
  const { clock, days, knowledge } = context
  const passedOver: Unusable[] = []
  let judged: Judged | null = null
  let anyInWindow = false
  for (const reading of readings) {
    const inWindow = clock.within(reading.at, days)
    if (inWindow === 'undecided') {
      passedOver.push(unusable(reading, 'no-date', 'its month or year alone does not tell its age'))
      continue
    }
    if (inWindow === 'no') continue
    anyInWindow = true
    const doubt = context.doubtOf(reading)
    if (doubt) {
      passedOver.push(unusable(reading, doubt.reason, doubt.because))
      continue
    }
    if (judged !== null) continue
    const choice = context.rangeOf(reading)
    if (!choice.ok && context.needsRange) {
      passedOver.push(unusable(reading, choice.reason, 'no reference range fits the patient'))
      if (passesCritical(reading, reading.analyte.id, knowledge) !== 'yes') continue
    }
    const range = choice.ok ? choice.range : null
    judged = resolveTie(reading, range, tiedWith(reading, readings, context), context)
  }
  if (judged === null) return { judged, passedOver, anyInWindow }
  if (context.unusable.length === 0 && passedOver.length === 0) return { judged, passedOver, anyInWindow }
  const { at, observation } = judged.reading
  const newerUnusable = [...context.unusable, ...passedOver].filter(
    (other) => other.observation !== observation && other.at !== null && other.at.from > at.from,
  )
  return { judged: { ...judged, newerUnusable }, passedOver, anyInWindow }
}

/** The results behind it in the order that nothing puts behind it, with another value. */
function tiedWith(reading: Reading, readings: readonly Reading[], { doubtOf }: LatestContext): Reading[] {
  const tied: Reading[] = []
  let isBehind = false
  for (const other of readings) {
    if (other === reading) isBehind = true
    else if (isBehind && areTied(reading, other) && differs(reading, other) && doubtOf(other) === null)
      tied.push(other)
  }
  return tied
}

function unusable(reading: Reading, reason: Unusable['reason'], detail: string): Unusable {
  return { observation: reading.observation, analyte: reading.analyte.id, reason, detail, at: reading.at }
}

function differs(a: Reading, b: Reading): boolean {
  const x = a.canonical.interval
  const y = b.canonical.interval
  return x.low !== y.low || x.high !== y.high || x.lowOpen !== y.lowOpen || x.highOpen !== y.highOpen
}

/** Of results that nothing puts in order the one farther outside its range is judged (rules.md 1.1). */
function resolveTie(
  first: Reading,
  firstRange: Range | null,
  tied: readonly Reading[],
  context: LatestContext,
): Judged {
  let best = { reading: first, range: firstRange }
  for (const reading of tied) {
    const choice = context.rangeOf(reading)
    const range = choice.ok ? choice.range : null
    if (outside(reading, range) > outside(best.reading, best.range)) best = { reading, range }
  }
  const other = [first, ...tied].find((reading) => reading !== best.reading) ?? null
  return { ...best, tied: tied.length > 0 ? other : null, newerUnusable: [] }
}

/** How far outside its range, relative to the limit; negative inside. */
function outside(reading: Reading, range: Range | null): number {
  const below = range?.low ? 1 - inUnitOf(range.low, reading, reading.analyte).high / range.low.value : -1
  const above = range?.high ? inUnitOf(range.high, reading, reading.analyte).low / range.high.value - 1 : -1
  return Math.max(below, above)
}

export type JudgedAnalyte = Extract<AnalyteId, 'magnesium' | 'phosphate' | 'vitamin-d-25oh'>
