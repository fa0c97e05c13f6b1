import { limitOf } from '../knowledge/limits.ts'
import { companion, type Facts, recentResult } from '../labs/facts.ts'
import { isHigh, isLow } from '../labs/range.ts'
import { anyOf } from '../quantity/interval.ts'
import { absent, capsOf, past, shown } from './judge.ts'
import { type Detection, found, notJudged, type Phrase, type Rule, say, silent } from './rule.ts'
import { shownDrugs, shownLimit, shownReading } from './show.ts'

/** Low phosphate: rules.md 4, P-LOW. */
export const pLow: Rule = {
  id: 'P-LOW',
  thresholds: ['critical', 'warning'],
  sentences: [
    'summary',
    'critical',
    'warning',
    'mild',
    'iron',
    'binders',
    'hyperparathyroidism',
    'renalWasting',
    'think',
    'replace',
  ],
  detect,
}

function detect(facts: Facts): Detection {
  const judged = facts.phosphate
  if (!judged) return absent(facts, ['phosphate'])
  const { reading, range } = judged
  const critical = past(facts, reading, 'P-LOW', 'critical')
  const warning = past(facts, reading, 'P-LOW', 'warning')
  const low = anyOf(isLow(reading, range, reading.analyte), critical)
  if (low === 'undecided')
    return notJudged('undecided-comparator', 'the reported bound does not decide', [reading])
  if (low === 'no') return silent('phosphate is not below its range')
  const level = critical === 'yes' ? 'critical' : warning === 'yes' ? 'warning' : 'info'
  return found({
    rule: 'P-LOW',
    restsOn: [reading],
    at: reading.at,
    critical,
    caps: capsOf(facts, judged),
    shows: [shown(judged)],
    grade: () => ({
      indicator: level,
      undecided: critical === 'undecided' || warning === 'undecided' ? [reading] : [],
    }),
    summary: () =>
      say('because', 'summary', {
        value: shownReading(reading),
        severity: critical === 'yes' ? 'critically low' : 'low',
      }),
    phrases: (kept) => {
      const key = level === 'info' ? 'mild' : level
      const limit = limitOf(facts.knowledge, 'P-LOW', level === 'critical' ? 'critical' : 'warning')
      const iron = facts.drugs.usedWithin('ferric-carboxymaltose', 180, facts.clock.now)
      const binders = facts.drugs.active('phosphate-binder')
      const all: Phrase[] = [say('because', key, { limit: shownLimit(limit, reading, reading.analyte) })]
      if (iron.length > 0) all.push(say('cause', 'iron', { drugs: shownDrugs(iron) }))
      if (binders.length > 0) all.push(say('cause', 'binders', { drugs: shownDrugs(binders) }))
      if (facts.patient.conditions.counts('hyperparathyroidism', facts.clock.today))
        all.push(say('cause', 'hyperparathyroidism'))
      const alp = companion(facts, 'alp', reading.at, facts.knowledge.windows.pth)
      const vitaminD = recentResult(facts, 'vitamin-d-25oh', facts.knowledge.windows.hormones)
      if (
        alp &&
        vitaminD &&
        isHigh(alp, facts.rangeOf(alp), alp.analyte) === 'yes' &&
        past(facts, vitaminD, 'VITD-LOW', 'inadequate') === 'no'
      ) {
        all.push(say('cause', 'renalWasting', { alp: shownReading(alp), vitaminD: shownReading(vitaminD) }))
      }
      const alone = !kept.anywhere('REFEEDING') && !kept.anywhere('MG-LOW') && !kept.anywhere('CA-LOW')
      if (all.length === 1 && alone) all.push(say('cause', 'think'))
      all.push(say('option', 'replace'))
      return all
    },
    roles: () => [],
  })
}
