/** Every usable resource, read into the list of its kind. */
import type { PatientRecord, Refused } from '../record.ts'
import { type Companions, literalOf } from './companions.ts'
import { readCondition } from './condition.ts'
import type { Context } from './context.ts'
import { readEncounter } from './encounter.ts'
import { Groupings } from './grouping.ts'
import { containedAs, containedIn, type Held } from './held.ts'
import { elementsOf, isSent } from './json.ts'
import { readMedication } from './medication.ts'
import { readNutrition } from './nutrition.ts'
import { readObservation } from './observation.ts'
import { timingReader } from './observation-time.ts'
import type { Person } from './person.ts'
import { readProcedure } from './procedure.ts'
import { specimenReader } from './specimen.ts'
import { refusedSubject } from './subject.ts'
import { revisionReader } from './versions.ts'

type Lists = Pick<
  PatientRecord,
  'results' | 'conditions' | 'procedures' | 'medications' | 'nutrition' | 'encounters'
>
type Writable<T> = { -readonly [Name in keyof T]: T[Name] extends readonly (infer Item)[] ? Item[] : never }

/** `usable` are the patient's own; what of them cannot be used all the same is added to `refused`. */
export function readFacts(
  usable: readonly Held[],
  companions: Companions,
  person: Person,
  zone: string,
  refused: Refused[],
): Lists {
  const contained = usable.flatMap(containedResults).filter((held) => isTheirs(held, person, refused))
  const groupings = new Groupings(contained.length === 0 ? usable : [...usable, ...contained], companions)
  const context: Context = {
    zone,
    companions,
    groupings,
    specimenOf: specimenReader(companions, zone),
    timingOf: timingReader(zone),
    revisedOf: revisionReader(),
  }
  const lists: Writable<Lists> = {
    results: [],
    conditions: [],
    procedures: [],
    medications: [],
    nutrition: [],
    encounters: [],
  }
  for (const held of usable) READERS.get(held.type)?.(held, context, lists, refused)
  for (const held of contained) readObservation(held, context, lists.results, refused)
  return lists
}

type Reader = (held: Held, context: Context, lists: Writable<Lists>, refused: Refused[]) => void

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['Observation', (held, context, lists, refused) => readObservation(held, context, lists.results, refused)],
  ['Condition', (held, context, lists, refused) => readCondition(held, context, lists.conditions, refused)],
  ['Procedure', (held, context, lists, refused) => readProcedure(held, context, lists.procedures, refused)],
  ['MedicationRequest', readDrugUse],
  ['MedicationStatement', readDrugUse],
  ['MedicationAdministration', readDrugUse],
  [
    'NutritionOrder',
    (held, context, lists, refused) => readNutrition(held, context, lists.nutrition, refused),
  ],
  ['Encounter', (held, context, lists) => readEncounter(held, context, lists.encounters)],
])

function readDrugUse(held: Held, context: Context, lists: Writable<Lists>, refused: Refused[]): void {
  readMedication(held, context, lists.medications, refused)
}

/** Results inside a report, and inside a panel that names them as its members. */
function containedResults(held: Held): readonly Held[] {
  if (held.type === 'DiagnosticReport')
    return containedIn(held).filter((inside) => inside.type === 'Observation')
  if (held.type !== 'Observation' || !isSent(held.body.hasMember)) return NONE
  const inside = elementsOf(held.body.hasMember)
    .map((member) => literalOf(member))
    .map((member) => (member.startsWith('#') ? containedAs(member.slice(1), held) : null))
    .filter((found) => found !== null)
  return [...new Set(inside)].filter((found) => found.type === 'Observation')
}

const NONE: readonly Held[] = []

function isTheirs(held: Held, person: Person, refused: Refused[]): boolean {
  const notTheirs = refusedSubject(held, person)
  if (notTheirs !== null) refused.push(notTheirs)
  return notTheirs === null
}
