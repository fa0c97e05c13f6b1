import type { AllowedCode, Analyte, AnalyteId, AnalyteUnit, Knowledge } from '../knowledge/types.ts'
import { padded } from '../quantity/decimal.ts'
import type { Comparable, Measured } from '../quantity/limit.ts'
import type { Coded, PatientRecord, RawResult, When } from '../record/record.ts'
import type { Clock } from './clock.ts'
import { comparableIn } from './comparable.ts'
import { identify } from './identify.ts'
import { newestToOldest, withoutRepeats } from './order.ts'
import type { Reading, Readings, ReportedValue, Unusable } from './reading.ts'
import type { NotJudgedReason } from './reasons.ts'
import { unitOf } from './unit.ts'
import { type Stated, statedValue } from './value.ts'

/**
 * Every result as a reading, or with the reason why it cannot be one (rules.md 1.1, 1.3, 1.8). Status comes
 * first (an entered-in-error result may hold nothing else), then modifiers, time, value and unit.
 */
export function readResults(record: PatientRecord, knowledge: Knowledge, clock: Clock): Readings {
  const byAnalyte = new Map<AnalyteId, Reading[]>()
  const unusable: Unusable[] = []
  const foreign: Coded[] = []

  for (const raw of record.results) {
    const identity = identify(raw.code, knowledge)
    if (identity.use === 'concept') continue
    if (identity.use === 'foreign') {
      foreign.push(raw.code)
      continue
    }
    if (identity.use === 'unlisted') {
      unusable.push(entry(raw, identity.analyte, 'unlisted-code', identity.detail))
      continue
    }
    if (identity.use === 'refused') {
      const { list, because } = identity.code
      if (list) unusable.push(entry(raw, identity.analyte.id, list, because))
      continue
    }
    const { analyte } = identity
    const read = readingOf(raw, analyte, identity.code, knowledge, clock)
    if (read instanceof Result) {
      const readings = byAnalyte.get(analyte.id)
      if (readings) readings.push(read)
      else byAnalyte.set(analyte.id, [read])
    } else if (read !== null && analyte.readByRules) {
      unusable.push(entry(raw, analyte.id, read.reason, read.detail))
    }
  }

  for (const refused of record.refused) {
    const entry = refusedEntry(refused, knowledge)
    if (entry) unusable.push(entry)
  }

  const sorted = new Map<AnalyteId, readonly Reading[]>()
  const all: Reading[] = []
  for (const [id, readings] of byAnalyte) {
    const ordered = withoutRepeats(newestToOldest(readings))
    sorted.set(id, ordered)
    for (const reading of ordered) all.push(reading)
  }
  const none: readonly Reading[] = []
  return {
    of: (analyte) => sorted.get(analyte) ?? none,
    all,
    unusable,
    foreign,
  }
}

/** A result of one of our analytes: a reading, the reason why it is none, or null for what is never listed. */
function readingOf(
  raw: RawResult,
  analyte: Analyte,
  code: AllowedCode,
  knowledge: Knowledge,
  clock: Clock,
): Result | Problem | null {
  const problem = statusProblem(raw) ?? timeProblem(raw, clock)
  if (problem !== null) return problem
  const stated = statedValue(raw.value)
  if (!stated.ok) return stated
  const unitless = analyte.id === 'egfr' && stated.value.fromText && stated.value.unit.text === ''
  const unit = unitOf(
    unitless ? { text: analyte.canonical, code: '', system: '' } : stated.value.unit,
    analyte,
    knowledge,
  )
  if (!unit.ok) {
    // a urine value is not judged because it is urine, whatever its unit (rules.md 1.8)
    if (analyte.id === 'urine-creatinine') return null
    const isUrine = analyte.id === 'urine-magnesium' || analyte.id === 'urine-calcium'
    return isUrine ? { reason: 'not-serum', detail: 'urine' } : unit
  }
  const comparable = comparableIn(unit.unit, stated.value.interval, analyte)
  // refused above; tells the compiler
  if (raw.effective === null) return null
  return new Result(raw, analyte, code, raw.effective, unit.unit, comparable, stated.value, unitless)
}

/** A class, because there are many of them and few are ever shown. */
class Result implements Reading {
  readonly raw: RawResult
  readonly observation: string | null
  readonly analyte: Analyte
  readonly code: AllowedCode
  readonly at: When
  readonly provisional: boolean
  readonly unit: AnalyteUnit
  readonly measured: Measured
  readonly canonical: Measured
  readonly #stated: Stated
  readonly #unitless: boolean
  #reported: ReportedValue | null = null

  constructor(
    raw: RawResult,
    analyte: Analyte,
    code: AllowedCode,
    at: When,
    unit: AnalyteUnit,
    { measured, canonical }: Comparable,
    stated: Stated,
    unitless: boolean,
  ) {
    this.raw = raw
    this.observation = raw.reference
    this.analyte = analyte
    this.code = code
    this.at = at
    this.provisional = raw.status === 'preliminary'
    this.unit = unit
    this.measured = measured
    this.canonical = canonical
    this.#stated = stated
    this.#unitless = unitless
  }

  get reported(): ReportedValue {
    this.#reported ??= reportedValue(
      this.#stated,
      this.unit.decimals,
      this.#unitless ? '' : shownUnit(this.#stated, this.unit.unit),
    )
    return this.#reported
  }
}

function entry(raw: RawResult, analyte: AnalyteId | null, reason: NotJudgedReason, detail: string): Unusable {
  return { observation: raw.reference, analyte, reason, detail, at: raw.effective }
}

type Problem = { readonly reason: NotJudgedReason; readonly detail: string }

const JUDGED_STATUS = new Set(['final', 'amended', 'corrected', 'preliminary'])

function statusProblem({ status, unknownModifier }: RawResult): Problem | null {
  if (status === 'entered-in-error') return { reason: 'entered-in-error', detail: 'entered in error' }
  if (status === 'cancelled') return { reason: 'cancelled', detail: 'cancelled' }
  if (unknownModifier !== null) {
    return {
      reason: 'modifier-not-understood',
      detail: 'a modifier that this program does not know changes its meaning',
    }
  }
  if (!JUDGED_STATUS.has(status)) {
    return { reason: 'not-final', detail: status === '' ? 'no status was sent' : 'its status is not final' }
  }
  return null
}

function timeProblem({ effective }: RawResult, clock: Clock): Problem | null {
  if (effective === null) return { reason: 'no-date', detail: 'no usable time was sent' }
  switch (clock.liesAhead(effective)) {
    case 'yes':
      return { reason: 'future-dated', detail: 'its time lies in the future' }
    case 'undecided':
      return {
        reason: 'no-date',
        detail: 'only a month or a year was sent, and part of it lies in the future',
      }
    case 'no':
      return null
  }
}

function refusedEntry(refused: PatientRecord['refused'][number], knowledge: Knowledge): Unusable | null {
  const base = { observation: refused.reference, at: null, detail: refused.detail }
  const reason: NotJudgedReason = refused.reason === 'broken' ? 'no-value' : refused.reason
  if (refused.resourceType !== 'Observation') {
    // what is not a result is no result that could not be judged: it is told as incomplete data
    return refused.reason === 'other-patient' ? { ...base, analyte: null, reason } : null
  }
  const identity = identify(refused.code, knowledge)
  const analyte =
    identity.use === 'allowed' || identity.use === 'refused'
      ? identity.analyte.id
      : identity.use === 'unlisted'
        ? identity.analyte
        : null
  return { ...base, analyte, reason }
}

/** What units are written with; anything else (a hostile annotation) is shown by its canonical spelling. */
const UNIT_TEXT = /^[\p{L}\p{N}/%.,^*[\](){}_ µμ²³-]{1,24}$/u

/** The unit as it was sent. */
function shownUnit({ unit }: Stated, canonical: string): string {
  const sent = unit.text !== '' ? unit.text : unit.code
  return UNIT_TEXT.test(sent) ? sent : canonical
}

function reportedValue(stated: Stated, decimals: number, unit: string): ReportedValue {
  // nobody prints 1919.0: a number of four digits before the point is shown as it came
  const show = (value: number) => (Math.abs(value) >= 1000 ? String(value) : padded(value, decimals))
  const { interval, number, comparator } = stated
  const digits =
    number !== null
      ? `${comparator}${show(number)}`
      : !Number.isFinite(interval.low)
        ? `<=${show(interval.high)}`
        : !Number.isFinite(interval.high)
          ? `>=${show(interval.low)}`
          : `${show(interval.low)}-${show(interval.high)}`
  return {
    text: unit === '' ? digits : `${digits} ${unit}`,
    value: number,
    comparator: comparator === '' ? null : comparator,
    unit,
  }
}
