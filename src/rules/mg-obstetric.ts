import { magnesiumInfusions } from '../drugs/infusion.ts'
import { limitOf, numberOf } from '../knowledge/limits.ts'
import type { Facts } from '../labs/facts.ts'
import { isHigh } from '../labs/range.ts'
import { anyOf } from '../quantity/interval.ts'
import type { When } from '../record/when.ts'
import { absent, capsOf, past, shown } from './judge.ts'
import { type Detection, found, notJudged, type Rule, say, silent } from './rule.ts'
import { shownLimit, shownReading } from './show.ts'

/** Magnesium of a pregnant or just delivered patient on an infusion: rules.md 4, MG-OBSTETRIC. */
export const mgObstetric: Rule = {
  id: 'MG-OBSTETRIC',
  thresholds: ['usualLow', 'warning', 'critical', 'afterInfusion'],
  sentences: [
    'summary',
    'usual',
    'aboveWarning',
    'aboveCritical',
    'infusion',
    'signs',
    'gluconate',
    'calcium',
  ],
  detect,
}

/**
 * Was a sample drawn while intravenous magnesium ran, or within 24 h of its end (no end recorded: of its
 * start)? It is asked of magnesium and of the calcium that falls with it.
 */
export function isDrawnOnObstetricInfusion(facts: Facts, at: When): boolean {
  const hours = numberOf(facts.knowledge, 'MG-OBSTETRIC', 'afterInfusion', 'h')
  return magnesiumInfusions(facts.drugs, at, true).some(
    ({ runs, hoursSinceEnd, hoursSinceStart }) =>
      runs ||
      (hoursSinceEnd !== null && hoursSinceEnd <= hours) ||
      (hoursSinceStart !== null && hoursSinceStart <= hours),
  )
}

function detect(facts: Facts): Detection {
  const judged = facts.magnesium
  if (!judged) return absent(facts, ['magnesium'])
  const { reading, range } = judged
  if (!facts.patient.obstetricAt(reading.at)) return silent('not pregnant or delivered at the sample')
  if (!isDrawnOnObstetricInfusion(facts, reading.at))
    return silent('not drawn on or after a magnesium infusion')
  const warning = past(facts, reading, 'MG-OBSTETRIC', 'warning')
  const critical = past(facts, reading, 'MG-OBSTETRIC', 'critical')
  const high = anyOf(isHigh(reading, range, reading.analyte), range === null ? critical : 'no')
  if (high === 'undecided') {
    return notJudged('undecided-comparator', 'the reported bound does not decide', [reading])
  }
  if (high === 'no') return silent('magnesium is not above the range of pregnancy')
  const undecided =
    warning === 'undecided' || (warning === 'yes' && critical === 'undecided') ? [reading] : []
  const limit = (key: 'usualLow' | 'warning' | 'critical') =>
    shownLimit(limitOf(facts.knowledge, 'MG-OBSTETRIC', key), reading, reading.analyte)
  const [infusion] = magnesiumInfusions(facts.drugs, reading.at, true)
  return found({
    rule: 'MG-OBSTETRIC',
    restsOn: [reading],
    at: reading.at,
    critical,
    caps: capsOf(facts, judged),
    shows: [shown(judged)],
    grade: () => ({
      indicator: critical === 'yes' ? 'critical' : warning === 'yes' ? 'warning' : 'info',
      undecided,
    }),
    summary: () => say('because', 'summary', { value: shownReading(reading) }),
    phrases: () => [
      say('because', critical === 'yes' ? 'aboveCritical' : warning === 'yes' ? 'aboveWarning' : 'usual', {
        warning: limit('warning'),
        critical: limit('critical'),
        usualLow: limit('usualLow'),
      }),
      say('cause', 'infusion', { drug: infusion?.drug.name ?? 'magnesium' }),
      say('option', 'signs'),
      say('option', 'gluconate'),
      say('link', 'calcium'),
    ],
    roles: () => ['obstetric', 'iv-mg'],
  })
}
