import { type InfusionAt, magnesiumInfusions } from '../drugs/infusion.ts'
import { numberOf } from '../knowledge/limits.ts'
import { earlierResults, type Facts } from '../labs/facts.ts'
import { isHigh, isLow } from '../labs/range.ts'
import { absent, capsOf, shown } from './judge.ts'
import { type Detection, found, notJudged, type Rule, say, silent } from './rule.ts'
import { shownReading, shownTime } from './show.ts'

/** A magnesium drawn on or soon after an infusion is no steady state: rules.md 4, MG-RECHECK. */
export const mgRecheck: Rule = {
  id: 'MG-RECHECK',
  thresholds: ['afterInfusion', 'afterStart'],
  sentences: ['summary', 'running', 'soonAfter', 'recheck', 'before'],
  detect,
}

function detect(facts: Facts): Detection {
  const judged = facts.magnesium
  if (!judged) return absent(facts, ['magnesium'])
  const { reading, range } = judged
  if (range === null) return notJudged('no-range-for-age', 'no reference range fits the patient')
  const low = isLow(reading, range, reading.analyte)
  if (low === 'yes') return silent('magnesium is below its range')
  if (low === 'undecided') {
    return notJudged('undecided-comparator', 'the reported bound does not decide', [reading])
  }
  if (facts.patient.obstetricAt(reading.at)) return silent('pregnant or delivered at the sample')
  if (facts.incomplete.medications || facts.incomplete.conditions) {
    return notJudged('incomplete-data', 'medicines or conditions were not read completely')
  }
  const infusion = magnesiumInfusions(facts.drugs, reading.at, false).find((drug) => isNear(facts, drug))
  if (!infusion) return silent('not drawn on or soon after a magnesium infusion')
  const high = isHigh(reading, range, reading.analyte) === 'yes'
  const before = earlierResults(facts, reading).find(
    ({ at }) => infusion.drug.use.start !== null && at.from <= infusion.drug.use.start,
  )
  return found({
    rule: 'MG-RECHECK',
    restsOn: [reading],
    at: reading.at,
    critical: 'no',
    caps: capsOf(facts, judged),
    shows: [shown(judged)],
    magnesiumIsHigh: high,
    grade: () => ({ indicator: 'info', undecided: [] }),
    summary: () => say('because', 'summary', { value: shownReading(reading) }),
    phrases: () => [
      say('because', infusion.runs ? 'running' : 'soonAfter', { drug: infusion.drug.name }),
      ...(before
        ? [say('because', 'before', { value: shownReading(before), date: shownTime(before.at) })]
        : []),
      say('option', 'recheck'),
    ],
    roles: () => ['iv-mg'],
  })
}

function isNear(facts: Facts, { runs, hoursSinceEnd, hoursSinceStart }: InfusionAt): boolean {
  const afterEnd = numberOf(facts.knowledge, 'MG-RECHECK', 'afterInfusion', 'h')
  const afterStart = numberOf(facts.knowledge, 'MG-RECHECK', 'afterStart', 'h')
  return (
    runs ||
    (hoursSinceEnd !== null && hoursSinceEnd < afterEnd) ||
    (hoursSinceStart !== null && hoursSinceStart < afterStart)
  )
}
