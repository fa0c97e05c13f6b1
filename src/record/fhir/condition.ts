/** Condition (http://hl7.org/fhir/R4/condition.html), the statuses in the forms of older servers too. */
import type { RawCondition, Refused } from '../record.ts'
import { readWhen } from '../time.ts'
import { codedOf, codesOf, isUncoded, statusCodeOf } from './concept.ts'
import type { Context } from './context.ts'
import { type Held, refusal } from './held.ts'
import { type Element, elementOf, isSent } from './json.ts'
import { spanOf } from './period.ts'

export function readCondition(
  held: Held,
  { zone }: Context,
  conditions: RawCondition[],
  refused: Refused[],
): void {
  const { body } = held
  const code = codedOf(body.code)
  if (isUncoded(code)) {
    refused.push(refusal(held, 'broken', 'Condition.code is missing'))
    return
  }
  const abatement = readWhen(body.abatementDateTime, zone) ?? spanOf(body.abatementPeriod, zone).end
  conditions.push({
    reference: held.reference,
    code,
    clinicalStatus: statusCodeOf(body.clinicalStatus, 'condition-clinical'),
    verificationStatus: statusCodeOf(body.verificationStatus, 'condition-ver-status'),
    categories: codesOf(body.category),
    onset: readWhen(body.onsetDateTime, zone) ?? spanOf(body.onsetPeriod, zone).start,
    recorded: readWhen(body.recordedDate, zone),
    abatement,
    abated: abatement !== null || isAbated(body),
  })
}

/** Stated to have ended, at a time that is not given or cannot be read. */
function isAbated(body: Element): boolean {
  return (
    body.abatementBoolean === true ||
    isSent(body.abatementString) ||
    isSent(body.abatementAge) ||
    isSent(body.abatementRange) ||
    isSent(body.abatementDateTime) ||
    isSent(elementOf(body.abatementPeriod)?.end)
  )
}
