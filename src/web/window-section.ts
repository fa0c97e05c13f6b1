import { type Knowledge, WINDOWS } from '../knowledge/types.ts'
import type { Html } from './html.ts'
import { quantityText } from './quantity-text.ts'
import { table } from './table.ts'
import { WINDOW_WORDS } from './words.ts'

/** How old a result may be for each use. */
export function windowTable({ windows }: Knowledge): Html | null {
  return table(
    'Windows',
    [
      { head: 'Use', kind: 'w' },
      { head: 'Counts up to', kind: 'n' },
      { head: 'Key', kind: 'k' },
    ],
    WINDOWS.map((name) => ({ cells: [WINDOW_WORDS[name], quantityText(windows[name], 'd'), name] })),
  )
}
