/**
 * How a site's file changes the published one (knowledge-format.md): a mapping is merged key by key, everything
 * else is replaced. A threshold or a range limit is replaced with all of its units or not at all: a limit that
 * a site changed in mmol/L must not keep the old number in mg/dL.
 */

import { mergedLimit } from './overlay-limits.ts'
import { mergedRanges } from './overlay-ranges.ts'
import { isMapping, type MergeProblem, notPositive } from './overlay-values.ts'
import type { Origin } from './places.ts'

export interface Merging {
  readonly value: unknown
  readonly problems: readonly MergeProblem[]
  /** what one of the two wrote whole; other mappings hold keys of both */
  readonly origins: readonly Origin[]
}

/** What the program asks for by name: a site changes it, and cannot add to it. */
const NAMED_BY_THE_PROGRAM: Readonly<Record<string, string>> = {
  thresholds: 'the published rule has no threshold',
  sentences: 'the published rule has no sentence',
  topics: 'the kidney caveats have no topic',
  phrases: 'the kidney caveats have no phrase',
}

export function merged(base: unknown, site: unknown): Merging {
  const problems: MergeProblem[] = []
  const origins: Origin[] = []
  const replaced = (change: unknown, path: string[]) => {
    origins.push({ path, inSite: path })
    return change
  }
  const merge = (own: unknown, change: unknown, path: string[]): unknown => {
    if (path.length === 2 && path[0] === 'thresholds') return mergedLimit(own, change, path, problems)
    if (path.length === 2 && path[0] === 'sentences') {
      problems.push(...unfilled(own, change, path))
      return replaced(change, path)
    }
    if (path.length === 1 && path[0] === 'ranges') {
      const rows = mergedRanges(own, change, path, problems)
      origins.push(...rows.origins)
      return rows.value
    }
    if (!isMapping(own) || !isMapping(change)) {
      if (path.length === 1 && path[0] === 'id' && change !== own)
        problems.push({ path, reason: `this file is about ${own}; a site cannot make it another one` })
      if (typeof own === 'number') problems.push(...notPositive(own, change, path))
      return replaced(change, path)
    }
    const result: Record<string, unknown> = { ...own }
    for (const [key, value] of Object.entries(change)) {
      const refusal = path.length === 1 ? NAMED_BY_THE_PROGRAM[path[0] ?? ''] : undefined
      if (refusal !== undefined && !Object.hasOwn(own, key)) {
        problems.push({ path: [...path, key], reason: `${refusal} of this name` })
        continue
      }
      const at = [...path, key]
      result[key] = Object.hasOwn(own, key) ? merge(own[key], value, at) : replaced(value, at)
    }
    return result
  }
  return { value: site === null ? base : merge(base, site, []), problems, origins }
}

/** A reworded sentence may leave placeholders out, but use none that the program does not fill. */
function unfilled(own: unknown, change: unknown, path: string[]): MergeProblem[] {
  const textOf = (sentence: unknown) => String(isMapping(sentence) ? sentence.text : sentence)
  const known: readonly string[] = textOf(own).match(/\{\w+\}/gu) ?? []
  const unknown = (textOf(change).match(/\{\w+\}/gu) ?? []).filter((used) => !known.includes(used))
  const problems = unknown.map((used) => ({
    path,
    reason: `no value for ${used} here; known: ${known.join(', ')}`,
  }))
  // a bracket that is left over is a placeholder that was mistyped; it would stand on the card as it is
  if (/[{}]/u.test(textOf(change).replaceAll(/\{\w+\}/gu, '')))
    problems.push({ path, reason: 'a bracket without its other half, or with blanks inside: write {name}' })
  return problems
}
