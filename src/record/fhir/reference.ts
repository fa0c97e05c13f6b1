/** The forms of a literal reference (http://hl7.org/fhir/R4/references.html#literal). */

/** The url without the version it may name: "Patient/p1/_history/2" is Patient/p1. */
export function withoutVersion(url: string): string {
  const version = url.indexOf('/_history/')
  return version < 0 ? url : url.slice(0, version)
}

/**
 * "Type/id" of a relative ("Patient/p1") or absolute ("https://ehr.example/fhir/Patient/p1") reference, with
 * or without a version; null for urn:, "#id", searches and whatever else names no type and id.
 */
export function typeAndId(reference: string): string | null {
  const url = withoutVersion(reference)
  const slash = url.lastIndexOf('/')
  const before = url.lastIndexOf('/', slash - 1)
  if (slash <= 0 || slash === url.length - 1) return null
  if (before >= 0 && !url.startsWith('https://') && !url.startsWith('http://')) return null
  const initial = url.charCodeAt(before + 1)
  const isTypeName = initial >= 65 && initial <= 90
  return isTypeName && !url.includes('?') && !url.includes('#') ? url.slice(before + 1) : null
}

/** A full url or reference as it is compared: without version; urn:uuid: is the same in either case (RFC 4122). */
export function comparable(url: string): string {
  const initial = url[0]
  const isUrn = (initial === 'u' || initial === 'U') && url.slice(0, 4).toLowerCase() === 'urn:'
  return isUrn ? url.toLowerCase() : withoutVersion(url)
}
