/**
 * MedicationRequest, MedicationStatement and MedicationAdministration (http://hl7.org/fhir/R4/medicationrequest.html
 * and beside it): that a drug was ordered, is said to be taken, or was given.
 */
import type { RawMedication, Refused } from '../record.ts'
import { readWhen } from '../time.ts'
import { codesOf } from './concept.ts'
import type { Context } from './context.ts'
import { dosageOf } from './dosage.ts'
import { drugOf } from './drug.ts'
import { type Held, refusal } from './held.ts'
import { type Element, elementsOf, isSent, textOf } from './json.ts'
import { modifierOn } from './modifier.ts'
import { type Span, spanOf } from './period.ts'

type Kind = RawMedication['kind']

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['MedicationRequest', 'request'],
  ['MedicationStatement', 'statement'],
  ['MedicationAdministration', 'administration'],
])

const DOSAGE: Record<Kind, 'dosageInstruction' | 'dosage'> = {
  request: 'dosageInstruction',
  statement: 'dosage',
  administration: 'dosage',
}

export function readMedication(
  held: Held,
  context: Context,
  medications: RawMedication[],
  refused: Refused[],
): void {
  const { body, type } = held
  const kind = KINDS.get(type) ?? 'statement'
  const fault = faultOf(body, DOSAGE[kind])
  if (fault !== null) {
    refused.push(refusal(held, fault.reason, `${type}.${fault.detail}`))
    return
  }
  const drug = drugOf(held, context.companions)
  if (drug === null) {
    refused.push(refusal(held, 'broken', `${type}.medication[x] names no drug that can be read`))
    return
  }
  const dosage = dosageOf(body[DOSAGE[kind]], context.zone)
  const { start, end } = inUse(body, kind, dosage, context.zone)
  medications.push({
    reference: held.reference,
    kind,
    status: textOf(body.status).toLowerCase(),
    intent: kind === 'request' ? textOf(body.intent).toLowerCase() : '',
    doNotPerform: isTrue(body.doNotPerform),
    drug: drug.drug,
    ingredients: drug.ingredients,
    form: drug.form,
    route: dosage.route,
    doseText: dosage.text,
    start,
    end,
    authored:
      kind === 'administration'
        ? null
        : readWhen(kind === 'request' ? body.authoredOn : body.dateAsserted, context.zone),
    categories: codesOf(body.category),
  })
}

/**
 * From when until when the drug is used. An order: as its dosages are bounded (how long it may be dispensed
 * says nothing). A statement: its effective time; a single time means in use then, with no known end. What
 * was given at a single time began and ended then.
 */
function inUse(body: Element, kind: Kind, dosage: Span, zone: string): Span {
  if (kind === 'request') return dosage
  if (isSent(body.effectiveDateTime)) {
    const at = readWhen(body.effectiveDateTime, zone)
    return { start: at, end: kind === 'administration' ? at : null }
  }
  return isSent(body.effectivePeriod) ? spanOf(body.effectivePeriod, zone) : dosage
}

/** What would turn an order into its opposite, or a dosage into another, and is not understood. */
function faultOf(body: Element, dosage: string): { reason: Refused['reason']; detail: string } | null {
  if (isSent(body.doNotPerform) && typeof body.doNotPerform !== 'boolean' && !isTrue(body.doNotPerform)) {
    return { reason: 'broken', detail: 'doNotPerform is not a boolean' }
  }
  if (elementsOf(body[dosage]).some((entry) => modifierOn(entry) !== null)) {
    return {
      reason: 'modifier-not-understood',
      detail: `${dosage} has a modifier extension that is not understood`,
    }
  }
  return null
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true'
}
