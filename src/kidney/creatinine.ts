import { minus, plus, times } from '../quantity/decimal.ts'
import { type Clock, hoursBetween } from '../readings/clock.ts'
import { canonicalValueOf, exactValueOf, hasExactValue, type Reading } from '../readings/reading.ts'

/** Plain creatinine codes in the order of value-sets.md 5: serum or plasma first. */
const ORDER = ['2160-0', '14682-9', '77140-2', '38483-4', '59826-8', '101475-2', '21232-4']

const RISE = { 'umol/L': 26.5, 'mg/dL': 0.3 } as const
const RECENT_DAYS = 7

/** Why the newest creatinine is not in a steady state; null = no sign of it. */
export interface Instability {
  readonly because: string
  /** the rise is measured against a value of more than a week ago: "acute or progression" */
  readonly baselineDays: number | null
}

/** Plain (not pre- or post-dialysis), exact values, newest first, one for each minute: the best code of it. */
export function plainCreatinines(readings: readonly Reading[]): readonly Reading[] {
  const plain = readings.filter((reading) => reading.code.dialysis === null && hasExactValue(reading))
  const kept: Reading[] = []
  for (const reading of plain) {
    const last = kept.at(-1)
    if (last && last.at.from === reading.at.from) {
      if (rank(reading) < rank(last)) kept[kept.length - 1] = reading
    } else kept.push(reading)
  }
  return kept
}

function rank({ code }: Reading): number {
  const index = ORDER.indexOf(code.code)
  return index < 0 ? ORDER.length : index
}

/**
 * Is the newest creatinine rising or jumping (rules.md 3.1 no. 3)? A rise of 26.5 umol/L (0.3 mg/dL, on the
 * printed digits) in 48 h, 1.5 times the baseline, or more than 25 % between the two newest of a week.
 *
 * @param creatinines plain ones, newest first, none of a diluted sample
 */
export function instabilityOf(creatinines: readonly Reading[], clock: Clock): Instability | null {
  const [newest, ...earlier] = creatinines
  if (!newest || clock.within(newest.at, RECENT_DAYS) !== 'yes') return null
  const last48h = earlier.filter((other) => hoursBetween(other.at, newest.at) <= 48)
  if (last48h.some((other) => hasRisen(other, newest))) {
    return { because: 'creatinine rose within 48 hours', baselineDays: null }
  }
  const lastWeek = earlier.filter((other) => hoursBetween(other.at, newest.at) <= RECENT_DAYS * 24)
  const older =
    lastWeek.length > 0 ? lastWeek : earlier.filter((other) => hoursBetween(other.at, newest.at) <= 365 * 24)
  const { current, others } = inOneUnit(newest, older)
  const baseline = lastWeek.length > 0 ? lowestOf(others) : medianOf(others)
  // on the printed digits: 0.8 to 1.2 mg/dL is 1.5 times (rules.md 1.3)
  if (baseline !== null && Number.isFinite(baseline) && current >= times(baseline, 1.5)) {
    const [previous] = older
    return {
      because: 'creatinine is 1.5 times its baseline or more',
      baselineDays:
        lastWeek.length === 0 && previous ? Math.floor(hoursBetween(previous.at, newest.at) / 24) : null,
    }
  }
  const [previous] = lastWeek
  if (previous) {
    const pair = inOneUnit(newest, [previous])
    const before = pair.others[0] ?? 0
    if (times(Math.abs(minus(pair.current, before)), 4) > before) {
      return { because: 'the two newest creatinine values differ by more than a quarter', baselineDays: null }
    }
  }
  return null
}

/** The values in the unit of the newest where all are printed in it, else all in umol/L. */
function inOneUnit(newest: Reading, others: readonly Reading[]): { current: number; others: number[] } {
  const same = others.every((other) => other.measured.unit === newest.measured.unit)
  const value = same ? exactValueOf : (reading: Reading) => Number(canonicalValueOf(reading).toPrecision(12))
  return { current: value(newest), others: others.map(value) }
}

/** On the printed digits of one unit where both have it, else in umol/L. */
function hasRisen(before: Reading, after: Reading): boolean {
  const { current, others } = inOneUnit(after, [before])
  const unit = before.measured.unit === 'mg/dL' && after.measured.unit === 'mg/dL' ? 'mg/dL' : 'umol/L'
  return minus(current, others[0] ?? current) >= RISE[unit]
}

function lowestOf(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
}

/** The middle value; null of nothing. */
function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : plus(sorted[middle - 1] ?? upper, upper) / 2
}
