/** Annotation (http://hl7.org/fhir/R4/datatypes.html#Annotation): what somebody wrote beside a resource. */
import { elementsOf, textOf } from './json.ts'

const NONE: readonly string[] = []

/** Nobody writes more beside one resource; a hostile one that has more is read so far. */
const MOST_NOTES = 200

/** The texts of a list of annotations, as sent. */
export function notesOf(value: unknown): readonly string[] {
  const annotations = elementsOf(value)
  if (annotations.length === 0) return NONE
  return annotations
    .slice(0, MOST_NOTES)
    .map((annotation) => textOf(annotation.text))
    .filter((text) => text !== '')
}
