/** Procedure (http://hl7.org/fhir/R4/procedure.html). */
import type { RawProcedure, Refused } from '../record.ts'
import { readWhen } from '../time.ts'
import { codedOf, isUncoded } from './concept.ts'
import type { Context } from './context.ts'
import { type Held, refusal } from './held.ts'
import { isSent, textOf } from './json.ts'
import { spanOf } from './period.ts'

/** A procedure with one time starts and ends then. */
export function readProcedure(
  held: Held,
  { zone }: Context,
  procedures: RawProcedure[],
  refused: Refused[],
): void {
  const { body } = held
  const code = codedOf(body.code)
  if (isUncoded(code)) {
    refused.push(refusal(held, 'broken', 'Procedure.code is missing'))
    return
  }
  const at = readWhen(body.performedDateTime, zone)
  const period = isSent(body.performedDateTime) ? { start: at, end: at } : spanOf(body.performedPeriod, zone)
  procedures.push({ reference: held.reference, status: textOf(body.status).toLowerCase(), code, ...period })
}
