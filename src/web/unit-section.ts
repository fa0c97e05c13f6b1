import type { Knowledge } from '../knowledge/types.ts'
import type { Unit } from '../quantity/limit.ts'
import { foldedSpelling } from '../quantity/unit.ts'
import type { Html } from './html.ts'
import { table } from './table.ts'

/** Every unit that is known, with the ways in which senders write it. */
export function unitTable(knowledge: Knowledge): Html | null {
  return table(
    'Units',
    [
      { head: 'Unit', kind: 'k' },
      { head: 'UCUM' },
      { head: 'Other spellings (case, blanks ignored)', kind: 'w' },
      { head: 'Note', kind: 'w' },
    ],
    [...knowledge.notes.units].map(([unit, { ucum, note }]) => ({
      cells: [unit, ucum ?? 'none', otherSpellings(unit, knowledge), note],
    })),
  )
}

/** Spellings that are read alike are shown once. */
export function otherSpellings(unit: Unit, { spellings }: Knowledge): string {
  const all = [...spellings].filter(([, of]) => of === unit).map(([spelling]) => spelling)
  const folded = Map.groupBy(all, foldedSpelling)
  return [...folded.values()].flatMap(([first = '']) => (first === unit ? [] : [first])).join(', ')
}
