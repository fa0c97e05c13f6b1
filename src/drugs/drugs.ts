import type { Knowledge } from '../knowledge/types.ts'
import type { Clock } from '../readings/clock.ts'
import type { PatientRecord, RawMedication } from '../record/record.ts'
import type { When } from '../record/when.ts'
import { isLocal, isParenteral } from './groups.ts'
import { type Matched, matchDrug } from './match.ts'
import { overlaps, type Use, useOf } from './use.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** how long before a sample a drug still counts as in use at it (rules.md 1.7) [default] */
const RECENT = 72 * HOUR

/** One medication that some rule may ask for. */
export interface KnownDrug {
  readonly raw: RawMedication
  readonly matched: Matched
  readonly use: Use
  /** as the record calls it, else the drug's name */
  readonly name: string
  readonly parenteral: boolean
}

export interface Drugs {
  /** all members of the group, whenever used */
  readonly of: (group: string) => readonly KnownDrug[]
  readonly active: (group: string) => readonly KnownDrug[]
  /** in use at any time from 72 h before the sample to the sample */
  readonly recent: (group: string, sample: When) => readonly KnownDrug[]
  /** in use at any time in the days before a moment, up to it */
  readonly usedWithin: (group: string, days: number, before: number) => readonly KnownDrug[]
}

/** The record's medications sorted into the groups of the knowledge; topical, eye, ear and inhaled forms left out. */
export function drugsOf(record: PatientRecord, knowledge: Knowledge, clock: Clock): Drugs {
  const groups = new Map<string, KnownDrug[]>()
  for (const raw of record.medications) {
    const matched = matchDrug(raw, knowledge.drugs)
    if (matched.drugs.length === 0 && matched.atc.length === 0) continue
    const members = matched.groups
    if (members.length === 0 || isLocal(raw, matched, knowledge.drugs)) continue
    const known: KnownDrug = {
      raw,
      matched,
      use: useOf(raw, clock),
      name: nameOf(raw, matched),
      parenteral: isParenteral(raw, matched, knowledge.drugs),
    }
    for (const { id } of members) {
      const list = groups.get(id)
      if (list) list.push(known)
      else groups.set(id, [known])
    }
  }
  // an order that depends on the content, so that the order of arrival shows nowhere
  for (const list of groups.values()) list.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const none: readonly KnownDrug[] = []
  const of = (group: string) => groups.get(group) ?? none
  return {
    of,
    active: (group) => of(group).filter(({ use }) => use.activeNow),
    recent: (group, sample) =>
      of(group).filter(({ use }) => overlaps(use.span, sample.from - RECENT, sample.to)),
    usedWithin: (group, days, before) =>
      of(group).filter(({ use }) => overlaps(use.span, before - days * DAY, before)),
  }
}

function nameOf({ drug }: RawMedication, { drugs }: Matched): string {
  return (
    drug.text || drug.codings.find(({ display }) => display !== '')?.display || drugs[0]?.name || 'a medicine'
  )
}
