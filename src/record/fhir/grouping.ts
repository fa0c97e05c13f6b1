/**
 * What holds several results together: DiagnosticReports, and panels (Observations whose members are the
 * results). A note on the group is a note on each result in it; "haemolysed" mostly stands there.
 */
import { MOST_NOTES, notesOf } from './annotation.ts'
import type { Companions } from './companions.ts'
import { containedIn, type Held } from './held.ts'
import { type Element, elementsOf, isSent, textOf } from './json.ts'
import { modifierOnResource } from './modifier.ts'

export interface Grouping {
  /** references of DiagnosticReports, sorted */
  readonly reports: readonly string[]
  readonly notes: readonly string[]
}

const ALONE: Grouping = { reports: [], notes: [] }

/** No result is in more reports and panels than this; a hostile record that says so is read so far. */
const MOST_GROUPS = 50

export class Groupings {
  readonly #groupsByMember = new Map<string, Held[]>()

  constructor(held: readonly Held[], companions: Companions) {
    for (const group of held) {
      if (group.type === 'DiagnosticReport') {
        this.#link(group, elementsOf(group.body.result), companions)
        for (const resource of containedIn(group)) this.#add(resource.reference, group)
      } else if (group.type === 'Observation' && isSent(group.body.hasMember)) {
        this.#link(group, elementsOf(group.body.hasMember), companions)
      }
    }
  }

  /** The reports and panels that an Observation is in, and those that its panels are in. */
  of(observation: Held): Grouping {
    if (this.#groupsByMember.size === 0 && observation.container === null) return ALONE
    const direct = this.#groupsByMember.get(observation.reference ?? '') ?? []
    if (direct.length === 0 && observation.container === null) return ALONE
    const groups = new Set(observation.container === null ? direct : [observation.container, ...direct])
    for (const group of groups) {
      if (group.reference === null) continue
      for (const outer of this.#groupsByMember.get(group.reference) ?? []) {
        if (groups.size < MOST_GROUPS) groups.add(outer)
      }
    }
    groups.delete(observation)
    const sorted = [...groups].sort((a, b) => ((a.reference ?? '') < (b.reference ?? '') ? -1 : 1))
    return {
      reports: sorted
        .filter((group) => group.type === 'DiagnosticReport')
        .map((group) => group.reference)
        .filter((reference) => reference !== null),
      notes: notesOn(sorted),
    }
  }

  #link(group: Held, references: readonly Element[], companions: Companions): void {
    for (const reference of references) this.#add(companions.nameOf(reference, group), group)
  }

  #add(member: string | null, group: Held): void {
    if (member === null) return
    const groups = this.#groupsByMember.get(member)
    if (groups === undefined) this.#groupsByMember.set(member, [group])
    else if (groups.length < MOST_GROUPS) groups.push(group)
  }
}

function notesOn(groups: readonly Held[]): readonly string[] {
  const notes = new Set<string>()
  for (const group of groups) {
    for (const note of groupNotes(group)) notes.add(note)
    if (notes.size >= MOST_NOTES) break
  }
  return [...notes]
}

/** What was withdrawn, or has a modifier that is not understood, says nothing; its results have their own status. */
function groupNotes({ body }: Held): readonly string[] {
  if (isWithdrawn(body) || modifierOnResource(body) !== null) return []
  const conclusion = textOf(body.conclusion)
  return conclusion === '' ? notesOf(body.note) : [conclusion, ...notesOf(body.note)]
}

/** Entered in error or cancelled. */
export function isWithdrawn(resource: Element): boolean {
  const status = textOf(resource.status).toLowerCase()
  return status === 'entered-in-error' || status === 'cancelled'
}
