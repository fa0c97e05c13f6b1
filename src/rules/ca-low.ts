import { limitOf } from '../knowledge/limits.ts'
import type { JudgedCalcium } from '../labs/calcium.ts'
import { companion, type Facts, recentResult } from '../labs/facts.ts'
import { isHigh, isLow } from '../labs/range.ts'
import { anyOf, type Truth } from '../quantity/interval.ts'
import { passes } from '../quantity/limit.ts'
import { calciumText, criticalKey, derivedText } from './calcium-words.ts'
import { forKept } from './for-kept.ts'
import { absent, capsOf, countingSets, magnesiumBeside, shown } from './judge.ts'
import { type Detection, found, type Kept, notJudged, type Phrase, type Rule, say, silent } from './rule.ts'
import { listed, shownDrugs, shownLimit, shownReading } from './show.ts'

export const CALCIUM = ['calcium', 'calcium-adjusted', 'calcium-ionised'] as const

/** Low calcium: rules.md 4, CA-LOW, on the calcium that 1.4 chooses. */
export const caLow: Rule = {
  id: 'CA-LOW',
  thresholds: ['criticalAdjusted', 'criticalIonised', 'criticalTotal'],
  sentences: [
    'summary',
    'critical',
    'qtDrug',
    'condition',
    'antiresorptive',
    'lowMagnesium',
    'measureMagnesium',
    'magnesiumInRange',
    'pthLow',
    'pthHigh',
    'kidney',
    'notAdjusted',
    'unreliable',
    'measureIonised',
    'lowVitaminD',
    'symptoms',
    'longQT',
  ],
  detect,
}

function detect(facts: Facts): Detection {
  const { calcium } = facts
  if (!calcium) return absent(facts, CALCIUM)
  if (calcium.uncertain) return silent('total and adjusted calcium disagree: CA-UNCERTAIN')
  const critical = isCriticallyLow(facts, calcium)
  const low = anyOf(isLow(calcium.value, calcium.range, calcium.analyte), critical)
  if (low === 'undecided')
    return notJudged('undecided-comparator', 'the reported bound does not decide', [calcium.reading])
  if (low === 'no') return silent('calcium is not below its range')
  const raising = forKept((kept) => aggravators(facts, calcium, kept))
  return found({
    rule: 'CA-LOW',
    restsOn: restsOn(calcium),
    at: calcium.reading.at,
    critical,
    caps: calciumCaps(facts, calcium, 'CA-LOW'),
    shows: [shown(calcium, derivedText(calcium))],
    grade: (kept) => {
      if (critical === 'yes') return { indicator: 'critical', undecided: [] }
      const raised = raising(kept).length > 0
      return {
        indicator: raised ? 'warning' : 'info',
        undecided: critical === 'undecided' ? [calcium.reading] : [],
      }
    },
    summary: () =>
      say('because', 'summary', {
        value: calciumText(calcium) ?? shownReading(calcium.reading),
        severity: critical === 'yes' ? 'critically low' : 'low',
      }),
    phrases: (kept) => phrases(facts, calcium, raising(kept), kept),
    roles: (kept) => raising(kept).map(({ sentence }) => sentence),
  })
}

export function restsOn({ reading, albumin, total }: JudgedCalcium) {
  return [
    reading,
    ...(total && total.reading !== reading ? [total.reading] : []),
    ...(albumin ? [albumin] : []),
  ]
}

/**
 * Past the critical limit of the figure that is judged; a total alone has its own wider limit (rules.md 1.4).
 */
export function isCriticallyLow(facts: Facts, calcium: JudgedCalcium): Truth {
  return isPastCritical(facts, calcium, 'CA-LOW')
}

export function isPastCritical(facts: Facts, calcium: JudgedCalcium, rule: 'CA-LOW' | 'CA-HIGH'): Truth {
  return passes(calcium.value, limitOf(facts.knowledge, rule, criticalKey(calcium)))
}

/** Caps of a calcium: an unreliable adjustment is critical only where the total passes the adjusted limit too. */
export function calciumCaps(facts: Facts, calcium: JudgedCalcium, rule: 'CA-LOW' | 'CA-HIGH'): string[] {
  const caps = capsOf(facts, calcium)
  if (calcium.unreliable.length === 0) return caps
  const { total } = calcium
  const alsoTotal =
    total !== null && passes(total.reading, limitOf(facts.knowledge, rule, 'criticalAdjusted')) === 'yes'
  return alsoTotal ? caps : [...caps, 'unreliable']
}

function aggravators(facts: Facts, calcium: JudgedCalcium, kept: Kept): Phrase[] {
  const { drugs, knowledge, clock } = facts
  const all: Phrase[] = []
  const qt = drugs.active('qt')
  if (qt.length > 0) all.push(say('because', 'qtDrug', { drugs: shownDrugs(qt) }))
  const sets = countingSets(facts, ['seizure', 'tetany'])
  if (sets.length > 0) {
    all.push(
      say('because', 'condition', {
        conditions: listed(sets.map((set) => knowledge.conditions.get(set)?.title ?? set)),
      }),
    )
  }
  const antiresorptives = [
    ...drugs.active('antiresorptive'),
    ...drugs.usedWithin('antiresorptive', 183, clock.now),
  ]
  if (antiresorptives.length > 0)
    all.push(say('because', 'antiresorptive', { drugs: shownDrugs(antiresorptives) }))
  const { at } = calcium.reading
  const magnesium = magnesiumBeside(facts, at)
  if (kept.has('MG-LOW', at) || kept.has('MG-LOW-RENAL-WASTING', at) || magnesium?.low === 'yes') {
    const reading = magnesium?.reading ?? facts.magnesium?.reading
    all.push(say('because', 'lowMagnesium', { magnesium: reading ? shownReading(reading) : '' }))
  }
  return all
}

function phrases(facts: Facts, calcium: JudgedCalcium, raising: readonly Phrase[], kept: Kept): Phrase[] {
  const { at } = calcium.reading
  const { knowledge } = facts
  const all: Phrase[] = []
  if (isCriticallyLow(facts, calcium) === 'yes') {
    const limit = limitOf(knowledge, 'CA-LOW', criticalKey(calcium))
    all.push(say('because', 'critical', { limit: shownLimit(limit, calcium.value, calcium.analyte) }))
  }
  all.push(...raising)
  if (calcium.kind === 'total') all.push(say('because', 'notAdjusted'))
  if (calcium.unreliable.length > 0)
    all.push(say('because', 'unreliable', { reasons: listed(calcium.unreliable) }))
  if (calcium.kind === 'total' || calcium.unreliable.length > 0) all.push(say('option', 'measureIonised'))
  const magnesium = magnesiumBeside(facts, at)
  if (!magnesium) all.push(say('option', 'measureMagnesium'))
  else if (magnesium.low === 'no')
    all.push(say('link', 'magnesiumInRange', { magnesium: shownReading(magnesium.reading) }))
  const pth = companion(facts, 'pth', at, knowledge.windows.pth)
  if (pth) {
    const high = isHigh(pth, facts.rangeOf(pth), pth.analyte) === 'yes'
    all.push(say('cause', high ? 'pthHigh' : 'pthLow', { pth: shownReading(pth) }))
  }
  const vitaminD = recentResult(facts, 'vitamin-d-25oh', knowledge.windows.hormones)
  if (vitaminD && kept.anywhere('VITD-LOW'))
    all.push(say('cause', 'lowVitaminD', { vitaminD: shownReading(vitaminD) }))
  if (facts.patient.conditions.counts('ckd', facts.clock.today)) all.push(say('cause', 'kidney'))
  if (facts.patient.conditions.counts('long-qt', facts.clock.today)) all.push(say('because', 'longQT'))
  all.push(say('option', 'symptoms'))
  return all
}
