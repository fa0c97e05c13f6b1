/** A resource in hand: what was sent, and by which names others may refer to it. */
import type { Refused } from '../record.ts'
import { codedOf, UNCODED } from './concept.ts'
import { type Element, elementsOf, isSent, textOf } from './json.ts'
import { typeAndId } from './reference.ts'

export interface SentResource {
  readonly resource: unknown
  /** Bundle.entry.fullUrl, null where the resource did not come in a Bundle */
  readonly fullUrl: string | null
}

export interface Held {
  readonly type: string
  /** '' where it has none */
  readonly id: string
  /** "Observation/mg1", "DiagnosticReport/r1#mg1" for a contained one, null without an id */
  readonly reference: string | null
  readonly body: Element
  readonly fullUrl: string | null
  /** the resource that contains this one */
  readonly container: Held | null
}

/** The id stands in the resource, or at the end of a full url that ends with its type and id. */
export function heldOf(type: string, body: Element, fullUrl: string | null): Held {
  const id = textOf(body.id) || idIn(fullUrl, type)
  return { type, id, reference: id === '' ? null : `${type}/${id}`, body, fullUrl, container: null }
}

function idIn(fullUrl: string | null, type: string): string {
  const named = fullUrl === null ? null : typeAndId(fullUrl)
  return named?.startsWith(`${type}/`) ? named.slice(type.length + 1) : ''
}

/** Contained resources by id, read once; the list holds those without an id too. */
interface Contained {
  readonly all: readonly Held[]
  readonly byId: ReadonlyMap<string, Held>
}

const NOTHING: Contained = { all: [], byId: new Map() }
const contained = new WeakMap<Held, Contained>()

/** The contained resources of a resource (those of a contained one stand beside it). */
export function containedIn(held: Held): readonly Held[] {
  return containedOf(held).all
}

/** The contained resource that "#id" means, null if there is none. */
export function containedAs(id: string, held: Held): Held | null {
  return containedOf(held).byId.get(id) ?? null
}

function containedOf(held: Held): Contained {
  const container = held.container ?? held
  if (!isSent(container.body.contained)) return NOTHING
  const known = contained.get(container)
  if (known !== undefined) return known
  const all = elementsOf(container.body.contained).map((body) => {
    const sentId = textOf(body.id)
    // Some servers write the '#' of the reference into the id.
    const id = sentId.startsWith('#') ? sentId.slice(1) : sentId
    const reference = container.reference === null || id === '' ? null : `${container.reference}#${id}`
    return { type: textOf(body.resourceType), id, reference, body, fullUrl: null, container }
  })
  const read = { all, byId: new Map(all.map((resource) => [resource.id, resource])) }
  contained.set(container, read)
  return read
}

export function refusal(held: Held, reason: Refused['reason'], detail: string): Refused {
  const code = held.type === 'Observation' ? codedOf(held.body.code) : UNCODED
  return { reference: held.reference, resourceType: held.type, reason, detail, code }
}
