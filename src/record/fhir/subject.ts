/** Does a resource belong to the patient? Nothing of another person may reach a rule. */
import type { Refused } from '../record.ts'
import { literalOf } from './companions.ts'
import { containedAs, type Held, refusal } from './held.ts'
import { type Element, elementOf, elementsOf, isSent, textOf } from './json.ts'
import type { Person } from './person.ts'
import { comparable, typeAndId } from './reference.ts'

/** `patient` is what NutritionOrder calls it, and what resources before R4 did. */
const MEMBERS = ['subject', 'patient'] as const

/** Null if the resource is the patient's, or says of nobody that it is his; else why it is refused. */
export function refusedSubject(held: Held, person: Person): Refused | null {
  for (const member of MEMBERS) {
    const sent = held.body[member]
    if (!isSent(sent)) continue
    const reference = elementOf(sent)
    if (reference === null || (isSent(reference.reference) && typeof reference.reference !== 'string')) {
      return refusal(held, 'broken', `${held.type}.${member} is not a Reference`)
    }
    if (!isPerson(reference, held, person)) {
      return refusal(held, 'other-patient', `${held.type}.${member} is not this patient`)
    }
  }
  return null
}

function isPerson(reference: Element, held: Held, person: Person): boolean {
  const target = literalOf(reference)
  if (target === '') return !hasOtherIdentifier(elementsOf(reference.identifier), person)
  if (target.startsWith('#')) {
    const found = containedAs(target.slice(1), held)
    return found?.type === 'Patient' && !contradicts(found.body, person)
  }
  // as nearly all resources name the patient: compared as it is, before it is looked up in its other forms
  if (target === person.versions[0]?.reference || person.names.has(comparable(target))) return true
  const name = typeAndId(target)
  return name !== null && person.names.has(name)
}

/** A contained Patient is a copy, mostly partial: it may lack what the Patient has, but not differ. */
function contradicts(copy: Element, person: Person): boolean {
  if (hasOtherIdentifier(elementsOf(copy.identifier), person)) return true
  return person.versions.some(
    ({ body }) =>
      differ(textOf(copy.gender), textOf(body.gender)) ||
      differAsDates(textOf(copy.birthDate), textOf(body.birthDate)),
  )
}

/** One numbering system gives a person his numbers; a number of such a system that is not his says no. */
function hasOtherIdentifier(identifiers: readonly Element[], person: Person): boolean {
  return identifiers.some(({ system, value }) => {
    if (typeof system !== 'string' || typeof value !== 'string') return false
    const known = person.identifiers.get(system)
    return known !== undefined && !known.has(value)
  })
}

function differ(a: string, b: string): boolean {
  return a !== '' && b !== '' && a !== 'unknown' && b !== 'unknown' && a !== b
}

function differAsDates(a: string, b: string): boolean {
  return !a.startsWith(b) && !b.startsWith(a)
}
