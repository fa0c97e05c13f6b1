/** When a result was true, and by whose word (rules.md 1.1). */
import { again } from '../../quantity/once.ts'
import type { RawResult } from '../record.ts'
import { readWhen } from '../time.ts'
import type { When } from '../when.ts'
import { type Element, isSent } from './json.ts'
import { spanOf } from './period.ts'

export interface Timing {
  readonly effective: When | null
  readonly effectiveFrom: RawResult['effectiveFrom']
  readonly issued: When | null
}

export type TimingReader = (observation: Element, collected: When | null) => Timing

/**
 * effectiveDateTime or effectiveInstant, else the start of effectivePeriod, else the specimen's collection,
 * else `issued`. A period's end is never used: it may be weeks after the sample. Nor is another time put in
 * the place of one that was sent but cannot be: the result then has none.
 */
export function timingReader(zone: string): TimingReader {
  // the results of a draw and of a message stand together, and share these two
  const issuedAt = again((sent: unknown) => readWhen(sent, zone))
  const statedAt = again((sent: unknown) => readWhen(sent, zone))
  return (observation, collected) => {
    const issued = issuedAt(observation.issued)
    const stated = observation.effectiveDateTime ?? observation.effectiveInstant
    if (isSent(stated)) return timing(statedAt(stated), 'effective', issued)
    const start = spanOf(observation.effectivePeriod, zone).start
    if (start !== null) return timing(start, 'effective', issued)
    if (collected !== null) return timing(collected, 'specimen', issued)
    return timing(issued, 'issued', issued)
  }
}

function timing(effective: When | null, from: RawResult['effectiveFrom'], issued: When | null): Timing {
  return { effective, effectiveFrom: effective === null ? 'none' : from, issued }
}
