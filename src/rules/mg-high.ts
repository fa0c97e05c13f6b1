import type { KnownDrug } from '../drugs/drugs.ts'
import { isNoEstimate, isReduced } from '../kidney/band.ts'
import { limitOf } from '../knowledge/limits.ts'
import type { Facts } from '../labs/facts.ts'
import type { Judged } from '../labs/latest.ts'
import { isHigh } from '../labs/range.ts'
import { anyOf } from '../quantity/interval.ts'
import type { Indicator } from './indicator.ts'
import { absent, capsOf, past, shown } from './judge.ts'
import {
  type Detection,
  type Finding,
  found,
  type Kept,
  notJudged,
  type Phrase,
  type Rule,
  say,
  silent,
} from './rule.ts'
import { shownDrugs, shownLimit, shownReading } from './show.ts'

/** High magnesium: rules.md 4, MG-HIGH. */
export const mgHigh: Rule = {
  id: 'MG-HIGH',
  thresholds: ['critical', 'signs'],
  sentences: [
    'summary',
    'critical',
    'reduced',
    'noEstimate',
    'sources',
    'discordant',
    'dialysis',
    'onlyAboveRange',
    'stoppedSources',
    'smallRise',
    'reviewSources',
    'askOverTheCounter',
    'signs',
    'bone',
    'ecg',
  ],
  detect,
}

function detect(facts: Facts): Detection {
  const judged = facts.magnesium
  if (!judged) return absent(facts, ['magnesium'])
  const { reading, range } = judged
  const critical = past(facts, reading, 'MG-HIGH', 'critical')
  const high = anyOf(isHigh(reading, range, reading.analyte), critical)
  if (high === 'undecided') {
    return notJudged('undecided-comparator', 'the reported bound does not decide', [reading])
  }
  if (high === 'no') return silent('magnesium is not above its range')
  return found(finding(facts, judged))
}

/** Magnesium sources in use at the sample, or active now: they count for the level. */
function sourcesOf({ drugs }: Facts, { reading }: Judged): readonly KnownDrug[] {
  return [...new Set([...drugs.recent('mg-source', reading.at), ...drugs.active('mg-source')])]
}

function finding(facts: Facts, judged: Judged): Finding {
  const { reading } = judged
  const { band, discordant } = facts.kidney
  const critical = past(facts, reading, 'MG-HIGH', 'critical')
  const sources = sourcesOf(facts, judged)
  const level = (kept: Kept): Indicator => {
    if (critical === 'yes' && !kept.anywhere('MG-OBSTETRIC')) return 'critical'
    if (band === 'dialysis') return sources.length > 0 ? 'warning' : 'info'
    if (isReduced(band) || isNoEstimate(band) || sources.length > 0 || discordant) return 'warning'
    return 'info'
  }
  return {
    rule: 'MG-HIGH',
    restsOn: [reading],
    at: reading.at,
    critical,
    caps: capsOf(facts, judged),
    shows: [shown(judged)],
    grade: (kept) => ({ indicator: level(kept), undecided: critical === 'undecided' ? [reading] : [] }),
    summary: () =>
      say('because', 'summary', {
        value: shownReading(reading),
        severity: critical === 'yes' ? 'critically high' : 'high',
        aggravator: aggravator(facts, sources),
      }),
    phrases: () => phrases(facts, judged, sources),
    roles: () => [...(sources.length > 0 ? ['mg-source'] : []), ...(discordant ? ['discordant-egfr'] : [])],
  }
}

function aggravator({ kidney }: Facts, sources: readonly KnownDrug[]): string {
  const { band } = kidney
  const kidneys =
    band === 'dialysis'
      ? ', on dialysis'
      : band === 'unstable'
        ? ', kidney function changing'
        : band === 'unknown'
          ? ', kidney function unknown'
          : isReduced(band)
            ? ', reduced kidney function'
            : ''
  return `${kidneys}${sources.length > 0 ? ', takes magnesium' : ''}`
}

function phrases(facts: Facts, judged: Judged, sources: readonly KnownDrug[]): Phrase[] {
  const { reading } = judged
  const { kidney, knowledge, drugs } = facts
  const critical = past(facts, reading, 'MG-HIGH', 'critical') === 'yes'
  const all: Phrase[] = []
  if (critical) {
    all.push(
      say('because', 'critical', {
        limit: shownLimit(limitOf(knowledge, 'MG-HIGH', 'critical'), reading, reading.analyte),
      }),
    )
  }
  if (kidney.band === 'dialysis') all.push(say('because', 'dialysis'))
  else if (isReduced(kidney.band)) all.push(say('because', 'reduced'))
  else if (isNoEstimate(kidney.band)) all.push(say('because', 'noEstimate'))
  else if (sources.length === 0 && !critical) all.push(say('because', 'onlyAboveRange'))
  if (kidney.discordant) all.push(say('because', 'discordant'))
  if (sources.length > 0) {
    all.push(say('cause', 'sources', { drugs: shownDrugs(sources) }), say('option', 'reviewSources'))
  } else all.push(say('option', 'askOverTheCounter'))
  const stopped = drugs.of('mg-source').filter((drug) => !sources.includes(drug) && drug.use.span !== null)
  if (stopped.length > 0) all.push(say('cause', 'stoppedSources', { drugs: shownDrugs(stopped) }))
  const small = [...drugs.active('sglt2'), ...drugs.active('lithium')]
  if (small.length > 0) all.push(say('cause', 'smallRise', { drugs: shownDrugs(small) }))
  if (past(facts, reading, 'MG-HIGH', 'signs') === 'yes') all.push(say('option', 'signs'))
  if (critical) all.push(say('option', 'ecg'))
  all.push(say('limits', 'bone'))
  return all
}
