import type { Facts } from '../labs/facts.ts'
import { type Range, standing } from '../labs/range.ts'
import { roundHalfUp } from '../quantity/decimal.ts'
import { canonicalValueOf, hasExactValue, type Reading } from '../readings/reading.ts'
import { isoDay } from '../record/calendar.ts'
import type { Assessment, DerivedView, KidneyView, RangeView, ResultView } from './assessment.ts'

/** The parts of the answer that only retell the facts (design/assessment.md). */

export function patientView({ patient, clock }: Facts): Assessment['patient'] {
  const instant = { precision: 'instant' as const, from: clock.now, to: clock.now }
  const today = { ...instant, day: clock.today, lastDay: clock.today, text: '' }
  return {
    id: patient.id,
    sex: patient.sex,
    ageYears: patient.age,
    pregnant: patient.pregnancy.at(today).pregnant,
    inpatient: patient.stay.inpatient,
    notOnFile: patient.notOnFile,
  }
}

export function kidneyView({ kidney, clock }: Facts): KidneyView {
  const { estimate } = kidney
  return {
    band: kidney.band,
    value: estimate?.shown ?? null,
    unit: estimate ? 'mL/min/{1.73_m2}' : null,
    method: kidney.method,
    date: estimate ? isoDay(estimate.reading.at.day) : null,
    ageDays: estimate ? clock.today - estimate.reading.at.day : null,
    confidence: kidney.confidence,
    flags: kidney.flags,
    basis: kidney.basis,
    otherEvidence: kidney.otherEvidence,
    estimates: (estimate?.estimates ?? []).map((value) => roundHalfUp(Number(value.toPrecision(12)), 2)),
  }
}

export function rangeView(range: Range | null): RangeView | null {
  if (range === null) return null
  const unit = range.low?.unit ?? range.high?.unit ?? ''
  return {
    low: range.low?.value ?? null,
    high: range.high?.value ?? null,
    unit,
    lowSource: range.low?.source ?? 'none',
    highSource: range.high?.source ?? 'none',
  }
}

export function resultViews(facts: Facts): ResultView[] {
  const judged = new Map<Reading, readonly string[]>()
  const mark = (reading: Reading | undefined, notes: readonly string[]) => {
    if (reading) judged.set(reading, notes)
  }
  for (const item of [facts.magnesium, facts.phosphate, facts.vitaminD, facts.calcium]) {
    if (!item) continue
    const reasons = [...new Set(item.newerUnusable.map(({ reason }) => reason))]
    mark(item.reading, reasons.length > 0 ? [`a newer result could not be used (${reasons.join(', ')})`] : [])
  }
  const doubtful = new Set(facts.doubts.map(({ reading }) => reading))
  return facts.readings.all
    .filter((reading) => !doubtful.has(reading) && facts.isUsable(reading))
    .map((reading) => resultView(reading, judged.get(reading) ?? null, facts))
}

function resultView(reading: Reading, judgedNotes: readonly string[] | null, facts: Facts): ResultView {
  const range = reading.analyte.id === 'vitamin-d-25oh' ? null : facts.rangeOf(reading)
  const { low, high } = reading.canonical.interval
  const refused = (range?.refused ?? []).map(({ reason }) => `own range refused: ${reason}`)
  const notes = [...(judgedNotes ?? []), ...(range?.notes ?? []), ...refused]
  const flag = reading.raw.interpretation[0] ?? null
  const stands = standing(reading, range, reading.analyte)
  if (flag !== null) notes.push(flagNote(flag, stands))
  return {
    observation: reading.observation,
    analyte: reading.analyte.id,
    judged: judgedNotes !== null,
    reading: readingOf(reading, range, stands, facts),
    reported: reading.reported,
    canonical: {
      low: Number.isFinite(low) ? tidy(low) : null,
      high: Number.isFinite(high) ? tidy(high) : null,
      unit: reading.canonical.unit,
    },
    effective: reading.at.text,
    status: reading.raw.status,
    provisional: reading.provisional,
    range: rangeView(range),
    labFlag: flag,
    notes,
  }
}

/** Against its range; 25(OH)D against the span of 30 to 250 nmol/L in its own unit (design/assessment.md). */
function readingOf(
  reading: Reading,
  range: Range | null,
  stands: ReturnType<typeof standing>,
  { knowledge }: Facts,
): ResultView['reading'] {
  let result = stands
  if (reading.analyte.id === 'vitamin-d-25oh') {
    const unit = reading.measured.unit
    const low = knowledge.rules.get('VITD-LOW')?.thresholds.low?.values[unit]
    const high = knowledge.rules.get('VITD-HIGH')?.thresholds.high?.values[unit]
    const side = (value: number | undefined) =>
      value === undefined ? null : { value, unit, source: 'built-in' as const }
    result = standing(reading, { low: side(low), high: side(high), refused: [], notes: [] }, reading.analyte)
  } else if (range === null) return null
  if (result === 'low' && !hasExactValue(reading)) return 'below-limit'
  if (result === 'high' && !hasExactValue(reading)) return 'above-limit'
  return result
}

function flagNote(flag: string, stands: string): string {
  const says = /^(?:L|LL|LU|L<|<)$/u.test(flag)
    ? 'low'
    : /^(?:H|HH|HU|H>|>)$/u.test(flag)
      ? 'high'
      : flag === 'N'
        ? 'in-range'
        : null
  if (says === null || stands === 'undecided') return 'lab flag shown, not judged'
  return says === stands ? 'lab flag agrees' : 'lab flag contradicts this reading'
}

export function derivedViews(facts: Facts): DerivedView[] {
  const views: DerivedView[] = []
  const ids = (readings: readonly Reading[]) =>
    readings.map(({ observation }) => observation).filter((id) => id !== null)
  const { calcium } = facts
  if (calcium?.kind === 'computed') {
    views.push({
      name: 'adjusted calcium',
      value: calcium.value.measured.interval.low,
      unit: calcium.value.measured.unit,
      from: ids([calcium.reading, ...(calcium.albumin ? [calcium.albumin] : [])]),
      reliable: calcium.unreliable.length === 0,
    })
  }
  const [femg] = facts.femgs
  if (femg?.computed) {
    views.push({ name: 'FEMg', value: tidy(femg.percent), unit: '%', from: ids(femg.from), reliable: true })
  }
  for (const { sum, parts } of facts.sums) {
    views.push({
      name: '25(OH)D2 + D3',
      value: canonicalValueOf(sum),
      unit: sum.canonical.unit,
      from: ids(parts),
      reliable: true,
    })
  }
  return views
}

function tidy(value: number): number {
  return Number(value.toPrecision(12))
}
