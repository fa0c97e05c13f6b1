import type { BuiltInRange, Knowledge } from '../knowledge/types.ts'
import { anchor, linkTo } from './anchor.ts'
import { type Content, type Html, html } from './html.ts'
import { decimalsOfAnalyte, quantities } from './quantity-text.ts'
import { sourceRef } from './source.ts'
import { table } from './table.ts'

const WHOM = {
  adult: 'Adults',
  pregnant: 'In pregnancy',
  child: 'Children, 28 days to under 18 years',
} as const

/** The ranges that are used where a result brings none of its own that can be accepted. */
export function rangeSections(knowledge: Knowledge): Html[] {
  return (['adult', 'pregnant', 'child'] as const).map((applies) => {
    const rows = knowledge.ranges.filter((range) => range.applies === applies)
    return html`<article><h3>${WHOM[applies]}</h3>${
      table(
        `Reference ranges: ${WHOM[applies]}`,
        [
          { head: 'Analyte', kind: 'k' },
          { head: 'Age' },
          { head: 'Sex' },
          { head: 'From', kind: 'n' },
          { head: 'To', kind: 'n' },
          { head: 'Whose' },
          { head: 'Source' },
        ],
        rows.map((range) => ({
          cells: cellsOf(range, knowledge),
          mark: range.site ? ('site' as const) : undefined,
        })),
      ) ?? html`<p>None.</p>`
    }</article>`
  })
}

function cellsOf(
  { analyte: id, years, sex, low, high, source, site }: BuiltInRange,
  knowledge: Knowledge,
): Content[] {
  const analyte = knowledge.analytes.get(id)
  const decimalsOf = decimalsOfAnalyte(analyte)
  return [
    linkTo(anchor('analyte', id), analyte?.name ?? id),
    years && `${years.from} to under ${years.to} years`,
    sex,
    quantities(low, decimalsOf),
    quantities(high, decimalsOf),
    site ? html`<strong class="mark site">this site's</strong>` : 'built-in',
    sourceRef(source, knowledge),
  ]
}
