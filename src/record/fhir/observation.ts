/**
 * Observation (http://hl7.org/fhir/R4/observation.html): one result, one for each component, or none where
 * it is only a panel that names its members. Members of older versions of FHIR are not read (field case F214).
 */
import { remembered } from '../../quantity/remembered.ts'
import type { RawResult, RawValue, Refused } from '../record.ts'
import { notesOf } from './annotation.ts'
import { codedOf, isUncoded } from './concept.ts'
import type { Context } from './context.ts'
import { isWithdrawn } from './grouping.ts'
import { type Held, refusal } from './held.ts'
import { type Element, elementsOf, isSent, textOf } from './json.ts'
import { modifierOn, modifierOnResource } from './modifier.ts'
import { rangesOf } from './range.ts'
import type { RawSpecimen } from './specimen.ts'
import { none, readValue } from './value.ts'
import { versionOf } from './versions.ts'

/** Adds the results of an Observation to `results`, and what of it cannot be used to `refused`. */
export function readObservation(
  held: Held,
  context: Context,
  results: RawResult[],
  refused: Refused[],
): void {
  const { body } = held
  const components = elementsOf(body.component)
  const value = readValue(body, context.zone)
  const isPanel = value === null || value.kind === 'none' ? isSent(body.hasMember) : false
  if (isPanel && components.length === 0) return
  const specimen = context.specimenOf(held)
  const { reports, notes } = context.groupings.of(held)
  const around: Around = {
    held,
    specimen,
    reports,
    notes: together(notesOf(body.note), specimen.notes, notes),
    unknownModifier: modifierOf(held),
  }
  if (!isPanel && (value !== null || components.length === 0)) {
    const own = resultOf(held.reference, body, value, around, context)
    // A retraction may hold its id and status only; all else without a code is of no use to anybody.
    if (isUncoded(own.code) && !isWithdrawn(body))
      refused.push(refusal(held, 'broken', 'Observation.code is missing'))
    else results.push(own)
  }
  for (const [index, component] of components.entries()) {
    const reference = held.reference === null ? null : `${held.reference}#component-${index + 1}`
    const result = resultOf(reference, component, readValue(component, context.zone), around, context)
    if (!isUncoded(result.code)) results.push(result)
    else {
      const detail = `Observation.component[${index}].code is missing`
      refused.push({ ...refusal(held, 'broken', detail), reference })
    }
  }
}

/** What an Observation and its components have in common. */
interface Around {
  readonly held: Held
  readonly specimen: RawSpecimen
  readonly reports: readonly string[]
  /** on the Observation, its specimen and its groups */
  readonly notes: readonly string[]
  readonly unknownModifier: string | null
}

/** @param holder the Observation itself, or one of its components */
function resultOf(
  reference: string | null,
  holder: Element,
  value: RawValue | null,
  { held, specimen, reports, notes, unknownModifier }: Around,
  { timingOf, revisedOf }: Context,
): RawResult {
  const { body } = held
  const source = held.container ?? held
  const { effective, effectiveFrom, issued } = timingOf(body, specimen.collected)
  return {
    reference,
    version: versionOf(source),
    revised: revisedOf(source),
    status: statusOf(held),
    code: codedOf(holder.code),
    effective,
    effectiveFrom,
    issued,
    value: value ?? none('no value'),
    ranges: rangesOf(holder.referenceRange),
    interpretation: interpretationOf(holder.interpretation),
    notes,
    specimen: specimen.key,
    specimenCondition: specimen.condition,
    accession: specimen.accession,
    reports,
    calculated: elementsOf(body.derivedFrom).length > 0,
    unknownModifier: unknownModifier ?? (holder === body ? null : modifierOn(holder)),
  }
}

/** A contained result has no life of its own: it is withdrawn with what contains it. */
function statusOf({ body, container }: Held): string {
  const holder = container !== null && isWithdrawn(container.body) ? container.body : body
  return textOf(holder.status).toLowerCase()
}

function modifierOf({ body, container }: Held): string | null {
  return modifierOnResource(body) ?? (container === null ? null : modifierOnResource(container.body))
}

/** Codes in upper case, texts as sent; a flag without a code is its display. */
function interpretationOf(sent: unknown): readonly string[] {
  if (!isSent(sent)) return NO_FLAGS
  if (!Array.isArray(sent)) return flagsOf(sent)
  return sent.length === 1 ? flagsOf(sent[0]) : distinct(sent.flatMap(flagsOf))
}

function flagsOf(concept: unknown): readonly string[] {
  const { codings, text } = codedOf(concept)
  const [coding] = codings
  if (codings.length === 1 && coding !== undefined && coding.code !== '' && text === '') {
    return flagOf(coding.code)
  }
  const flags = codings.map(({ code, display }) => (code === '' ? display : code.toUpperCase()))
  return distinct(text === '' ? flags : [...flags, text])
}

const MOST_FLAGS = 1000

/** nearly all flags are one of a few codes, and there is one on each result */
const flagOf = remembered((code): readonly string[] => [code.toUpperCase()], MOST_FLAGS)

/** Most results have no note at all. */
function together(
  own: readonly string[],
  ofSpecimen: readonly string[],
  ofGroups: readonly string[],
): readonly string[] {
  if (own.length + ofSpecimen.length + ofGroups.length === 0) return NO_NOTES
  return distinct([...own, ...ofSpecimen, ...ofGroups])
}

const NO_NOTES: readonly string[] = []
const NO_FLAGS: readonly string[] = []

function distinct(texts: readonly string[]): readonly string[] {
  return texts.length < 2 ? texts : [...new Set(texts)]
}
