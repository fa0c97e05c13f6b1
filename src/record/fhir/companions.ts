/** The resources that came along with one another, found by the references between them. */
import { once, onceEach } from '../../quantity/once.ts'
import { containedAs, type Held } from './held.ts'
import { elementOf, textOf } from './json.ts'
import { modifierOnResource } from './modifier.ts'
import { comparable, typeAndId } from './reference.ts'

/** What a reference outside of its own resource means: the resource, if it came along, and one name for it. */
interface Meant {
  readonly found: Held | null
  readonly name: string
}

export class Companions {
  /** what a reference that is not "#id" means, by the reference as it is written */
  readonly meant: (target: string) => Meant

  /**
   * `sent` are the copies and older versions of `usable` too: their full urls lead to what is read in their
   * place. Of two resources with one name the first is found.
   */
  constructor(usable: readonly Held[], sent: readonly Held[]) {
    // made at the first reference to a type: nearly all resources are results, to which few references lead
    const ofType = onceEach((type: string) => {
      const isOfType = (held: Held) => held.type === type
      return byName(usable.filter(isOfType), sent.filter(isOfType))
    })
    const ofAll = once(() => byName(usable, sent))
    this.meant = onceEach((target) => {
      const literal = comparable(target)
      const name = typeAndId(target)
      const named = name === null ? ofAll() : ofType(name.slice(0, name.indexOf('/')))
      const found = named.get(literal) ?? (name === null ? undefined : named.get(name)) ?? null
      return { found, name: found?.reference ?? name ?? literal }
    })
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
    return this.meant(target).found
  }

  /** One name for whatever a Reference element points to, here or not: "Specimen/s1"; null without a reference. */
  nameOf(reference: unknown, from: Held): string | null {
    const target = literalOf(reference)
    if (target === '') return null
    if (!target.startsWith('#')) return this.meant(target).name
    const found = this.find(reference, from)
    if (found !== null && found.reference !== null) return found.reference
    const container = from.container ?? from
    return container.reference === null ? null : `${container.reference}${target}`
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
