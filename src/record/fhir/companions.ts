/** The resources that came along with one another, found by the references between them. */
import { once } from '../../quantity/once.ts'
import { containedAs, type Held } from './held.ts'
import { elementOf, textOf } from './json.ts'
import { modifierOnResource } from './modifier.ts'
import { comparable, typeAndId } from './reference.ts'

export class Companions {
  /** made at the first reference that leads to another resource: in many records none does */
  readonly #byName: () => ReadonlyMap<string, Held>

  /**
   * `sent` are the copies and older versions of `usable` too: their full urls lead to what is read in their
   * place. Of two resources with one name the first is found.
   */
  constructor(usable: readonly Held[], sent: readonly Held[]) {
    this.#byName = once(() => byName(usable, sent))
  }

  /**
   * The resource that a Reference element of `from` points to: contained, of the same Bundle by full url, or by
   * type and id whatever the base. Null if it did not come along, or must not be read (unknown modifier).
   */
  find(reference: unknown, from: Held): Held | null {
    const target = literalOf(reference)
    if (target === '') return null
    if (target.startsWith('#')) {
      const found = containedAs(target.slice(1), from)
      return found === null || modifierOnResource(found.body) !== null ? null : found
    }
    const named = this.#byName().get(comparable(target))
    if (named !== undefined) return named
    const name = typeAndId(target)
    return (name === null ? undefined : this.#byName().get(name)) ?? null
  }

  /** One name for whatever a Reference element points to, here or not: "Specimen/s1"; null without a reference. */
  nameOf(reference: unknown, from: Held): string | null {
    const target = literalOf(reference)
    if (target === '') return null
    const found = this.find(reference, from)
    if (found !== null && found.reference !== null) return found.reference
    if (target.startsWith('#')) {
      const container = from.container ?? from
      return container.reference === null ? null : `${container.reference}${target}`
    }
    return typeAndId(target) ?? comparable(target)
  }
}

function byName(usable: readonly Held[], sent: readonly Held[]): ReadonlyMap<string, Held> {
  const named = new Map<string, Held>()
  const keep = (name: string, held: Held) => {
    if (!named.has(name)) named.set(name, held)
  }
  for (const held of usable) {
    if (held.reference !== null) keep(held.reference, held)
    if (held.fullUrl !== null) keep(comparable(held.fullUrl), held)
  }
  if (sent.length === usable.length) return named
  for (const held of sent) {
    const read = held.reference === null ? undefined : named.get(held.reference)
    if (read !== undefined && held.fullUrl !== null) keep(comparable(held.fullUrl), read)
  }
  return named
}

/** Reference.reference, '' where there is none. */
export function literalOf(reference: unknown): string {
  return textOf(elementOf(reference)?.reference)
}
