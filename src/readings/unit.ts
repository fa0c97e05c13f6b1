import type { Analyte, AnalyteUnit, Knowledge } from '../knowledge/types.ts'
import { foldedSpelling } from '../quantity/unit.ts'
import type { RawUnit } from '../record/record.ts'

export type UnitReading =
  | { readonly ok: true; readonly unit: AnalyteUnit }
  | { readonly ok: false; readonly reason: 'no-unit' | 'unknown-unit'; readonly detail: string }

const UCUM = 'http://unitsofmeasure.org'

/**
 * The unit of a value among the accepted units of its analyte. A UCUM code and the unit's text are both
 * read; if they name two different units nothing is guessed. A code under another system is read like text
 * (a laboratory network writes "(HL7_V2)": field case F207).
 */
export function unitOf(sent: RawUnit, analyte: Analyte, knowledge: Knowledge): UnitReading {
  if (sent.text === '' && sent.code === '') {
    return { ok: false, reason: 'no-unit', detail: 'no unit was sent' }
  }
  const named = [sent.code, sent.text]
    .filter((text) => text !== '')
    .map((text) => knowledge.spellings.get(foldedSpelling(text)))
  const accepted = named
    .filter((unit) => unit !== undefined)
    .map((unit) => analyte.units.get(unit))
    .filter((unit) => unit !== undefined)
  const [first, second] = accepted
  if (first && second && first.factor * 10 ** first.shift !== second.factor * 10 ** second.shift) {
    return { ok: false, reason: 'unknown-unit', detail: 'the unit and its code name two different units' }
  }
  // a UCUM code that we know but do not accept for this analyte decides, whatever the text says
  const code =
    sent.system === UCUM && sent.code !== '' ? knowledge.spellings.get(foldedSpelling(sent.code)) : undefined
  if (!first || (code !== undefined && !analyte.units.has(code))) {
    return { ok: false, reason: 'unknown-unit', detail: `not a unit in which ${analyte.name} is judged` }
  }
  return { ok: true, unit: first }
}
