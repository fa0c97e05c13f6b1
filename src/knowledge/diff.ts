import type { Statement } from './statement.ts'
import { analyteStatements } from './statements-analytes.ts'
import { cardStatements } from './statements-cards.ts'
import { conditionStatements, drugStatements } from './statements-codes.ts'
import { rangeStatements, ruleStatements, windowStatements } from './statements-rules.ts'
import {
  evidenceStatements,
  headStatements,
  kidneyStatements,
  serviceStatements,
} from './statements-sources.ts'
import type { Knowledge } from './types.ts'

/** One thing that two rule books say differently. */
export interface KnowledgeChange {
  /** the file or rule: "rule MG-LOW", "analyte magnesium", "windows" */
  readonly place: string
  /** "threshold critical" */
  readonly what: string
  /** null = only the second rule book has it */
  readonly before: string | null
  /** null = only the first one has it */
  readonly after: string | null
}

/** Everything that a rule book says, each once, in the order of its chapters. The version is no statement. */
export function statementsOf(knowledge: Knowledge): readonly Statement[] {
  return [
    ruleStatements,
    rangeStatements,
    windowStatements,
    analyteStatements,
    conditionStatements,
    drugStatements,
    kidneyStatements,
    cardStatements,
    serviceStatements,
    evidenceStatements,
    headStatements,
  ].flatMap((statements) => statements(knowledge))
}

/** What b says other than a, place by place; empty = they say the same, whatever their versions. */
export function knowledgeDiff(a: Knowledge, b: Knowledge): KnowledgeChange[] {
  const before = indexed(statementsOf(a))
  const after = indexed(statementsOf(b))
  const places = [...new Set([...before.keys(), ...after.keys()])]
  return places.flatMap((place) => {
    const old = before.get(place) ?? new Map<string, string>()
    const young = after.get(place) ?? new Map<string, string>()
    return [...new Set([...old.keys(), ...young.keys()])].flatMap((what) => {
      const change = { place, what, before: old.get(what) ?? null, after: young.get(what) ?? null }
      return change.before === change.after ? [] : [change]
    })
  })
}

/** By place and subject; two statements on one subject (a code listed twice) become one. */
function indexed(statements: readonly Statement[]): Map<string, Map<string, string>> {
  const places = new Map<string, Map<string, string>>()
  for (const { place, what, says } of statements) {
    const known = places.get(place) ?? new Map<string, string>()
    const earlier = known.get(what)
    known.set(what, earlier === undefined ? says : `${earlier} / ${says}`)
    places.set(place, known)
  }
  return places
}

/** For the terminal: a heading for each place, "- was" and "+ is now" below each subject; "no change" for none. */
export function diffText(changes: readonly KnowledgeChange[]): string {
  if (changes.length === 0) return 'no change\n'
  const byPlace = Map.groupBy(changes, ({ place }) => place)
  const blocks = [...byPlace].map(([place, own]) =>
    [
      place,
      ...own.flatMap(({ what, before, after }) => [`  ${what}`, ...told('-', before), ...told('+', after)]),
    ].join('\n'),
  )
  const count = `${changes.length} ${changes.length === 1 ? 'change' : 'changes'}`
  return `${blocks.join('\n\n')}\n\n${count}\n`
}

function told(sign: '-' | '+', says: string | null): string[] {
  return says === null ? [] : [`    ${sign} ${oneLine(says)}`]
}

/** A rule book may come from elsewhere: nothing in it may steer the terminal. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
}
