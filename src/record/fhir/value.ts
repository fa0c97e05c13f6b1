/** Observation.value[x] and dataAbsentReason (http://hl7.org/fhir/R4/observation.html#obs-6), as sent. */
import type { RawValue } from '../record.ts'
import { readWhen } from '../time.ts'
import { codedOf, isUncoded } from './concept.ts'
import { type Element, elementOf, isSent, numberOf, textOf } from './json.ts'
import { comparatorOf, hasComparator, NO_UNIT, unitOf } from './quantity.ts'

/** value[x] of R4, and what R5 added */
const FORMS: ReadonlySet<string> = new Set([
  'valueQuantity',
  'valueString',
  'valueCodeableConcept',
  'valueInteger',
  'valueBoolean',
  'valueRange',
  'valueDateTime',
  'valueRatio',
  'valueSampledData',
  'valueTime',
  'valuePeriod',
  'valueAttachment',
  'valueReference',
])

/** A reason is a short code; anything longer is not repeated to the reader. */
const LONGEST_REASON = 64

/** What an Observation or one of its components says; null where it has neither a value nor a reason for none. */
export function readValue(holder: Element, zone: string): RawValue | null {
  let form: string | null = null
  // through what is there: asking for each of the forms in turn costs more than all the rest of a reading
  for (const member in holder) {
    if (!member.startsWith('value') || !FORMS.has(member) || !isSent(holder[member])) continue
    if (form !== null) return none('several values')
    form = member
  }
  if (isSent(holder.dataAbsentReason)) return none(absence(holder.dataAbsentReason))
  return form === null ? null : readForm(form, holder[form], zone)
}

export function none(because: string): RawValue {
  return { kind: 'none', because }
}

function absence(reason: unknown): string {
  const { codings, text } = codedOf(reason)
  const code = codings.find((coding) => coding.code !== '')?.code ?? text
  return code === '' || code.length > LONGEST_REASON ? 'dataAbsentReason' : `dataAbsentReason ${code}`
}

function readForm(form: string, sent: unknown, zone: string): RawValue {
  switch (form) {
    case 'valueQuantity':
      return quantity(elementOf(sent))
    case 'valueString': {
      const text = textOf(sent)
      return text === '' ? none('valueString is empty') : { kind: 'text', text }
    }
    case 'valueCodeableConcept': {
      const value = codedOf(sent)
      return isUncoded(value) ? none('valueCodeableConcept is empty') : { kind: 'coded', value }
    }
    case 'valueInteger': {
      const value = numberOf(sent)
      if (value === null || !Number.isInteger(value)) return none('valueInteger is not a whole number')
      return { kind: 'quantity', value, comparator: '', unit: NO_UNIT }
    }
    case 'valueBoolean':
      return typeof sent === 'boolean'
        ? { kind: 'boolean', value: sent }
        : none('valueBoolean is not a boolean')
    case 'valueRange':
      return range(elementOf(sent))
    case 'valueDateTime': {
      const value = readWhen(sent, zone)
      return value === null ? none('valueDateTime is not a time') : { kind: 'time', value }
    }
    default:
      return none(`${form} is not read`)
  }
}

function quantity(sent: Element | null): RawValue {
  const value = numberOf(sent?.value)
  if (sent === null || value === null) return none('valueQuantity has no number')
  const comparator = comparatorOf(sent)
  if (comparator === null) return { kind: 'not-understood', because: 'comparator is not one of < <= > >=' }
  return { kind: 'quantity', value, comparator, unit: unitOf(sent) }
}

/** One unit for both ends: a limit without one takes that of the other; two different ones are no range. */
function range(sent: Element | null): RawValue {
  if (sent === null) return none('valueRange is not a Range')
  if (hasComparator(sent.low) || hasComparator(sent.high)) {
    return { kind: 'not-understood', because: 'a limit of valueRange has a comparator' }
  }
  const ends = [sent.low, sent.high].map(elementOf)
  const [low = null, high = null] = ends.map((end) => numberOf(end?.value))
  if (low === null && high === null) return none('valueRange has no number')
  if ((isSent(sent.low) && low === null) || (isSent(sent.high) && high === null)) {
    return none('a limit of valueRange has no number')
  }
  const units = ends.filter((end) => end !== null).map(unitOf)
  const stated = units.filter((unit) => unit.text !== '' || unit.code !== '')
  const [unit = NO_UNIT, other = unit] = stated
  if (other.text !== unit.text || other.code !== unit.code || other.system !== unit.system) {
    return none('valueRange has two units')
  }
  return { kind: 'range', low, high, unit }
}
