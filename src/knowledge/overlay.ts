/**
 * How a site's file changes the published one (knowledge-format.md): a mapping is merged key by key, everything
 * else is replaced. A threshold or a range limit is replaced with all of its units or not at all: a limit that
 * a site changed in mmol/L must not keep the old number in mg/dL.
 */

export interface Merging {
  readonly value: unknown
  readonly problems: readonly { readonly path: readonly string[]; readonly reason: string }[]
}

type Mapping = Readonly<Record<string, unknown>>

/** What the program asks for by name: a site changes it, and cannot add to it. */
const NAMED_BY_THE_PROGRAM: Readonly<Record<string, string>> = {
  thresholds: 'the published rule has no threshold',
  sentences: 'the published rule has no sentence',
  topics: 'the kidney caveats have no topic',
  phrases: 'the kidney caveats have no phrase',
}

const DIRECTIONS = ['below', 'atMost', 'above', 'atLeast'] as const

export function merged(base: unknown, site: unknown): Merging {
  const problems: { path: string[]; reason: string }[] = []
  const merge = (own: unknown, change: unknown, path: string[]): unknown => {
    if (path.length === 2 && path[0] === 'thresholds') return mergedLimit(own, change, path, problems)
    if (path.length === 2 && path[0] === 'sentences') return mergedSentence(own, change, path, problems)
    if (path.length === 1 && path[0] === 'ranges') return mergedRanges(own, change, path, problems)
    if (!isMapping(own) || !isMapping(change)) return change
    const result: Record<string, unknown> = { ...own }
    for (const [key, value] of Object.entries(change)) {
      const refusal = path.length === 1 ? NAMED_BY_THE_PROGRAM[path[0] ?? ''] : undefined
      if (refusal !== undefined && !Object.hasOwn(own, key)) {
        problems.push({ path: [...path, key], reason: `${refusal} of this name` })
        continue
      }
      result[key] = Object.hasOwn(own, key) ? merge(own[key], value, [...path, key]) : value
    }
    return result
  }
  return { value: site === null ? base : merge(base, site, []), problems }
}

function mergedLimit(
  own: unknown,
  change: unknown,
  path: string[],
  problems: { path: string[]; reason: string }[],
): unknown {
  if (!isMapping(own) || !isMapping(change)) return change
  const direction = DIRECTIONS.find((side) => own[side] !== undefined)
  const other = DIRECTIONS.find((side) => change[side] !== undefined && side !== direction)
  if (other !== undefined) {
    problems.push({
      path: [...path, other],
      reason: `this limit is meant as "${direction}"; a site changes its numbers only`,
    })
    return own
  }
  if (direction !== undefined && change[direction] !== undefined) {
    const missing = unitsOf(own[direction]).filter((unit) => !unitsOf(change[direction]).includes(unit))
    if (missing.length > 0) {
      problems.push({
        path: [...path, direction],
        reason: `give the changed limit in all of its units; missing: ${missing.join(', ')}`,
      })
    }
    const foreign = unitsOf(change[direction]).filter((unit) => !unitsOf(own[direction]).includes(unit))
    if (foreign.length > 0) {
      problems.push({
        path: [...path, direction],
        reason: `this limit is not compared in ${foreign.join(', ')}`,
      })
    }
  }
  // the published source speaks for the published number only
  const isOtherNumber = Object.entries(change).some(
    ([key, value]) =>
      !['source', 'note', 'units'].includes(key) && JSON.stringify(own[key]) !== JSON.stringify(value),
  )
  return {
    ...own,
    ...(isOtherNumber ? { source: 'default', note: "this site's own number" } : {}),
    ...change,
  }
}

/** A reworded sentence may leave placeholders out, but use none that the program does not fill. */
function mergedSentence(
  own: unknown,
  change: unknown,
  path: string[],
  problems: { path: string[]; reason: string }[],
): unknown {
  const textOf = (sentence: unknown) => String(isMapping(sentence) ? sentence.text : sentence)
  const known: readonly string[] = textOf(own).match(/\{\w+\}/gu) ?? []
  for (const placeholder of textOf(change).match(/\{\w+\}/gu) ?? []) {
    if (!known.includes(placeholder))
      problems.push({ path, reason: `no value for ${placeholder} here; known: ${known.join(', ')}` })
  }
  // a bracket that is left over is a placeholder that was mistyped; it would stand on the card as it is
  if (/[{}]/u.test(textOf(change).replaceAll(/\{\w+\}/gu, '')))
    problems.push({ path, reason: 'a bracket without its other half, or with blanks inside: write {name}' })
  return change
}

/** Rows are matched by analyte, years and sex; a matched row is replaced, another one is added; both are the site's. */
function mergedRanges(
  own: unknown,
  change: unknown,
  path: string[],
  problems: { path: string[]; reason: string }[],
): unknown {
  if (!Array.isArray(own) || !Array.isArray(change)) return change
  const keyOf = (row: unknown) =>
    isMapping(row) ? JSON.stringify([row.analyte, row.years ?? null, row.sex ?? null]) : ''
  const rows: unknown[] = [...own]
  for (const [index, row] of change.entries()) {
    const at = rows.findIndex((other) => keyOf(other) === keyOf(row))
    const before: unknown = at < 0 ? null : rows[at]
    if (isMapping(before) && isMapping(row)) {
      for (const side of ['low', 'high']) {
        const missing = unitsOf(before[side]).filter((unit) => !unitsOf(row[side]).includes(unit))
        if (missing.length > 0) {
          problems.push({
            path: [...path, String(index), side],
            reason: `give the changed limit in all of its units; missing: ${missing.join(', ')}`,
          })
        }
      }
    }
    const marked = isMapping(row) ? { ...row, site: true } : row
    if (at < 0) rows.push(marked)
    else rows[at] = marked
  }
  return rows
}

function unitsOf(limits: unknown): string[] {
  return isMapping(limits) ? Object.keys(limits) : []
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
