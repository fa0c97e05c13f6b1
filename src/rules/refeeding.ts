import { feedingStart } from '../drugs/feeding.ts'
import { numberOf } from '../knowledge/limits.ts'
import type { Facts } from '../labs/facts.ts'
import { isLow } from '../labs/range.ts'
import { percentFall } from '../quantity/decimal.ts'
import { hoursBetween } from '../readings/clock.ts'
import { canonicalValueOf, exactValueOf, hasExactValue, type Reading } from '../readings/reading.ts'
import { past } from './judge.ts'
import { type Finding, found, noData, type Rule, say, silent } from './rule.ts'
import { listed, shownReading, shownTime } from './show.ts'

const ELECTROLYTES = ['phosphate', 'potassium', 'magnesium'] as const
const HOUR = 3_600_000

/** Refeeding pattern in phosphate, potassium and magnesium together: rules.md 4, REFEEDING. */
export const refeeding: Rule = {
  id: 'REFEEDING',
  thresholds: [
    'fall',
    'warningFall',
    'criticalFall',
    'alcoholFall',
    'afterFeeding',
    'newest',
    'together',
    'baseline',
  ],
  sentences: [
    'summary',
    'fall',
    'armedByFeeding',
    'armedByRisk',
    'armedByAlcohol',
    'graded',
    'twoLow',
    'lowPhosphate',
    'thiamine',
    'recheck',
    'guidelines',
  ],
  detect: (facts) => {
    const newest = newestResults(facts, NONE)
    if (newest.length === 0) return noData('phosphate, potassium and magnesium not measured')
    const finding = judge(facts, NONE, newest)
    return finding ? found(finding) : silent('no fall that fits, or nothing that arms it')
  },
}

/** Is the pattern there at all, whatever becomes of it? (rules.md 4.2 c) */
export function refeedingIsDetected(facts: Facts): boolean {
  return judge(facts, NONE) !== null
}

const NONE: ReadonlySet<string> = new Set()

interface Fall {
  readonly before: Reading
  readonly after: Reading
  readonly percent: number
}

/** The newest usable result of each of the three that lies within 24 h of the newest of them all. */
function newestResults(facts: Facts, without: ReadonlySet<string>): readonly Reading[] {
  const each = ELECTROLYTES.filter((analyte) => !without.has(analyte))
    .map((analyte) => facts.readings.of(analyte).find((reading) => facts.isUsable(reading)))
    .filter((reading) => reading !== undefined)
  const newest = each.reduce<Reading | null>((a, b) => (a === null || b.at.from > a.at.from ? b : a), null)
  if (newest === null) return []
  const days = numberOf(facts.knowledge, 'REFEEDING', 'newest', 'd')
  const hours = numberOf(facts.knowledge, 'REFEEDING', 'together', 'h')
  if (facts.clock.within(newest.at, days) !== 'yes') return []
  return each.filter((reading) => hoursBetween(reading.at, newest.at) <= hours)
}

function judge(
  facts: Facts,
  without: ReadonlySet<string>,
  now = newestResults(facts, without),
): Finding | null {
  const newest = now.reduce<Reading | null>((a, b) => (a === null || b.at.from > a.at.from ? b : a), null)
  if (newest === null) return null
  // asked first: most patients have none low, and need no look at feeds and falls
  const low = now.filter((reading) => isLow(reading, facts.rangeOf(reading), reading.analyte) === 'yes')
  if (low.length === 0) return null
  const { knowledge, patient, clock } = facts
  const hours = (key: string) => numberOf(knowledge, 'REFEEDING', key, 'h')
  const start = feedingStart(facts.record, knowledge, newest.at, hours('afterFeeding'))
  const atRisk = patient.conditions.counts('refeeding-risk', clock.today)
  const drinks = patient.conditions.counts('alcohol', clock.today)
  if (start === null && !atRisk && !drinks) return null
  const falls = now
    .map((after) => fallOf(facts, after, newest, start, hours('baseline'), hours('afterFeeding')))
    .filter((fall) => fall !== null)
    .sort((a, b) => b.percent - a.percent || (a.after.analyte.id < b.after.analyte.id ? -1 : 1))
  const [largest] = falls
  const percent = (key: string) => numberOf(knowledge, 'REFEEDING', key, '%')
  if (!largest || largest.percent < percent('fall')) return null
  const alcohol = drinks && largest.percent >= percent('alcoholFall')
  if (start === null && !atRisk && !alcohol) return null

  const phosphate = now.find(({ analyte }) => analyte.id === 'phosphate')
  const phosphateCritical = phosphate !== undefined && past(facts, phosphate, 'P-LOW', 'critical') === 'yes'
  const critical = largest.percent > percent('criticalFall') || phosphateCritical || low.length >= 2
  const shownFall = ({ before, after, percent: by }: Fall) =>
    `${after.analyte.symbol} ${shownReading(before)} to ${shownReading(after)} (-${by.toFixed(1)} %)`
  return {
    rule: 'REFEEDING',
    restsOn: [...now, ...falls.map(({ before }) => before)],
    at: newest.at,
    critical: critical ? 'yes' : 'no',
    caps: [
      ...(now.some(({ provisional }) => provisional) ? ['provisional'] : []),
      ...(clock.within(newest.at, knowledge.windows.critical) === 'yes' ? [] : ['old']),
    ],
    shows: now.map((reading) => ({
      reading,
      range: facts.rangeOf(reading),
      derived: null,
      tied: null,
      newerUnusable: [],
    })),
    grade: () => ({
      indicator: critical ? 'critical' : largest.percent >= percent('warningFall') ? 'warning' : 'info',
      undecided: [],
    }),
    summary: () =>
      say('because', 'summary', {
        fall: shownFall(largest),
        low: listed(low.map(({ analyte }) => analyte.symbol)),
      }),
    phrases: () => [
      say('because', 'fall', {
        falls: listed(falls.filter((fall) => fall.percent >= percent('fall')).map(shownFall)),
      }),
      start !== null
        ? say('because', 'armedByFeeding', { start: shownTime(start) })
        : say('because', atRisk ? 'armedByRisk' : 'armedByAlcohol'),
      ...(low.length >= 2
        ? [say('because', 'twoLow', { low: listed(low.map(({ analyte }) => analyte.name)) })]
        : []),
      ...(phosphateCritical && phosphate
        ? [say('because', 'lowPhosphate', { phosphate: shownReading(phosphate) })]
        : []),
      say('because', 'graded'),
      say('option', 'thiamine'),
      say('option', 'recheck'),
      say('limits', 'guidelines'),
    ],
    roles: () => [start !== null ? 'feeding' : atRisk ? 'refeeding-risk' : 'alcohol'],
    without: (analytes) => judge(facts, new Set([...without, ...analytes])),
  }
}

/**
 * The fall in percent from the highest value of the 72 h before feeding (none: the first after it; no feeding
 * record: the first of the 120 h before the newest) to the newest. Nothing is computed from a bound.
 */
function fallOf(
  facts: Facts,
  after: Reading,
  newest: Reading,
  start: { readonly from: number } | null,
  baselineHours: number,
  windowHours: number,
): Fall | null {
  if (!hasExactValue(after)) return null
  const earlier = facts.readings
    .of(after.analyte.id)
    .filter((reading) => reading.at.from < after.at.from && hasExactValue(reading) && facts.isUsable(reading))
  let before: Reading | undefined
  if (start !== null) {
    const inBaseline = earlier.filter(
      ({ at }) => at.from <= start.from && at.from >= start.from - baselineHours * HOUR,
    )
    before = inBaseline.reduce<Reading | undefined>(
      (a, b) => (a === undefined || canonicalValueOf(b) > canonicalValueOf(a) ? b : a),
      undefined,
    )
    before ??= earlier.filter(({ at }) => at.from > start.from).at(-1)
  } else {
    before = earlier.filter(({ at }) => hoursBetween(at, newest.at) <= windowHours).at(-1)
  }
  if (!before) return null
  const same = before.measured.unit === after.measured.unit
  const [x, y] = same
    ? [exactValueOf(before), exactValueOf(after)]
    : [canonicalValueOf(before), canonicalValueOf(after)]
  return x > 0 ? { before, after, percent: percentFall(x, y) } : null
}
