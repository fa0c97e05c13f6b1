import { type Content, type Html, html, isEmpty } from './html.ts'

export interface Column {
  readonly head: string
  /** "n" numbers, "k" keys, "c" codes that are never broken, "w" words, "ww" many words: how narrow it may become */
  readonly kind?: 'n' | 'k' | 'c' | 'w' | 'ww' | undefined
}

export interface Row {
  readonly cells: readonly Content[]
  readonly id?: string | undefined
  /** a row to be seen: a disabled code, a failed case, a site's value */
  readonly mark?: 'off' | 'bad' | 'site' | undefined
}

/**
 * A table in a container of its own that scrolls sideways, by keyboard too: the page itself never does. A column
 * without a single value is left out. The first cell heads its row.
 *
 * @param label what the table holds, for people who do not see where it stands: "MG-LOW: thresholds"
 */
export function table(label: string, columns: readonly Column[], rows: readonly Row[]): Html | null {
  if (rows.length === 0) return null
  const shown = columns
    .map((column, index) => ({ column, index }))
    .filter(({ index }) => index === 0 || rows.some(({ cells }) => !isEmpty(cells[index] ?? null)))
  const classOf = ({ kind }: Column) => (kind === undefined ? null : html` class="${kind}"`)
  return html`<div class="scroll" role="group" tabindex="0" aria-label="${label}"><table>
<thead><tr>${shown.map(({ column }) => html`<th scope="col"${classOf(column)}>${column.head}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({ cells, id, mark }) =>
      html`<tr${id === undefined ? null : html` id="${id}"`}${mark === undefined ? null : html` class="${mark}"`}>${shown.map(
        ({ column, index }) =>
          index === 0
            ? html`<th scope="row"${classOf(column)}>${cells[index] ?? null}</th>`
            : html`<td${classOf(column)}>${cells[index] ?? null}</td>`,
      )}</tr>\n`,
  )}</tbody></table></div>`
}

/** A heading with what stands below it; nothing where there is nothing. */
export function part(heading: string, content: Content): Html | null {
  return isEmpty(content) ? null : html`<h4>${heading}</h4>${content}`
}

export function paragraph(text: Content): Html {
  return html`<p>${text}</p>`
}

/** Terms with what is said about them; pairs without content are left out. */
export function terms(pairs: readonly (readonly [string, Content])[]): Html | null {
  const told = pairs.filter(([, content]) => !isEmpty(content))
  if (told.length === 0) return null
  return html`<dl>${told.map(([term, content]) => html`<div><dt>${term}</dt><dd>${content}</dd></div>`)}</dl>`
}
