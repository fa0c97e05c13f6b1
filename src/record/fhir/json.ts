/**
 * What an unknown JSON value may be taken for. FHIR from the field has nulls, numbers and lists where the
 * standard has objects; a value of a wrong type reads as if it were not there. Only a list of one is forgiven
 * in both directions: an object where a list belongs is that one entry.
 */

/** A JSON object: a resource, or a complex element of one. */
export type Element = { readonly [name: string]: unknown }

const NONE: readonly Element[] = []

export function elementOf(value: unknown): Element | null {
  return isElement(value) ? value : null
}

export function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The objects of a list, in order; other entries are left out. */
export function elementsOf(value: unknown): readonly Element[] {
  if (value === undefined || value === null) return NONE
  if (!Array.isArray(value)) return isElement(value) ? [value] : NONE
  return value.every(isElement) ? value : value.filter(isElement)
}

/** A string, or '' for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** A finite number, or null; numbers written as text are no numbers. */
export function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** Was anything sent there? JSON null is nothing. */
export function isSent(value: unknown): boolean {
  return value !== undefined && value !== null
}
