import type { Knowledge } from '../knowledge/types.ts'
import type { Patient } from '../patient/patient.ts'
import { shift } from '../quantity/decimal.ts'
import type { Unit } from '../quantity/limit.ts'
import type { Reading } from '../readings/reading.ts'
import { unitOf } from '../readings/unit.ts'
import type { Coded, RawBound, RawRange, RawUnit } from '../record/record.ts'
import { passesFactorTest } from './factor-test.ts'
import { reachesAge, startsAt, withinAge } from './range-age.ts'
import { boundsInText } from './range-text.ts'

export interface OwnBound {
  readonly value: number
  readonly unit: Unit
}

/** The laboratory's own range, in the units in which limits are compared. */
export interface OwnRange {
  readonly low: OwnBound | null
  readonly high: OwnBound | null
  readonly ageNotStated: boolean
}

export interface RefusedRange {
  readonly reason: string
}

export interface OwnRanges {
  readonly range: OwnRange | null
  readonly refused: readonly RefusedRange[]
}

interface Candidate extends OwnRange {
  readonly fit: Fit
  readonly startsAt: number
}

/** How far age and appliesTo say that a range is for this patient. */
interface Fit {
  readonly ok: boolean
  readonly why: string
  readonly forPregnancy: boolean
  readonly namesAge: boolean
  /** how many of age and appliesTo are stated */
  readonly specific: number
}

const NO_RANGE: OwnRanges = { range: null, refused: [] }

/** Which own range of a result is accepted, and why the others are not (rules.md 1.2). */
export function ownRanges(
  reading: Reading,
  patient: Patient,
  knowledge: Knowledge,
  need: { stage: 'child' | 'adult' | null; obstetric: boolean; needsAge: boolean },
): OwnRanges {
  if (reading.raw.ranges.length === 0 || reading.analyte.id === 'vitamin-d-25oh') return NO_RANGE
  const refused: RefusedRange[] = []
  const accepted: Candidate[] = []
  for (const raw of reading.raw.ranges) {
    const reason = refusal(raw)
    if (reason !== null) {
      refused.push({ reason })
      continue
    }
    const bounds = boundsOf(raw, reading, knowledge)
    if (!bounds.ok) {
      refused.push({ reason: bounds.reason })
      continue
    }
    const fit = fitOf(raw, reading, patient, knowledge)
    if (!fit.ok) refused.push({ reason: fit.why })
    else if (need.obstetric && !fit.forPregnancy) refused.push({ reason: 'not stated to be for pregnancy' })
    else if (!need.obstetric && fit.forPregnancy) refused.push({ reason: 'meant for pregnancy' })
    else if (need.needsAge && fit.specific === 0) refused.push({ reason: 'age not stated by the laboratory' })
    else if (!passesFactorTest(bounds, reading.analyte, knowledge)) {
      refused.push({ reason: 'too far from the usual adult limits to be of this test and unit' })
    } else accepted.push({ ...bounds, ageNotStated: !fit.namesAge, fit, startsAt: startsAt(raw) })
  }
  if (accepted.length < 2) return { range: accepted[0] ?? null, refused }
  const most = greatest(accepted.map(({ fit }) => fit.specific))
  const fitting = accepted.filter(({ fit }) => fit.specific === most)
  const latestStart = greatest(fitting.map(({ startsAt: start }) => start))
  const best = fitting.filter(({ startsAt: start }) => start === latestStart)
  const [first] = best
  if (first && best.some((other) => !sameLimits(first, other))) {
    refused.push({ reason: 'several own ranges fit and differ' })
    return { range: null, refused }
  }
  return { range: first ?? null, refused }
}

/** Of numbers from 0 on, however many: a function does not take any number of arguments. */
function greatest(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.max(a, b), 0)
}

function sameLimits(a: OwnRange, b: OwnRange): boolean {
  const same = (x: OwnBound | null, y: OwnBound | null) => x?.value === y?.value && x?.unit === y?.unit
  return same(a.low, b.low) && same(a.high, b.high)
}

function refusal({ unknownModifier, type }: RawRange): string | null {
  if (unknownModifier !== null) return 'modifier-not-understood'
  if (type === null || (type.codings.length === 0 && type.text === '')) return null
  const isNormal =
    type.codings.some(({ code }) => code.toLowerCase() === 'normal') ||
    type.text.trim().toLowerCase() === 'normal'
  return isNormal ? null : 'not a normal range'
}

type Bounds =
  | ({ readonly ok: true } & Pick<OwnRange, 'low' | 'high'>)
  | { readonly ok: false; readonly reason: string }

/** The limits in the compared units; a limit without a unit has the result's. */
export function boundsOf(raw: RawRange, reading: Reading, knowledge: Knowledge): Bounds {
  const sent =
    raw.low === null && raw.high === null ? boundsInText(raw.text) : { low: raw.low, high: raw.high }
  if (sent === null) return { ok: false, reason: 'its text is not understood' }
  const low = bound(sent.low, sent.high, reading, knowledge)
  const high = bound(sent.high, sent.low, reading, knowledge)
  if (low === 'unknown-unit' || high === 'unknown-unit')
    return { ok: false, reason: 'its unit is not understood' }
  if (low === null && high === null) return { ok: false, reason: 'it has no limits' }
  if (low !== null && high !== null) {
    const inCanonical = ({ value, unit }: OwnBound) => value * (reading.analyte.units.get(unit)?.factor ?? 1)
    const ordered = low.unit === high.unit ? low.value < high.value : inCanonical(low) < inCanonical(high)
    if (!ordered) return { ok: false, reason: 'its lower limit is not below its upper limit' }
  }
  return { ok: true, low, high }
}

function bound(
  sent: RawBound | null,
  other: RawBound | null,
  reading: Reading,
  knowledge: Knowledge,
): OwnBound | null | 'unknown-unit' {
  if (sent === null) return null
  if (!Number.isFinite(sent.value)) return null
  const isGiven = ({ text, code }: RawUnit) => text !== '' || code !== ''
  const stated = isGiven(sent.unit) ? sent.unit : other !== null && isGiven(other.unit) ? other.unit : null
  const unit =
    stated === null ? { ok: true as const, unit: reading.unit } : unitOf(stated, reading.analyte, knowledge)
  if (!unit.ok) return 'unknown-unit'
  return { value: shift(sent.value, unit.unit.shift), unit: unit.unit.comparedIn }
}

function fitOf(raw: RawRange, reading: Reading, patient: Patient, knowledge: Knowledge): Fit {
  const namesAge = raw.ageLow !== null || raw.ageHigh !== null
  const unfit = (why: string): Fit => ({ ok: false, why, forPregnancy: false, namesAge, specific: 0 })
  let specific = 0
  if (namesAge) {
    const low = raw.ageLow === null ? 'yes' : reachesAge(raw.ageLow, reading, patient)
    const high = raw.ageHigh === null ? 'yes' : withinAge(raw.ageHigh, reading, patient)
    if (low === null || high === null) return unfit('its age is not understood')
    if (low === 'no' || high === 'no') return unfit('meant for another age')
    specific += 1
  }
  let forPregnancy = false
  for (const group of raw.appliesTo) {
    const kind = groupOf(group, knowledge)
    if (kind === 'pregnancy') forPregnancy = true
    else if (kind === 'other') return unfit('meant for a group that this program does not know')
    else if (kind !== 'not-pregnant' && kind !== patient.sex) return unfit('meant for the other sex')
    specific += 1
  }
  return { ok: true, why: '', forPregnancy, namesAge, specific }
}

type Group = 'pregnancy' | 'not-pregnant' | 'male' | 'female' | 'other'

function groupOf(group: Coded, { concepts }: Knowledge): Group {
  const texts = [group.text, ...group.codings.map(({ display }) => display)].map((text) => text.toLowerCase())
  const { codes, words, notWords } = concepts.pregnancyRange
  if (texts.some((text) => notWords.some((word) => text.includes(word)))) return 'not-pregnant'
  if (group.codings.some(({ code }) => codes.includes(code))) return 'pregnancy'
  if (texts.some((text) => words.some((word) => text.includes(word)))) return 'pregnancy'
  const names = [...texts, ...group.codings.map(({ code }) => code.toLowerCase())]
  if (names.some((name) => concepts.sexRange.female.includes(name))) return 'female'
  if (names.some((name) => concepts.sexRange.male.includes(name))) return 'male'
  return 'other'
}
