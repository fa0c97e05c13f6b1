/**
 * What a result proves. An exact result is the interval [x, x]; "<0.3" is everything below 0.3, and a
 * statement is true of the result only if it is true of the whole interval (rules.md 1 no. 3).
 */
export interface Interval {
  readonly low: number
  readonly high: number
  /** true: `low` itself is not in the interval */
  readonly lowOpen: boolean
  readonly highOpen: boolean
}

/** Proved, refuted, or not decided by the interval. */
export type Truth = 'yes' | 'no' | 'undecided'

export type Comparator = '' | '<' | '<=' | '>' | '>='

export function exactly(value: number): Interval {
  return { low: value, high: value, lowOpen: false, highOpen: false }
}

export function between(low: number, high: number): Interval {
  return { low, high, lowOpen: false, highOpen: false }
}

/** The interval that a comparator and a number state: `<` x is everything below x. */
export function bounded(comparator: Comparator, value: number): Interval {
  switch (comparator) {
    case '':
      return exactly(value)
    case '<':
      return { low: Number.NEGATIVE_INFINITY, high: value, lowOpen: false, highOpen: true }
    case '<=':
      return { low: Number.NEGATIVE_INFINITY, high: value, lowOpen: false, highOpen: false }
    case '>':
      return { low: value, high: Number.POSITIVE_INFINITY, lowOpen: true, highOpen: false }
    case '>=':
      return { low: value, high: Number.POSITIVE_INFINITY, lowOpen: false, highOpen: false }
  }
}

export function isExact(interval: Interval): boolean {
  return interval.low === interval.high
}

/** The interval with both ends converted by an increasing function. */
export function mapped(interval: Interval, convert: (value: number) => number): Interval {
  const end = (value: number) => (Number.isFinite(value) ? convert(value) : value)
  return { ...interval, low: end(interval.low), high: end(interval.high) }
}

/** Is every value of the interval below the limit (the limit itself excluded)? */
export function isBelow(interval: Interval, limit: number): Truth {
  if (interval.high < limit || (interval.high === limit && interval.highOpen)) return 'yes'
  return interval.low >= limit ? 'no' : 'undecided'
}

/** Is every value of the interval above the limit (the limit itself excluded)? */
export function isAbove(interval: Interval, limit: number): Truth {
  if (interval.low > limit || (interval.low === limit && interval.lowOpen)) return 'yes'
  return interval.high <= limit ? 'no' : 'undecided'
}

export function not(truth: Truth): Truth {
  if (truth === 'undecided') return truth
  return truth === 'yes' ? 'no' : 'yes'
}

/** Yes if all are, no if any is refuted. */
export function allOf(...truths: Truth[]): Truth {
  if (truths.includes('no')) return 'no'
  return truths.includes('undecided') ? 'undecided' : 'yes'
}

/** Yes if any is, no if all are refuted. */
export function anyOf(...truths: Truth[]): Truth {
  if (truths.includes('yes')) return 'yes'
  return truths.includes('undecided') ? 'undecided' : 'no'
}
