import type { Knowledge, RecheckInterval, RecheckRow } from '../knowledge/types.ts'
import { type Content, type Html, html } from './html.ts'
import { comparedRow } from './site-mark.ts'
import { table } from './table.ts'

/** When a rule's cards say to measure again (value-sets.md 7); null = the table says nothing for it. */
export function recheckTable(rule: string, { recheck }: Knowledge, published: Knowledge | null): Html | null {
  const rowsOf = (rows: readonly RecheckRow[]) => rows.filter(({ rules }) => rules.includes(rule))
  return table(
    `${rule}: when to measure again`,
    [
      { head: 'Finding', kind: 'k' },
      { head: 'Inpatient' },
      { head: 'Inpatient, eGFR below 30, changing or unknown' },
      { head: 'Outpatient' },
      { head: 'Outpatient, eGFR 30 to 44' },
      { head: 'Outpatient, eGFR below 30, changing or unknown' },
      { head: 'On dialysis' },
    ],
    rowsOf(recheck).map((row) => {
      const before = rowsOf(published?.recheck ?? []).find(({ indicator }) => indicator === row.indicator)
      return comparedRow(cellsOf(row), before ? cellsOf(before) : null)
    }),
  )
}

function cellsOf({ indicator, inpatient, outpatient, dialysis }: RecheckRow): Content[] {
  return [
    indicator ?? 'any other level',
    shown(inpatient?.normal),
    shown(inpatient?.low),
    shown(outpatient?.normal),
    shown(outpatient?.moderate),
    shown(outpatient?.low),
    shown(dialysis),
  ]
}

/** The card's words, and below them the time that the draft order carries. */
function shown(interval: RecheckInterval | null | undefined): Content {
  if (!interval) return html`<span class="quiet">not given</span>`
  const { text, from, to, unit } = interval
  if (unit === undefined || to === undefined) return text
  return html`${text} <span class="quiet">(draft: ${from === undefined || from === to ? '' : `${from} to `}${to} ${unit})</span>`
}
