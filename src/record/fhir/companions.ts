/** The resources that came along with one another, found by the references between them. */
import { containedAs, type Held } from './held.ts'
import { elementOf, textOf } from './json.ts'
import { modifierOnResource } from './modifier.ts'
import { comparable, typeAndId } from './reference.ts'

export class Companions {
  readonly #byName = new Map<string, Held>()

  /**
   * `sent` are the copies and older versions of `usable` too: their full urls lead to what is read in their
   * place. Of two resources with one name the first is found.
   */
  constructor(usable: readonly Held[], sent: readonly Held[]) {
    for (const held of usable) {
      if (held.reference !== null) this.#keep(held.reference, held)
      if (held.fullUrl !== null) this.#keep(comparable(held.fullUrl), held)
    }
    if (sent.length === usable.length) return
    for (const held of sent) {
      const read = held.reference === null ? undefined : this.#byName.get(held.reference)
      if (read !== undefined && held.fullUrl !== null) this.#keep(comparable(held.fullUrl), read)
    }
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
    const named = this.#byName.get(comparable(target))
    if (named !== undefined) return named
    const name = typeAndId(target)
    return (name === null ? undefined : this.#byName.get(name)) ?? null
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

  #keep(name: string, held: Held): void {
    if (!this.#byName.has(name)) this.#byName.set(name, held)
  }
}

/** Reference.reference, '' where there is none. */
export function literalOf(reference: unknown): string {
  return textOf(elementOf(reference)?.reference)
}
