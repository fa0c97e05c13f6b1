import { sameMinute } from './clock.ts'
import type { Reading } from './reading.ts'

/**
 * Do two results come from one draw of blood? The same specimen where both name one, else the same accession
 * or report where both have one, else the same minute (rules.md 1.1).
 */
export function sameSample(a: Reading, b: Reading): boolean {
  if (a === b) return true
  const x = a.raw
  const y = b.raw
  if (x.specimen !== null && y.specimen !== null) return x.specimen === y.specimen
  if (x.accession !== null && y.accession !== null) return x.accession === y.accession
  if (x.reports.length > 0 && y.reports.length > 0) {
    return x.reports.some((report) => y.reports.includes(report))
  }
  return sameMinute(a.at, b.at)
}

/** The readings drawn together with one of them (itself included). */
export interface Sample {
  readonly anchor: Reading
  readonly readings: readonly Reading[]
}

export function sampleOf(anchor: Reading, all: readonly Reading[]): Sample {
  return { anchor, readings: all.filter((reading) => sameSample(anchor, reading)) }
}

/** What a sample is called in an answer: its specimen or accession, else its time as sent. */
export function sampleName({ anchor }: Sample): string {
  return anchor.raw.specimen ?? anchor.raw.accession ?? anchor.at.text
}
