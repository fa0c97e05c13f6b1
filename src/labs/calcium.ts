import { isReduced } from '../kidney/band.ts'
import { limitOf } from '../knowledge/limits.ts'
import type { Analyte, Band, Knowledge } from '../knowledge/types.ts'
import type { Patient } from '../patient/patient.ts'
import { type Comparable, passes } from '../quantity/limit.ts'
import { type Clock, hoursBetween } from '../readings/clock.ts'
import { hasExactValue, type Reading } from '../readings/reading.ts'
import { sameSample } from '../readings/sample.ts'
import { adjusted } from './adjusted-calcium.ts'
import type { Judged } from './latest.ts'
import { type Range, type Standing, standing } from './range.ts'

/** The calcium that is judged, with what it rests on (rules.md 1.4). */
export interface JudgedCalcium extends Judged {
  readonly kind: 'ionised' | 'laboratory-adjusted' | 'computed' | 'total'
  /** what is compared: the ionised, adjusted or total value */
  readonly value: Comparable
  readonly analyte: Analyte
  readonly standing: Standing
  /** the total figure beside an adjusted one */
  readonly total: { readonly reading: Reading; readonly standing: Standing } | null
  readonly albumin: Reading | null
  /** why the adjustment cannot be relied on; empty = it can */
  readonly unreliable: readonly string[]
  /** total and adjusted disagree about the range, and nothing settles it */
  readonly uncertain: boolean
  readonly uncertainBecause: readonly string[]
}

export interface CalciumContext {
  readonly patient: Patient
  readonly band: Band
  readonly clock: Clock
  readonly knowledge: Knowledge
  /** usable albumin results, newest first */
  readonly albumins: readonly Reading[]
  /** the total's own range, else the built-in adjusted one */
  readonly adjustedRangeOf: (total: Reading) => Range | null
  readonly rangeOf: (reading: Reading) => Range | null
}

export interface CalciumResults {
  readonly ionised: Judged | null
  readonly laboratoryAdjusted: Judged | null
  readonly total: Judged | null
}

const WITHIN_HOURS = 24

/**
 * The newest sample wins; within 24 h of each other ionised beats laboratory-adjusted beats computed beats
 * total alone.
 */
export function judgedCalcium(results: CalciumResults, context: CalciumContext): JudgedCalcium | null {
  const all = [results.ionised, results.laboratoryAdjusted, results.total].filter((judged) => judged !== null)
  const [first, ...others] = all
  if (!first) return null
  const newest = others.reduce((a, b) => (b.reading.at.from > a.reading.at.from ? b : a), first)
  const isNear = (judged: Judged | null): judged is Judged =>
    judged !== null && hoursBetween(judged.reading.at, newest.reading.at) <= WITHIN_HOURS
  if (isNear(results.ionised)) return plain('ionised', results.ionised)
  if (isNear(results.laboratoryAdjusted))
    return laboratoryAdjusted(results.laboratoryAdjusted, results.total, context)
  if (isNear(results.total)) return computed(results.total, context) ?? plain('total', results.total)
  return null
}

function plain(kind: 'ionised' | 'total', judged: Judged): JudgedCalcium {
  const { reading } = judged
  return {
    ...judged,
    kind,
    value: reading,
    analyte: reading.analyte,
    standing: standing(reading, judged.range, reading.analyte),
    total: null,
    albumin: null,
    unreliable: [],
    uncertain: false,
    uncertainBecause: [],
  }
}

/** Never adjusted again; its own range, else the total's; unreliable and uncertain as a computed one. */
function laboratoryAdjusted(judged: Judged, total: Judged | null, context: CalciumContext): JudgedCalcium {
  const { reading } = judged
  const beside =
    total !== null && Math.abs(hoursBetween(total.reading.at, reading.at)) <= WITHIN_HOURS ? total : null
  const ownRange = judged.range?.low?.source === 'own' || judged.range?.high?.source === 'own'
  const totalRange = beside && hasOwn(beside.range) ? beside.range : null
  const range = ownRange ? judged.range : (totalRange ?? judged.range)
  // the laboratory adjusted with an albumin of its own: one of another day says nothing about it
  const found = albuminFor(reading, context)
  const near = found && found.hours <= WITHIN_HOURS ? found : null
  return settled(
    {
      ...judged,
      range,
      kind: 'laboratory-adjusted',
      value: reading,
      analyte: reading.analyte,
      standing: standing(reading, range, reading.analyte),
      total: beside && {
        reading: beside.reading,
        standing: standing(beside.reading, beside.range, beside.reading.analyte),
      },
      albumin: near?.albumin ?? null,
    },
    near?.hours ?? 0,
    context,
  )
}

function hasOwn(range: Range | null): boolean {
  return range?.low?.source === 'own' || range?.high?.source === 'own'
}

function computed(judged: Judged, context: CalciumContext): JudgedCalcium | null {
  const { reading } = judged
  const near = albuminFor(reading, context)
  const value = near && adjusted(reading, near.albumin)
  if (!near || !value) return null
  const range = context.adjustedRangeOf(reading)
  return settled(
    {
      ...judged,
      range,
      kind: 'computed',
      value,
      analyte: reading.analyte,
      standing: standing(value, range, reading.analyte),
      total: { reading, standing: standing(reading, range, reading.analyte) },
      albumin: near.albumin,
    },
    near.hours,
    context,
  )
}

/** Albumin of the same sample, else the nearest within 24 h, else the nearest within 7 days. */
function albuminFor(
  calcium: Reading,
  { albumins }: CalciumContext,
): { albumin: Reading; hours: number } | null {
  const exact = albumins.filter(hasExactValue)
  const same = exact.find((albumin) => sameSample(albumin, calcium))
  if (same) return { albumin: same, hours: 0 }
  let best: { albumin: Reading; hours: number } | null = null
  for (const albumin of exact) {
    const hours = Math.abs(hoursBetween(albumin.at, calcium.at))
    if (hours <= 7 * 24 && (best === null || hours < best.hours)) best = { albumin, hours }
  }
  return best
}

type Unsettled = Omit<JudgedCalcium, 'unreliable' | 'uncertain' | 'uncertainBecause'>

function settled(judged: Unsettled, albuminHours: number, context: CalciumContext): JudgedCalcium {
  const reduced = isReduced(context.band)
  const unreliable = unreliability(judged.albumin, albuminHours, reduced, context)
  const because = [...unreliable]
  const lowAlbumin = judged.albumin !== null && albuminPasses('albuminLow', judged.albumin, context)
  if (lowAlbumin && !unreliable.some((text) => text.startsWith('albumin is'))) because.push('albumin is low')
  if (reduced) because.push('reduced kidney function')
  const disagree = judged.total !== null && onDifferentSides(judged.total.standing, judged.standing)
  return { ...judged, unreliable, uncertain: disagree && because.length > 0, uncertainBecause: because }
}

/** The limits of what albumin may be for the adjustment are kept with CA-UNCERTAIN. */
function albuminPasses(key: string, albumin: Reading, { knowledge }: CalciumContext): boolean {
  return passes(albumin, limitOf(knowledge, 'CA-UNCERTAIN', key)) === 'yes'
}

function unreliability(
  albumin: Reading | null,
  albuminHours: number,
  reduced: boolean,
  context: CalciumContext,
): string[] {
  const { patient, clock } = context
  const because: string[] = []
  if (albuminHours > WITHIN_HOURS) because.push('albumin of another day')
  if (albumin !== null) {
    if (albuminPasses('albuminVeryLow', albumin, context)) because.push('albumin is very low')
    else if (albuminPasses('albuminHigh', albumin, context)) because.push('albumin is high')
    else if (reduced && albuminPasses('albuminLow', albumin, context)) {
      because.push('albumin is low with reduced kidney function')
    }
  }
  const { conditions, stay } = patient
  if (conditions.counts('nephrotic', clock.today)) because.push('nephrotic syndrome')
  if (stay.intensiveCare || conditions.counts('acute-illness', clock.today)) because.push('acute illness')
  if (conditions.counts('paraprotein', clock.today)) because.push('paraprotein')
  return because
}

/** Different sides of the lower or of the upper limit; a bound that decides nothing is on no side. */
function onDifferentSides(a: Standing, b: Standing): boolean {
  return a !== 'undecided' && b !== 'undecided' && a !== b
}
