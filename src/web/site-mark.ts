import { type Content, html, isEmpty } from './html.ts'
import type { Row } from './table.ts'

/**
 * A row in which a site may have changed something: what it changed says so in words, with what was published beside
 * it. Colour alone would be lost on paper and on some eyes.
 *
 * @param published the same cells of the published rule book; null = it is not at hand, or has no such row
 */
export function comparedRow(
  cells: readonly Content[],
  published: readonly Content[] | null,
): Pick<Row, 'cells' | 'mark'> {
  if (published === null) return { cells }
  const changed = cells.map((cell, index) => textOf(cell) !== textOf(published[index] ?? null))
  return {
    cells: cells.map((cell, index) => (changed[index] ? marked(cell, published[index] ?? null) : cell)),
    mark: changed.includes(true) ? 'site' : undefined,
  }
}

function marked(cell: Content, published: Content): Content {
  return html`${cell} <span class="published"><strong class="mark site">changed by this site</strong> Published: ${isEmpty(published) ? 'none' : published}</span>`
}

function textOf(content: Content): string {
  return html`${content}`.toString()
}
