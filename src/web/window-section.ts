import { type Knowledge, WINDOWS, type WindowName } from '../knowledge/types.ts'
import type { Content, Html } from './html.ts'
import { quantityText } from './quantity-text.ts'
import { comparedRow } from './site-mark.ts'
import { sourceRef } from './source.ts'
import { table } from './table.ts'
import { capital } from './words.ts'

/** How old a result may be for each use. */
export function windowTable(knowledge: Knowledge, published: Knowledge | null): Html | null {
  return table(
    'Windows',
    [
      { head: 'Use', kind: 'w' },
      { head: 'Counts up to', kind: 'n' },
      { head: 'Key', kind: 'k' },
      { head: 'Source', kind: 'w' },
    ],
    WINDOWS.map((name) => comparedRow(cellsOf(name, knowledge), published && cellsOf(name, published))),
  )
}

function cellsOf(name: WindowName, knowledge: Knowledge): Content[] {
  const { for: use, source } = knowledge.notes.windows[name]
  return [capital(use), quantityText(knowledge.windows[name], 'd'), name, sourceRef(source, knowledge)]
}
