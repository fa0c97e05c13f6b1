import type { When } from '../record/when.ts'
import type { Drugs, KnownDrug } from './drugs.ts'

const HOUR = 3_600_000
/** an active order without an end is taken to run so long (rules.md 1.7) [default] */
const ASSUMED_HOURS = { obstetric: 48, other: 12 } as const

/** Intravenous or intramuscular magnesium in relation to a moment. */
export interface InfusionAt {
  readonly runs: boolean
  /** hours since its end; null while it runs or before it */
  readonly hoursSinceEnd: number | null
  /** entries no longer active without a recorded end: hours since the start */
  readonly hoursSinceStart: number | null
  readonly drug: KnownDrug
}

/**
 * The infusions that had begun by that moment, the running ones first (rules.md 1.7: when IV Mg runs).
 *
 * @param obstetric pregnant or delivered: an active order without an end runs 48 h, else 12 h
 */
export function magnesiumInfusions(drugs: Drugs, when: When, obstetric: boolean): readonly InfusionAt[] {
  const at = when.to
  const found: InfusionAt[] = []
  for (const drug of drugs.of('mg-source')) {
    if (!drug.parenteral) continue
    const { start, end, span } = drug.use
    if (span === null || start === null || start > at) continue
    const { kind, status } = drug.raw
    const openEnded =
      end === null && (kind === 'administration' ? status === 'in-progress' : status === 'active')
    if (openEnded && kind === 'administration') {
      found.push({ runs: true, hoursSinceEnd: null, hoursSinceStart: null, drug })
      continue
    }
    const assumed = obstetric ? ASSUMED_HOURS.obstetric : ASSUMED_HOURS.other
    const until = end ?? (openEnded ? start + assumed * HOUR : null)
    if (until === null || until === start) {
      found.push({ runs: false, hoursSinceEnd: null, hoursSinceStart: (at - start) / HOUR, drug })
    } else if (when.from < until) {
      found.push({ runs: true, hoursSinceEnd: null, hoursSinceStart: null, drug })
    } else {
      found.push({ runs: false, hoursSinceEnd: (when.from - until) / HOUR, hoursSinceStart: null, drug })
    }
  }
  return found.sort((a, b) => Number(b.runs) - Number(a.runs))
}
