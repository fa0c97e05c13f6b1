/** Whose record it is: the Patient resource, and every name by which other resources may call that person. */
import { literalOf } from './companions.ts'
import { contentOf } from './content.ts'
import type { Held } from './held.ts'
import { elementsOf, textOf } from './json.ts'
import { modifierOn } from './modifier.ts'
import { comparable, typeAndId } from './reference.ts'

export interface Person {
  /** the Patient resource; several if its versions cannot be told apart */
  readonly versions: readonly Held[]
  /** "Patient/p1" and full urls, those of merged records too (Patient.link) */
  readonly names: ReadonlySet<string>
  /** Patient.identifier: values by system */
  readonly identifiers: ReadonlyMap<string, ReadonlySet<string>>
}

export type PersonFound =
  | { readonly ok: true; readonly person: Person }
  | { readonly ok: false; readonly problem: 'no-patient' | 'several-patients'; readonly detail: string }

/**
 * Finds the patient among the Patient resources. Merged records (Patient.link replaces, replaced-by) are one
 * person, and of those the one that is not replaced is read.
 */
export function findPerson(patients: readonly Held[], patientId: string | null): PersonFound {
  if (patientId === null) return onlyPerson(patients)
  const versions = patients.filter((patient) => patient.id === patientId)
  if (versions.length === 0) {
    return {
      ok: false,
      problem: 'no-patient',
      detail: 'the Patient that was asked for is not among the resources',
    }
  }
  return found(versions, patients)
}

function onlyPerson(patients: readonly Held[]): PersonFound {
  const [first] = patients
  if (first === undefined)
    return { ok: false, problem: 'no-patient', detail: 'no Patient among the resources' }
  const names = namesOf([first], patients)
  const same = patients.filter(
    (patient) => patient === first || ownNames(patient).some((name) => names.has(name)),
  )
  if (same.length < patients.length) {
    return { ok: false, problem: 'several-patients', detail: 'more than one Patient among the resources' }
  }
  const surviving = same.filter((patient) => !linksOf(patient).some((link) => link.type === 'replaced-by'))
  const chosen = inOneOrder(surviving.length > 0 ? surviving : same)[0] ?? first
  return found(
    same.filter((patient) => patient.id === chosen.id && (patient.id !== '' || patient === chosen)),
    patients,
  )
}

function found(versions: readonly Held[], patients: readonly Held[]): PersonFound {
  const person = { versions, names: namesOf(versions, patients), identifiers: identifiersOf(versions) }
  return { ok: true, person }
}

/** Is this Patient resource the person's, or one that was merged with it? */
export function isSamePerson(patient: Held, person: Person): boolean {
  return person.versions.includes(patient) || ownNames(patient).some((name) => person.names.has(name))
}

function identifiersOf(versions: readonly Held[]): ReadonlyMap<string, ReadonlySet<string>> {
  const identifiers = new Map<string, Set<string>>()
  for (const { system, value } of versions.flatMap(({ body }) => elementsOf(body.identifier))) {
    if (typeof system !== 'string' || typeof value !== 'string') continue
    const values = identifiers.get(system)
    if (values === undefined) identifiers.set(system, new Set([value]))
    else values.add(value)
  }
  return identifiers
}

function inOneOrder(patients: readonly Held[]): readonly Held[] {
  return patients.length < 2
    ? patients
    : [...patients].sort((a, b) => (contentOf(a.body) < contentOf(b.body) ? -1 : 1))
}

/** All names that links connect with the given ones, in either direction. */
function namesOf(versions: readonly Held[], patients: readonly Held[]): ReadonlySet<string> {
  const byName = new Map<string, Held[]>()
  for (const patient of patients) {
    for (const name of allNames(patient)) {
      const called = byName.get(name)
      if (called === undefined) byName.set(name, [patient])
      else called.push(patient)
    }
  }
  const names = new Set<string>()
  const reached = new Set(versions)
  for (const patient of reached) {
    for (const name of allNames(patient)) {
      if (names.has(name)) continue
      names.add(name)
      for (const other of byName.get(name) ?? []) reached.add(other)
    }
  }
  return names
}

function allNames(patient: Held): readonly string[] {
  return [...ownNames(patient), ...linksOf(patient).map((link) => link.name)]
}

function ownNames(patient: Held): readonly string[] {
  const names: string[] = []
  if (patient.id !== '') names.push(`Patient/${patient.id}`, `urn:uuid:${patient.id.toLowerCase()}`)
  if (patient.fullUrl !== null) names.push(comparable(patient.fullUrl))
  return names
}

function linksOf(patient: Held): readonly { readonly type: string; readonly name: string }[] {
  return elementsOf(patient.body.link).flatMap((link) => {
    const target = literalOf(link.other)
    const type = textOf(link.type)
    if ((type !== 'replaces' && type !== 'replaced-by') || target === '' || modifierOn(link) !== null)
      return []
    return [{ type, name: typeAndId(target) ?? comparable(target) }]
  })
}
