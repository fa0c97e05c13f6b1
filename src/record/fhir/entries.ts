/**
 * The resources of a Bundle (http://hl7.org/fhir/R4/bundle.html). A Bundle that is not what it should be is a
 * problem with a place: what cannot be read there is not known, and silence about it would read as "normal".
 */
import type { SentResource } from './held.ts'
import { type Element, elementOf, elementsOf, isElement, isSent, numberOf, textOf } from './json.ts'
import { modifierOn, modifierOnResource } from './modifier.ts'

export type EntriesRead =
  | {
      readonly ok: true
      readonly resources: readonly SentResource[]
      /** a Bundle says that there is another page */
      readonly next: boolean
      /** Bundle.total of the outermost Bundle */
      readonly total: number | null
    }
  /** `place` such as "Bundle.entry[3].resource"; `detail` never holds a value that was sent */
  | { readonly ok: false; readonly place: string; readonly detail: string }

const READ_TYPES: ReadonlySet<string> = new Set(['collection', 'searchset', 'batch-response'])

/** A batch response holds Bundles; nothing known holds Bundles of Bundles of Bundles. */
const DEEPEST = 3

interface Problem {
  readonly place: string
  readonly detail: string
}

/** The entries of a Bundle and of the Bundles in it. Entries with search.mode "outcome" are left out. */
export function entriesOf(bundle: unknown): EntriesRead {
  const found: Found = { resources: [], next: false }
  const problem = collect(bundle, 'Bundle', 1, found)
  if (problem !== null) return { ok: false, ...problem }
  return { ok: true, resources: found.resources, next: found.next, total: numberOf(elementOf(bundle)?.total) }
}

interface Found {
  readonly resources: SentResource[]
  next: boolean
}

function collect(sent: unknown, place: string, depth: number, found: Found): Problem | null {
  const bundle = elementOf(sent)
  if (bundle === null || bundle.resourceType !== 'Bundle') return { place, detail: 'is not a Bundle' }
  if (depth > DEEPEST) return { place, detail: 'is too deep inside other Bundles' }
  const type = textOf(bundle.type)
  if (!READ_TYPES.has(type))
    return { place: `${place}.type`, detail: 'is not collection, searchset or batch-response' }
  if (modifierOnResource(bundle) !== null) return { place, detail: 'has a modifier that is not understood' }
  if (elementsOf(bundle.link).some((link) => link.relation === 'next')) found.next = true
  if (!isSent(bundle.entry)) return null
  if (!Array.isArray(bundle.entry)) return { place: `${place}.entry`, detail: 'is not a list' }
  const entries: readonly unknown[] = bundle.entry
  for (let index = 0; index < entries.length; index += 1) {
    const problem = collectEntry(entries[index], type, depth, found)
    // the place is put together only where there is something to tell
    if (problem !== null) return { ...problem, place: `${place}.entry[${index}]${problem.place}` }
  }
  return null
}

/** The place of a problem is told from the entry on: ".resource". */
function collectEntry(entry: unknown, type: string, depth: number, found: Found): Problem | null {
  if (!isElement(entry)) return { place: '', detail: 'is not an object' }
  if (modifierOn(entry) !== null) return { place: '', detail: 'has a modifier that is not understood' }
  if (elementOf(entry.search)?.mode === 'outcome') return null
  if (type === 'batch-response' && hasFailed(entry)) {
    return { place: '.response', detail: 'is not the answer that was asked for' }
  }
  const { resource } = entry
  if (!isSent(resource)) return { place: '.resource', detail: 'is missing' }
  if (!isElement(resource)) return { place: '.resource', detail: 'is not an object' }
  if (resource.resourceType === 'Bundle') return collect(resource, '.resource', depth + 1, found)
  found.resources.push({ resource, fullUrl: textOf(entry.fullUrl) || null })
  return null
}

/** One of the searches of a batch was refused: its status says so, or an OperationOutcome stands in its place. */
function hasFailed(entry: Element): boolean {
  const status = elementOf(entry.response)?.status
  const isSuccess = !isSent(status) || textOf(status).startsWith('2')
  return !isSuccess || elementOf(entry.resource)?.resourceType === 'OperationOutcome'
}
