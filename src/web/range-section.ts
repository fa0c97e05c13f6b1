import type { BuiltInRange, Knowledge } from '../knowledge/types.ts'
import { anchor, linkTo } from './anchor.ts'
import { fileHead } from './file-head.ts'
import { type Content, type Html, html } from './html.ts'
import { decimalsOfAnalyte, quantities } from './quantity-text.ts'
import { comparedRow } from './site-mark.ts'
import { sourceRef } from './source.ts'
import { type Row, table } from './table.ts'

const WHOM = {
  adult: 'Adults',
  pregnant: 'In pregnancy',
  child: 'Children, 28 days to under 18 years',
} as const

/** The ranges that are used where a result brings none of its own that can be accepted. */
export function rangeSections(knowledge: Knowledge, published: Knowledge | null): Html[] {
  return (['adult', 'pregnant', 'child'] as const).map((applies) => {
    const rows = knowledge.ranges.filter((range) => range.applies === applies)
    return html`<article><h3>${WHOM[applies]}</h3>${fileHead(`reference-ranges/${applies}.yaml`, knowledge)}${
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
        rows.map((range) => rowOf(range, knowledge, published)),
      ) ?? html`<p>None.</p>`
    }</article>`
  })
}

/** A site's row with the published one that it replaces beside it; that it is the site's is said once. */
function rowOf(range: BuiltInRange, knowledge: Knowledge, published: Knowledge | null): Row {
  const cells = cellsOf(range, knowledge)
  const before = published?.ranges.find((other) => keyOf(other) === keyOf(range))
  const row = comparedRow(cells, before ? cellsOf({ ...before, site: range.site }, knowledge) : null)
  return { ...row, mark: range.site ? 'site' : row.mark }
}

function keyOf({ applies, analyte, years, sex }: BuiltInRange): string {
  return JSON.stringify([applies, analyte, years, sex])
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
