import { isMapping, type MergeProblem, missingUnits, notPositive, unitsOf } from './overlay-values.ts'

const DIRECTIONS = ['below', 'atMost', 'above', 'atLeast'] as const

/** A threshold is changed in all of its units or not at all, and keeps its direction. */
export function mergedLimit(
  own: unknown,
  change: unknown,
  path: string[],
  problems: MergeProblem[],
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
    problems.push(...missingUnits(own[direction], change[direction], [...path, direction]))
    const foreign = unitsOf(change[direction]).filter((unit) => !unitsOf(own[direction]).includes(unit))
    if (foreign.length > 0) {
      problems.push({
        path: [...path, direction],
        reason: `this limit is not compared in ${foreign.join(', ')}`,
      })
    }
  }
  if (direction !== undefined)
    problems.push(...notPositive(own[direction], change[direction], [...path, direction]))
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
