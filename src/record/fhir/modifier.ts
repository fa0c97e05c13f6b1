/**
 * Modifier extensions and implicit rules: they may turn the meaning of what they stand on into its opposite,
 * so a reader that does not know them must not use it (http://hl7.org/fhir/R4/extensibility.html#modifierExtension).
 * None is known here.
 */
import { type Element, isElement, isSent } from './json.ts'

/** The url of a modifier extension on a resource, 'implicitRules', or null where neither stands on it. */
export function modifierOnResource(resource: Element): string | null {
  if (isSent(resource.implicitRules) && resource.implicitRules !== '') return 'implicitRules'
  return modifierOn(resource)
}

/** The url of a modifier extension on an element; 'modifierExtension' where it has no url. */
export function modifierOn(element: Element): string | null {
  const sent = element.modifierExtension
  if (!isSent(sent)) return null
  const [first] = Array.isArray(sent) ? sent : [sent]
  if (Array.isArray(sent) && sent.length === 0) return null
  return isElement(first) && typeof first.url === 'string' && first.url !== ''
    ? first.url
    : 'modifierExtension'
}
