import { limitOf } from '../knowledge/limits.ts'
import type { JudgedCalcium } from '../labs/calcium.ts'
import { companion, type Facts, recentResult } from '../labs/facts.ts'
import { isHigh, isLow } from '../labs/range.ts'
import { anyOf } from '../quantity/interval.ts'
import { passes } from '../quantity/limit.ts'
import { CALCIUM, calciumCaps, isPastCritical, restsOn } from './ca-low.ts'
import { calciumText, criticalKey, derivedText } from './calcium-words.ts'
import { absent, magnesiumBeside, past, shown } from './judge.ts'
import { type Detection, found, notJudged, type Phrase, type Rule, say, silent } from './rule.ts'
import { shownDrugs, shownLimit, shownReading } from './show.ts'

/** High calcium: rules.md 4, CA-HIGH, on the calcium that 1.4 chooses. */
export const caHigh: Rule = {
  id: 'CA-HIGH',
  thresholds: ['criticalAdjusted', 'criticalIonised', 'criticalTotal', 'emergency'],
  sentences: [
    'summary',
    'critical',
    'emergency',
    'notAdjusted',
    'unreliable',
    'measureIonised',
    'pthNotSuppressed',
    'pthSuppressed',
    'measurePth',
    'vitaminD',
    'drugs',
    'digoxin',
    'lowMagnesium',
    'malignancy',
    'hyperparathyroidism',
    'hydrate',
  ],
  detect,
}

function detect(facts: Facts): Detection {
  const { calcium } = facts
  if (!calcium) return absent(facts, CALCIUM)
  if (calcium.uncertain) return silent('total and adjusted calcium disagree: CA-UNCERTAIN')
  const critical = isPastCritical(facts, calcium, 'CA-HIGH')
  const high = anyOf(isHigh(calcium.value, calcium.range, calcium.analyte), critical)
  if (high === 'undecided')
    return notJudged('undecided-comparator', 'the reported bound does not decide', [calcium.reading])
  if (high === 'no') return silent('calcium is not above its range')
  return found({
    rule: 'CA-HIGH',
    restsOn: restsOn(calcium),
    at: calcium.reading.at,
    critical,
    caps: calciumCaps(facts, calcium, 'CA-HIGH'),
    shows: [shown(calcium, derivedText(calcium))],
    grade: () => ({
      indicator: critical === 'yes' ? 'critical' : 'warning',
      undecided: critical === 'undecided' ? [calcium.reading] : [],
    }),
    summary: () =>
      say('because', 'summary', {
        value: calciumText(calcium) ?? shownReading(calcium.reading),
        severity: critical === 'yes' ? 'critically high' : 'high',
      }),
    phrases: () => phrases(facts, calcium),
    roles: () => named(facts).map(({ role }) => role),
  })
}

/** Drugs that raise calcium or are more dangerous with it. */
function named(facts: Facts) {
  return (['thiazide', 'lithium', 'ca-vitd-product', 'digoxin'] as const)
    .map((role) => ({ role, drugs: facts.drugs.active(role) }))
    .filter(({ drugs }) => drugs.length > 0)
}

function phrases(facts: Facts, calcium: JudgedCalcium): Phrase[] {
  const { knowledge, patient, clock } = facts
  const { at } = calcium.reading
  const all: Phrase[] = []
  if (isPastCritical(facts, calcium, 'CA-HIGH') === 'yes') {
    const limit = limitOf(knowledge, 'CA-HIGH', criticalKey(calcium))
    all.push(say('because', 'critical', { limit: shownLimit(limit, calcium.value, calcium.analyte) }))
  }
  const emergency = limitOf(knowledge, 'CA-HIGH', 'emergency')
  const mayBeEmergency = calcium.kind === 'computed' || calcium.kind === 'laboratory-adjusted'
  if (mayBeEmergency && passes(calcium.value, emergency) === 'yes') {
    all.push(say('because', 'emergency', { limit: shownLimit(emergency, calcium.value, calcium.analyte) }))
  }
  if (calcium.kind === 'total') all.push(say('because', 'notAdjusted'))
  if (calcium.unreliable.length > 0)
    all.push(say('because', 'unreliable', { reasons: calcium.unreliable.join(', ') }))
  if (calcium.kind === 'total' || calcium.unreliable.length > 0) all.push(say('option', 'measureIonised'))
  const pth = companion(facts, 'pth', at, knowledge.windows.pth)
  if (!pth) all.push(say('option', 'measurePth'))
  else {
    const suppressed = isLow(pth, facts.rangeOf(pth), pth.analyte) === 'yes'
    all.push(say('cause', suppressed ? 'pthSuppressed' : 'pthNotSuppressed', { pth: shownReading(pth) }))
  }
  const vitaminD = recentResult(facts, 'vitamin-d-25oh', knowledge.windows.hormones)
  if (vitaminD && past(facts, vitaminD, 'VITD-HIGH', 'toxic') === 'yes') {
    all.push(say('cause', 'vitaminD', { vitaminD: shownReading(vitaminD) }))
  }
  const drugs = named(facts)
  const raising = drugs.filter(({ role }) => role !== 'digoxin').flatMap(({ drugs: list }) => list)
  if (raising.length > 0) all.push(say('cause', 'drugs', { drugs: shownDrugs(raising) }))
  const digoxin = drugs.find(({ role }) => role === 'digoxin')
  if (digoxin) all.push(say('because', 'digoxin', { drugs: shownDrugs(digoxin.drugs) }))
  if (patient.conditions.counts('malignancy', clock.today)) all.push(say('cause', 'malignancy'))
  if (patient.conditions.counts('hyperparathyroidism', clock.today))
    all.push(say('cause', 'hyperparathyroidism'))
  const magnesium = magnesiumBeside(facts, at)
  if (magnesium?.low === 'yes')
    all.push(say('link', 'lowMagnesium', { magnesium: shownReading(magnesium.reading) }))
  all.push(say('option', 'hydrate'))
  return all
}
