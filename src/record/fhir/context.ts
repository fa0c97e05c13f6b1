/** What the readers of single resources need besides the resource. */
import type { Companions } from './companions.ts'
import type { Groupings } from './grouping.ts'
import type { Held } from './held.ts'
import type { TimingReader } from './observation-time.ts'
import type { RawSpecimen } from './specimen.ts'

export interface Context {
  /** IANA zone: what days and times without an offset mean */
  readonly zone: string
  readonly companions: Companions
  readonly groupings: Groupings
  readonly specimenOf: (observation: Held) => RawSpecimen
  readonly timingOf: TimingReader
  /** meta.lastUpdated in ms */
  readonly revisedOf: (held: Held) => number | null
}
