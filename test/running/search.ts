/** What a FHIR server answers to the advertised reads and searches. */
import type { Held, Json } from './resources.ts'

export interface Bundle extends Json {
  readonly resourceType: 'Bundle'
  readonly entry?: readonly Held[]
  readonly link?: readonly { readonly relation: string; readonly url: string }[]
}

/** All hits of "Observation?patient=p1&code=…", newest first, without paging. */
export function hitsOf(held: readonly Held[], query: string): readonly Held[] {
  const [type = '', parameters = ''] = query.split('?')
  const wanted = new URLSearchParams(parameters)
  const codes = wanted.get('code')?.split(',')
  return held
    .filter(({ resource }) => resource.resourceType === type)
    .filter(({ resource }) => isOf(resource, wanted.get('patient')))
    .filter(({ resource }) => codes === undefined || hasCode(resource, codes))
    .sort((a, b) => dateOf(b.resource).localeCompare(dateOf(a.resource)))
}

function isOf(resource: Json, patientId: string | null): boolean {
  const subject = (resource.subject ?? resource.patient) as { reference?: string } | undefined
  return subject?.reference?.split('/').at(-1) === patientId
}

function hasCode(resource: Json, codes: readonly string[]): boolean {
  const { coding = [] } = (resource.code ?? {}) as { coding?: readonly { system?: string; code?: string }[] }
  return coding.some(({ system, code }) => codes.includes(`${system}|${code}`))
}

function dateOf(resource: Json): string {
  const value = resource.effectiveDateTime ?? resource.authoredOn ?? resource.recordedDate
  return typeof value === 'string' ? value : ''
}

export const countOf = (query: string) => Number(/[?&]_count=(\d+)/u.exec(query)?.[1] ?? 1000)

/** The prefetch that an EHR sends: each template filled and answered; Medications and Locations ride along. */
export function prefetchOf(
  templates: Readonly<Record<string, string>>,
  held: readonly Held[],
  patientId: string,
): Json {
  const companions = (type: string) => held.filter(({ resource }) => resource.resourceType === type)
  return Object.fromEntries(
    Object.entries(templates).map(([key, template]) => {
      const query = template.replaceAll('{{context.patientId}}', patientId)
      if (!query.includes('?')) {
        const [type, id] = query.split('/')
        const found = held.find(({ resource }) => resource.resourceType === type && resource.id === id)
        return [key, found?.resource ?? null]
      }
      const hits = hitsOf(held, query).slice(0, countOf(query))
      const more = query.startsWith('Medication')
        ? companions('Medication')
        : query.startsWith('Encounter')
          ? companions('Location')
          : []
      return [key, searchset([...hits, ...more])]
    }),
  )
}

export function searchset(entry: readonly Held[], more: Json = {}): Bundle {
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(entry.length > 0 ? { entry } : {}),
    ...more,
  }
}
