/** One thing that a rule book says, so that two of them can be compared. */
export interface Statement {
  /** the file or rule it stands in */
  readonly place: string
  /** its subject, the same in every version of the rule book */
  readonly what: string
  readonly says: string
}

/** Statements about one place: pairs whose text is null are not said. */
export function about(place: string, pairs: readonly (readonly [string, string | null])[]): Statement[] {
  return pairs.flatMap(([what, says]) => (says === null ? [] : [{ place, what, says }]))
}

export function byUnit(values: Readonly<Record<string, number>>): string {
  return Object.entries(values)
    .map(([unit, value]) => `${value} ${unit}`)
    .join(', ')
}

export function withSource(text: string, source: string | null): string {
  return source === null ? text : `${text} [${source}]`
}

/** The parts that there are, with "; " between them. */
export function parts(...all: readonly (string | null | false)[]): string {
  return all.filter((part) => part !== null && part !== false && part !== '').join('; ')
}
