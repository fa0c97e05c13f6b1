/** Quantity and its profiles (http://hl7.org/fhir/R4/datatypes.html#Quantity): numbers with the unit as sent. */
import type { Comparator } from '../../quantity/interval.ts'
import type { RawBound, RawUnit } from '../record.ts'
import { type Element, elementOf, isSent, numberOf, textOf } from './json.ts'

export const NO_UNIT: RawUnit = { text: '', code: '', system: '' }

export function unitOf(quantity: Element): RawUnit {
  return { text: textOf(quantity.unit), code: textOf(quantity.code), system: textOf(quantity.system) }
}

/** '' where none was sent; null for one that is none of the four (it changes what the number means). */
export function comparatorOf(quantity: Element): Comparator | null {
  const sent = quantity.comparator
  if (!isSent(sent) || sent === '') return ''
  return sent === '<' || sent === '<=' || sent === '>' || sent === '>=' ? sent : null
}

/** A limit of a range (SimpleQuantity); null without a number. */
export function boundOf(value: unknown): RawBound | null {
  const quantity = elementOf(value)
  const number = numberOf(quantity?.value)
  return quantity === null || number === null ? null : { value: number, unit: unitOf(quantity) }
}

/** SimpleQuantity forbids a comparator; where one is sent all the same, the number is no limit to rely on. */
export function hasComparator(value: unknown): boolean {
  const quantity = elementOf(value)
  return quantity !== null && isSent(quantity.comparator) && quantity.comparator !== ''
}
