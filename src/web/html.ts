/** Text that is HTML already. Only `html` makes it, so everything else that reaches a page is escaped. */
export class Html {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

export type Content = Html | string | number | null | false | readonly Content[]

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** The one place where text becomes HTML; fit for content and for quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? character)
}

function rendered(content: Content): string {
  if (content === null || content === false) return ''
  if (content instanceof Html) return content.toString()
  if (typeof content === 'string' || typeof content === 'number') return escapeHtml(String(content))
  return content.map(rendered).join('')
}

/** A template whose values are escaped; nested `html` stays, lists are put one after the other, null is nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  let text = strings[0] ?? ''
  for (const [index, value] of values.entries()) text += rendered(value) + (strings[index + 1] ?? '')
  return new Html(text)
}

/** Items with a separator between them. */
export function joined(items: readonly Content[], separator: Content = ', '): Content {
  return items.flatMap((item, index) => (index === 0 ? [item] : [separator, item]))
}

export const isEmpty = (content: Content): boolean => rendered(content) === ''
