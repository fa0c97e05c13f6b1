/** Observation.referenceRange (http://hl7.org/fhir/R4/observation-definitions.html#Observation.referenceRange). */
import type { RawRange } from '../record.ts'
import { codedOf, conceptsOf, isUncoded } from './concept.ts'
import { type Element, elementOf, elementsOf, textOf } from './json.ts'
import { modifierOn } from './modifier.ts'
import { boundOf, hasComparator } from './quantity.ts'

const NONE: readonly RawRange[] = []

export function rangesOf(value: unknown): readonly RawRange[] {
  const sent = elementsOf(value)
  return sent.length === 0 ? NONE : sent.map(rangeOf)
}

function rangeOf(sent: Element): RawRange {
  const type = codedOf(sent.type)
  const age = elementOf(sent.age)
  return {
    low: boundOf(sent.low),
    high: boundOf(sent.high),
    text: textOf(sent.text),
    type: isUncoded(type) ? null : type,
    appliesTo: conceptsOf(sent.appliesTo),
    ageLow: age === null ? null : boundOf(age.low),
    ageHigh: age === null ? null : boundOf(age.high),
    unknownModifier: modifierOn(sent) ?? comparatorIn(sent, age),
  }
}

/** Quantity.comparator is a modifier element too, and no limit of a range may have one. */
function comparatorIn(sent: Element, age: Element | null): string | null {
  const has = hasComparator(sent.low) || hasComparator(sent.high)
  return has || (age !== null && (hasComparator(age.low) || hasComparator(age.high))) ? 'comparator' : null
}
