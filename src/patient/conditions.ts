import type { ConditionHit, ConditionSetId, Knowledge } from '../knowledge/types.ts'
import type { Coded, PatientRecord, RawCondition } from '../record/record.ts'
import type { When } from '../record/when.ts'
import { ageYears } from './age.ts'
import { icdHits } from './icd10.ts'

/** A condition of the record that belongs to a set, and how far it counts (value-sets.md 1). */
export interface KnownCondition {
  readonly raw: RawCondition
  readonly hit: ConditionHit
  /** `named`: unconfirmed; it is told, but never raises an indicator and never excludes */
  readonly weight: 'counts' | 'named' | 'past'
  /** onset, else the recorded date */
  readonly since: When | null
}

export interface Conditions {
  /** does the set count on that day? (recency of its codes is measured from that day) */
  readonly counts: (set: ConditionSetId, day: number) => boolean
  readonly counting: (set: ConditionSetId, day: number) => readonly KnownCondition[]
  /** members of the set whatever their status or age, but not refuted or entered in error */
  readonly ever: (set: ConditionSetId) => readonly KnownCondition[]
  /** titles of unconfirmed conditions, and "problem not coded" ones */
  readonly named: readonly string[]
}

const ACTIVE = new Set(['', 'active', 'recurrence', 'relapse'])
const UNCONFIRMED = new Set(['unconfirmed', 'provisional', 'differential'])
const IGNORED = new Set(['refuted', 'entered-in-error'])
const SOURCES = new Set(['problem-list-item', 'encounter-diagnosis'])
const YEAR = 365

/** The record's conditions sorted into the value sets of the knowledge. */
export function conditionsOf(record: PatientRecord, knowledge: Knowledge): Conditions {
  const bySet = new Map<ConditionSetId, KnownCondition[]>()
  const named: string[] = []
  for (const raw of record.conditions) {
    if (IGNORED.has(raw.verificationStatus)) continue
    if (raw.categories.length > 0 && !raw.categories.some((category) => SOURCES.has(category))) continue
    const hits = hitsOf(raw.code, knowledge)
    for (const hit of hits) {
      const known: KnownCondition = { raw, hit, weight: weightOf(raw, hit), since: raw.onset ?? raw.recorded }
      const members = bySet.get(hit.set.id)
      if (members) members.push(known)
      else bySet.set(hit.set.id, [known])
      if (known.weight === 'named') named.push(`${hit.set.title} (unconfirmed)`)
    }
    if (raw.code.codings.length === 0 && raw.code.text !== '')
      named.push(...uncoded(raw.code.text, knowledge))
  }
  const none: readonly KnownCondition[] = []
  const ever = (set: ConditionSetId) => bySet.get(set) ?? none
  const counting = (set: ConditionSetId, day: number) =>
    ever(set).filter((known) => countsOn(known, day, record.patient.birth))
  return {
    ever,
    counting,
    counts: (set, day) => ever(set).some((known) => countsOn(known, day, record.patient.birth)),
    named: [...new Set(named)].sort(),
  }
}

function weightOf(raw: RawCondition, { code }: ConditionHit): KnownCondition['weight'] {
  if (UNCONFIRMED.has(raw.verificationStatus)) return 'named'
  if (code.historyCounts) return 'counts'
  if (!ACTIVE.has(raw.clinicalStatus)) return 'past'
  return 'counts'
}

function countsOn(known: KnownCondition, day: number, birth: When | null): boolean {
  const { raw, hit, since } = known
  if (known.weight !== 'counts') return false
  if (!hit.code.historyCounts) {
    if (raw.abatement !== null ? isOverOn(raw.abatement, day) : raw.abated) return false
  }
  if (since !== null && since.day > day) return false
  const ownDays = hit.code.days ?? hit.set.days
  const isVisitDiagnosis =
    raw.clinicalStatus === '' &&
    raw.categories.includes('encounter-diagnosis') &&
    !raw.categories.includes('problem-list-item') &&
    !hit.code.historyCounts
  if (since === null) {
    if (ownDays !== null) return false
  } else {
    const days = Math.min(
      ownDays ?? Number.POSITIVE_INFINITY,
      isVisitDiagnosis ? YEAR : Number.POSITIVE_INFINITY,
    )
    // a month or year counts where every day of it lies inside
    if (day - since.day > days) return false
  }
  if (hit.code.fromAge !== null) {
    const age = ageYears(birth, since?.day ?? day)
    if (age === null || age < hit.code.fromAge) return false
  }
  return true
}

/** An end with a time of day is over on that day; an end that is a day lasts until its evening. */
function isOverOn(end: When, day: number): boolean {
  return end.precision === 'instant' ? end.day <= day : end.lastDay < day
}

const SNOMED = new Set(['http://snomed.info/sct', 'urn:oid:2.16.840.1.113883.6.96'])
const ICD10_CM = new Set(['http://hl7.org/fhir/sid/icd-10-cm', 'urn:oid:2.16.840.1.113883.6.90'])
const ICD10_WHO = new Set(['http://hl7.org/fhir/sid/icd-10', 'urn:oid:2.16.840.1.113883.6.3'])
const PROCEDURES = new Set([
  'http://www.ama-assn.org/go/cpt',
  'urn:oid:2.16.840.1.113883.6.12',
  'http://www.cms.gov/Medicare/Coding/ICD10',
  'http://hl7.org/fhir/sid/icd-10-pcs',
  'urn:oid:2.16.840.1.113883.6.4',
])

/** The sets that a concept belongs to, by any of its codings. */
export function hitsOf(concept: Coded, { conditionIndex: index }: Knowledge): readonly ConditionHit[] {
  const hits = new Map<ConditionSetId, ConditionHit>()
  const excluded = new Set<ConditionSetId>()
  for (const { system, code, display } of concept.codings) {
    if (SNOMED.has(system)) {
      for (const hit of [...(index.snomed.get(code) ?? []), ...(index.procedures.get(code) ?? [])]) {
        keep(hits, hit, concept, display)
      }
    } else if (ICD10_CM.has(system) || ICD10_WHO.has(system)) {
      const found = icdHits(index, ICD10_CM.has(system) ? 'CM' : 'WHO', code)
      for (const hit of found.hits) keep(hits, hit, concept, display)
      for (const id of found.excluded) excluded.add(id)
    } else if (PROCEDURES.has(system)) {
      for (const hit of index.procedures.get(code) ?? []) keep(hits, hit, concept, display)
    }
  }
  for (const { system, code } of concept.codings) {
    if (!SNOMED.has(system)) continue
    for (const [id, hit] of hits) if (hit.set.exceptSnomed.has(code)) excluded.add(id)
  }
  for (const id of excluded) hits.delete(id)
  return [...hits.values()]
}

function keep(hits: Map<ConditionSetId, ConditionHit>, hit: ConditionHit, concept: Coded, display: string) {
  const { onlyWithText: word, notWithText: friend } = hit.code
  const text = `${concept.text} ${display}`.toLowerCase()
  if (word !== null && !text.includes(word.toLowerCase())) return
  if (friend !== null && text.includes(friend.toLowerCase())) return
  const other = hits.get(hit.set.id)
  // of two codes the one that counts longer is kept
  const days = (of: ConditionHit) => of.code.days ?? of.set.days ?? Number.POSITIVE_INFINITY
  if (!other || days(hit) > days(other)) hits.set(hit.set.id, hit)
}

function uncoded(text: string, { conditions }: Knowledge): string[] {
  const lower = text.toLowerCase()
  return [...conditions.values()]
    .filter((set) => set.words.some((word) => lower.includes(word)))
    .map((set) => `${set.title} (problem not coded)`)
}
