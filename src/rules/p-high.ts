import { isReduced } from '../kidney/band.ts'
import { limitOf, numberOf } from '../knowledge/limits.ts'
import type { Facts } from '../labs/facts.ts'
import { isHigh } from '../labs/range.ts'
import { minus, times } from '../quantity/decimal.ts'
import type { Truth } from '../quantity/interval.ts'
import { daysBetween } from '../readings/clock.ts'
import { canonicalValueOf, exactValueOf, hasExactValue, type Reading } from '../readings/reading.ts'
import { absent, capsOf, past, shown } from './judge.ts'
import { type Detection, found, notJudged, type Phrase, type Rule, say, silent } from './rule.ts'
import { shownDrugs, shownLimit, shownReading, shownTime } from './show.ts'

/** High phosphate: rules.md 4, P-HIGH. */
export const pHigh: Rule = {
  id: 'P-HIGH',
  thresholds: ['warning', 'dialysisWarning', 'rise', 'riseFrom', 'riseTo'],
  sentences: [
    'summary',
    'dialysis',
    'aboveWarning',
    'aboveDialysisWarning',
    'rising',
    'discordant',
    'mild',
    'together',
    'laxatives',
    'acute',
  ],
  detect,
}

function detect(facts: Facts): Detection {
  const judged = facts.phosphate
  if (!judged) return absent(facts, ['phosphate'])
  const { reading, range } = judged
  const high = isHigh(reading, range, reading.analyte)
  if (high === 'undecided')
    return notJudged('undecided-comparator', 'the reported bound does not decide', [reading])
  if (high === 'no') {
    return range === null
      ? notJudged('no-range-for-age', 'no reference range fits the patient')
      : silent('phosphate is not above its range')
  }
  const { band, discordant } = facts.kidney
  const dialysis = band === 'dialysis'
  const isAdult = facts.patient.stageAt(reading.at) === 'adult'
  const key = dialysis ? 'dialysisWarning' : 'warning'
  const above: Truth = dialysis || isAdult ? past(facts, reading, 'P-HIGH', key) : 'no'
  const before = dialysis || !isReduced(band) ? null : risenFrom(facts, reading)
  const warns = above === 'yes' || before !== null || (!dialysis && discordant)
  return found({
    rule: 'P-HIGH',
    restsOn: [reading],
    at: reading.at,
    critical: 'no',
    caps: capsOf(facts, judged),
    shows: [shown(judged)],
    grade: () => ({
      indicator: warns ? 'warning' : 'info',
      undecided: above === 'undecided' && !warns ? [reading] : [],
    }),
    summary: () =>
      say('because', 'summary', { value: shownReading(reading), kidney: dialysis ? ', on dialysis' : '' }),
    phrases: () => {
      const limit = shownLimit(limitOf(facts.knowledge, 'P-HIGH', key), reading, reading.analyte)
      const all: Phrase[] = []
      if (dialysis) all.push(say('because', 'dialysis'))
      if (above === 'yes')
        all.push(say('because', dialysis ? 'aboveDialysisWarning' : 'aboveWarning', { limit }))
      if (before)
        all.push(say('because', 'rising', { value: shownReading(before), date: shownTime(before.at) }))
      if (discordant && !dialysis) all.push(say('because', 'discordant'))
      if (all.length === 0) all.push(say('because', 'mild'))
      const laxatives = [
        ...facts.drugs.active('phosphate-laxative'),
        ...facts.drugs.recent('phosphate-laxative', reading.at),
      ]
      if (laxatives.length > 0) all.push(say('cause', 'laxatives', { drugs: shownDrugs(laxatives) }))
      if (!dialysis) all.push(say('cause', 'acute'))
      all.push(say('option', 'together'))
      return all
    },
    roles: () => [...(before ? ['rising-phosphate'] : []), ...(discordant ? ['discordant-egfr'] : [])],
  })
}

/** The newest clean value 7 to 180 days older, if this one is 10 % or more above it [default]. */
function risenFrom(facts: Facts, reading: Reading): Reading | null {
  const days = (key: string) => numberOf(facts.knowledge, 'P-HIGH', key, 'd')
  const before = facts.readings.of('phosphate').find((other) => {
    const age = daysBetween(other.at, reading.at)
    return age >= days('riseFrom') && age <= days('riseTo') && hasExactValue(other) && facts.isClean(other)
  })
  if (!before || !hasExactValue(reading)) return null
  const same = before.measured.unit === reading.measured.unit
  const [x, y] = same
    ? [exactValueOf(before), exactValueOf(reading)]
    : [canonicalValueOf(before), canonicalValueOf(reading)]
  const percent = numberOf(facts.knowledge, 'P-HIGH', 'rise', '%')
  return times(minus(y, x), 100) >= times(x, percent) ? before : null
}
