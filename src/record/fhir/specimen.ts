/** Specimen (http://hl7.org/fhir/R4/specimen.html): when it was taken, in which condition it is, which sample it is. */
import { again, onceEach } from '../../quantity/once.ts'
import { readWhen } from '../time.ts'
import type { When } from '../when.ts'
import { notesOf } from './annotation.ts'
import { type Companions, literalOf } from './companions.ts'
import { conceptsOf } from './concept.ts'
import type { Held } from './held.ts'
import { elementOf, isSent, textOf } from './json.ts'
import { spanOf } from './period.ts'

export interface RawSpecimen {
  /** its name, if other results can share it */
  readonly key: string | null
  readonly collected: When | null
  /** codes, upper case; which of them say haemolysed is knowledge */
  readonly condition: readonly string[]
  readonly accession: string | null
  readonly notes: readonly string[]
}

const NONE: RawSpecimen = { key: null, collected: null, condition: [], accession: null, notes: [] }

/**
 * Reads the specimen of an Observation. A contained one is a copy that no other result can refer to: it has no key,
 * so that its accession number, the report or the minute say which results are of one sample (rules.md 1.1).
 */
export function specimenReader(companions: Companions, zone: string): (observation: Held) => RawSpecimen {
  const contained = (observation: Held) =>
    read(companions.find(observation.body.specimen, observation), null, zone)
  // by the reference as it is written: all results of one sample share it
  const shared = again(
    onceEach((target: string) => {
      const { found, name } = companions.meant(target)
      return read(found, name.includes('#') ? null : name, zone)
    }),
  )
  return (observation) => {
    const target = literalOf(observation.body.specimen)
    if (target === '') return NONE
    return target.startsWith('#') ? contained(observation) : shared(target)
  }
}

function read(found: Held | null, key: string | null, zone: string): RawSpecimen {
  if (found === null || found.type !== 'Specimen') return key === null ? NONE : { ...NONE, key }
  const accession = textOf(elementOf(found.body.accessionIdentifier)?.value)
  return {
    key,
    collected: collectedOf(found, zone),
    condition: conditionOf(found.body.condition),
    accession: accession === '' ? null : accession,
    notes: notesOf(found.body.note),
  }
}

function collectedOf(specimen: Held, zone: string): When | null {
  const collection = elementOf(specimen.body.collection)
  if (isSent(collection?.collectedDateTime)) return readWhen(collection?.collectedDateTime, zone)
  return spanOf(collection?.collectedPeriod, zone).start
}

/** Codes of HL7 table 0493, whose system has had two spellings and is left out by some; other systems say nothing. */
function conditionOf(condition: unknown): readonly string[] {
  return conceptsOf(condition).flatMap(({ codings }) =>
    codings
      .filter(({ code, system }) => code !== '' && (system === '' || system.endsWith('0493')))
      .map(({ code }) => code.toUpperCase()),
  )
}
