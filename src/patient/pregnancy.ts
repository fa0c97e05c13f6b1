import type { Knowledge } from '../knowledge/types.ts'
import type { Clock } from '../readings/clock.ts'
import type { PatientRecord, RawResult } from '../record/record.ts'
import type { When } from '../record/when.ts'
import { type Conditions, hitsOf } from './conditions.ts'

const WEEK = 7
/** a pregnancy lasts at most 42 weeks (rules.md 1.5) */
const LONGEST = 42 * WEEK
/** a due date lies so long after the last period */
const TERM = 40 * WEEK
const DELIVERED_HOURS = 48
const HOUR = 3_600_000

export interface Obstetric {
  readonly pregnant: boolean
  /** delivered at most 48 hours before; counts as pregnant for ranges and kidney status */
  readonly delivered: boolean
}

export interface Pregnancy {
  readonly at: (when: When) => Obstetric
  /** a pregnancy status, due date, condition or delivery is on file at all */
  readonly onFile: boolean
}

/** A day from which, and one up to which, a pregnancy is documented. */
interface Evidence {
  readonly from: number
  readonly to: number
  /** the day on which it was recorded: only what ended later ends this pregnancy */
  readonly recorded: number
}

/**
 * Pregnancy and delivery at a time, from conditions, pregnancy status, due date and gestational age, and what
 * ended it (rules.md 1.5, value-sets.md 2 and 3).
 */
export function pregnancyOf(
  record: PatientRecord,
  conditions: Conditions,
  knowledge: Knowledge,
  clock: Clock,
): Pregnancy {
  const { concepts } = knowledge
  const evidence: Evidence[] = []
  const denials: number[] = []

  for (const { since, weight, raw } of conditions.ever('pregnancy')) {
    // one that has ended without a date could have ended at any time
    if (weight === 'named' || since === null || ((weight === 'past' || raw.abated) && raw.abatement === null))
      continue
    const to = Math.min(since.day + LONGEST, raw.abatement?.lastDay ?? since.day + LONGEST)
    evidence.push({ from: since.day, to, recorded: since.day })
  }
  for (const result of record.results) {
    const { effective } = result
    if (!isValid(result) || effective === null) continue
    for (const { code } of result.code.codings) {
      if (code === concepts.pregnancyStatus.code && result.value.kind === 'coded') {
        const says = result.value.value.codings.map((coding) => coding.code)
        if (says.some((answer) => concepts.pregnancyStatus.pregnant.includes(answer))) {
          evidence.push({ from: effective.day, to: effective.day + LONGEST, recorded: effective.day })
        } else if (says.some((answer) => concepts.pregnancyStatus.notPregnant.includes(answer))) {
          denials.push(effective.day)
        }
      } else if (code === concepts.expectedDelivery.code && result.value.kind === 'time') {
        const due = result.value.value.day
        evidence.push({ from: due - TERM, to: due - 1, recorded: effective.day })
      } else if (code === concepts.gestationalAge.code && result.value.kind === 'quantity') {
        const { value, unit } = result.value
        const text = (unit.code || unit.text).toLowerCase()
        const days = /^(wk|w|week)/u.test(text) ? value * WEEK : /^(d|day)/u.test(text) ? value : null
        if (days !== null && days >= 0 && days <= LONGEST) {
          const begun = effective.day - Math.floor(days)
          evidence.push({ from: begun, to: begun + LONGEST, recorded: effective.day })
        }
      }
    }
  }

  const deliveries = deliveriesOf(record, conditions, knowledge)
  const ends = [
    ...deliveries.map(({ lastDay }) => lastDay),
    ...conditions
      .ever('pregnancy-end')
      .filter(({ weight, since }) => weight !== 'named' && since !== null)
      .map(({ since }) => since?.lastDay ?? 0),
    ...denials,
  ]

  return {
    onFile: evidence.length > 0 || ends.length > 0,
    at: (when) => ({
      pregnant: evidence.some(
        ({ from, to, recorded }) =>
          from <= when.day &&
          when.day <= to &&
          !ends.some(
            (end) =>
              end > recorded && (end < when.day || (end === when.day && deliveredBy(deliveries, when))),
          ),
      ),
      delivered: deliveries.some((delivery) => isWithinHours(delivery, when, DELIVERED_HOURS)),
    }),
  }
  function deliveredBy(all: readonly When[], when: When): boolean {
    return all.some((delivery) => delivery.to <= when.to) || denials.includes(when.day)
  }
  function isWithinHours(event: When, when: When, hours: number): boolean {
    if (event.precision === 'instant' && when.precision === 'instant') {
      return event.from <= when.from && when.from - event.from <= hours * HOUR
    }
    if (event.precision === 'month' || event.precision === 'year') return false
    const days = when.day - event.day
    return days >= 0 && days * 24 <= hours && event.from <= clock.now
  }
}

function deliveriesOf(record: PatientRecord, conditions: Conditions, knowledge: Knowledge): When[] {
  const times = conditions
    .ever('delivered')
    .filter(({ weight }) => weight !== 'named')
    .map(({ since }) => since)
  for (const procedure of record.procedures) {
    if (procedure.status !== 'completed' && procedure.status !== 'in-progress') continue
    if (
      hitsOf(procedure.code, knowledge).some(
        ({ set }) => set.id === 'delivered-procedure' || set.id === 'delivered',
      )
    ) {
      times.push(procedure.end ?? procedure.start)
    }
  }
  return times.filter((time) => time !== null)
}

function isValid({ status, unknownModifier }: RawResult): boolean {
  return unknownModifier === null && ['final', 'amended', 'corrected', 'preliminary'].includes(status)
}
