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
  const spelled = (text: string) =>
    text === '' ? undefined : (knowledge.spellings.get(text) ?? knowledge.spellings.get(foldedSpelling(text)))
  const code = spelled(sent.code)
  const text = sent.text === sent.code ? code : spelled(sent.text)
  const byCode = code === undefined ? undefined : analyte.units.get(code)
  const byText = text === undefined ? undefined : analyte.units.get(text)
  const first = byCode ?? byText
  const second = byText
  if (first && second && first.factor * 10 ** first.shift !== second.factor * 10 ** second.shift) {
    return { ok: false, reason: 'unknown-unit', detail: 'the unit and its code name two different units' }
  }
  // a UCUM code that is not accepted for this analyte decides, whatever the text says
  const refused = sent.system === UCUM && sent.code !== '' && byCode === undefined
  if (!first || refused) {
    return { ok: false, reason: 'unknown-unit', detail: `not a unit in which ${analyte.name} is judged` }
  }
  return { ok: true, unit: first }
}
