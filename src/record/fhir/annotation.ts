/** Annotation (http://hl7.org/fhir/R4/datatypes.html#Annotation): what somebody wrote beside a resource. */
import { elementsOf, textOf } from './json.ts'

const NONE: readonly string[] = []

/** Nobody writes more beside one result; a hostile record that has more is read so far. */
export const MOST_NOTES = 200

/** The texts of a list of annotations, as sent. */
export function notesOf(value: unknown): readonly string[] {
  // Cut first: a list shared by many results is read for each of them.
  const annotations = elementsOf(Array.isArray(value) ? value.slice(0, MOST_NOTES) : value)
  if (annotations.length === 0) return NONE
  return annotations.map((annotation) => textOf(annotation.text)).filter((text) => text !== '')
}
