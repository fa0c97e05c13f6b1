/** Encounter and Location (http://hl7.org/fhir/R4/encounter.html): in hospital or not, and on what kind of ward. */
import { oncePer } from '../../quantity/once.ts'
import type { Coded, RawEncounter, RawLocation } from '../record.ts'
import { codedOf, codingOf, conceptsOf, joined, UNCODED } from './concept.ts'
import type { Context } from './context.ts'
import type { Held } from './held.ts'
import { type Element, elementsOf, textOf } from './json.ts'
import { modifierOn } from './modifier.ts'
import { spanOf } from './period.ts'

export function readEncounter(held: Held, context: Context, encounters: RawEncounter[]): void {
  const { body } = held
  encounters.push({
    reference: held.reference,
    status: textOf(body.status).toLowerCase(),
    class: classOf(body.class).toUpperCase(),
    ...spanOf(body.period, context.zone),
    locations: elementsOf(body.location)
      .filter((location) => modifierOn(location) === null)
      .map((location) => locationOf(location, held, context)),
  })
}

/** A Coding in R4; a string before, a list of concepts after it. */
function classOf(sent: unknown): string {
  if (typeof sent === 'string') return sent
  for (const entry of elementsOf(sent)) {
    const code = codingOf(entry).code || codedOf(entry).codings.find((coding) => coding.code !== '')?.code
    if (code !== undefined && code !== '') return code
  }
  return ''
}

function locationOf(sent: Element, encounter: Held, { companions, zone }: Context): RawLocation {
  const location = companions.find(sent.location, encounter)
  const type = location?.type === 'Location' ? wardType(location) : UNCODED
  return {
    status: textOf(sent.status).toLowerCase(),
    ...spanOf(sent.period, zone),
    type: joined([type, ...conceptsOf(sent.physicalType)]),
  }
}

/** Location.type; the ward's name is not read (value-sets.md 3). */
const wardType = oncePer((location: Held): Coded => joined(conceptsOf(location.body.type)))
