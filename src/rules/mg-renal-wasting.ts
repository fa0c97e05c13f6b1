import { isSeverelyReduced } from '../kidney/band.ts'
import { limitOf, numberOf } from '../knowledge/limits.ts'
import { companion, type Facts } from '../labs/facts.ts'
import type { FeMg } from '../labs/femg.ts'
import { isHigh, isLow } from '../labs/range.ts'
import { exactly } from '../quantity/interval.ts'
import { compares } from '../quantity/limit.ts'
import { daysBetween } from '../readings/clock.ts'
import type { Reading } from '../readings/reading.ts'
import { inheritedPatterns } from './inherited-patterns.ts'
import { absent, capsOf, lowPotassium, shown } from './judge.ts'
import { refeedingIsDetected } from './refeeding.ts'
import { type Detection, found, notJudged, type Phrase, type Rule, say, silent } from './rule.ts'
import { listed, shownReading, shownTime } from './show.ts'

/** A renal-loss pattern of low magnesium: rules.md 4, MG-LOW-RENAL-WASTING. */
export const mgRenalWasting: Rule = {
  id: 'MG-LOW-RENAL-WASTING',
  thresholds: [
    'femg',
    'femgIndeterminate',
    'repeatAfter',
    'youngAge',
    'drugDays',
    'companion',
    'urineCalciumLow',
    'urineCalciumHigh',
    'urineCalciumAge',
    'veryLowMagnesium',
    'potassiumTarget',
    'magnesiumTarget',
  ],
  sentences: [
    'summary',
    'femg',
    'femgIndeterminate',
    'repeated',
    'young',
    'known',
    'pattern',
    'noPattern',
    'exclude',
    'targets',
    'refer',
    'urine',
  ],
  detect,
}

/** One of the three ways in which the rule fires, with the results it rests on. */
interface Ground {
  readonly phrase: Phrase
  readonly readings: readonly Reading[]
}

function detect(facts: Facts): Detection {
  const judged = facts.magnesium
  if (!judged) return absent(facts, ['magnesium'])
  const { reading, range } = judged
  const low = isLow(reading, range, reading.analyte)
  if (low === 'undecided') {
    return notJudged('undecided-comparator', 'the reported bound does not decide', [reading])
  }
  if (low === 'no') return silent('magnesium is not below its range')
  if (facts.incomplete.medications) return notJudged('incomplete-data', 'medicines were not read completely')
  const { drugs } = facts
  const drugDays = numberOf(facts.knowledge, 'MG-LOW-RENAL-WASTING', 'drugDays', 'd')
  const lowering = [
    ...drugs.active('lowers-mg'),
    ...drugs.usedWithin('lowers-mg', drugDays, reading.at.to),
    ...drugs.recent('lowers-mg', reading.at),
  ]
  if (lowering.length > 0) return silent('a drug that lowers magnesium is or was in use')

  const grounds = [excreted(facts, reading), repeated(facts, reading), young(facts, reading)].filter(
    (ground) => ground !== null,
  )
  if (grounds.length === 0) {
    if (facts.incomplete.conditions)
      return notJudged('incomplete-data', 'conditions were not read completely')
    return silent(
      'no sign of renal loss: no high FEMg, no earlier low magnesium, no young patient with alkalosis',
    )
  }
  return found({
    rule: 'MG-LOW-RENAL-WASTING',
    restsOn: [reading, ...grounds.flatMap(({ readings }) => readings)],
    at: reading.at,
    critical: 'no',
    caps: capsOf(facts, judged),
    shows: [shown(judged)],
    grade: () => ({ indicator: 'warning', undecided: [] }),
    summary: () => say('because', 'summary', { value: shownReading(reading) }),
    phrases: () => phrases(facts, reading, grounds),
    roles: () => ['renal-wasting'],
  })
}

function femgOf(facts: Facts, magnesium: Reading): FeMg | null {
  const days = numberOf(facts.knowledge, 'MG-LOW-RENAL-WASTING', 'companion', 'd')
  return facts.femgs.find(({ at }) => Math.abs(daysBetween(at, magnesium.at)) <= days) ?? null
}

/** (a) FEMg above 4 % within 7 days, where the kidneys can be judged by it. */
function excreted(facts: Facts, magnesium: Reading): Ground | null {
  if (isSeverelyReduced(facts.kidney.band)) return null
  const femg = femgOf(facts, magnesium)
  if (!femg) return null
  const limit = limitOf(facts.knowledge, 'MG-LOW-RENAL-WASTING', 'femg')
  if (
    compares(exactly(femg.percent), limit.direction, limit.values['%'] ?? Number.POSITIVE_INFINITY) !== 'yes'
  )
    return null
  return {
    phrase: say('because', 'femg', { femg: `${femg.percent.toFixed(1)} %`, date: shownTime(femg.at) }),
    readings: femg.from,
  }
}

const GUT_AND_DRINK = ['diarrhoea', 'malabsorption', 'alcohol'] as const

/** (b) low already 90 days or more earlier, and nothing that explains a loss by the gut. */
function repeated(facts: Facts, magnesium: Reading): Ground | null {
  if (facts.incomplete.conditions) return null
  const after = numberOf(facts.knowledge, 'MG-LOW-RENAL-WASTING', 'repeatAfter', 'd')
  const earlier = facts.readings.of('magnesium').find((other) => {
    const days = daysBetween(other.at, magnesium.at)
    return (
      days >= after &&
      facts.clock.within(other.at, facts.knowledge.windows.repeats) === 'yes' &&
      facts.isUsable(other) &&
      isLow(other, facts.rangeOf(other), other.analyte) === 'yes'
    )
  })
  if (!earlier) return null
  if (GUT_AND_DRINK.some((set) => facts.patient.conditions.counts(set, facts.clock.today))) return null
  if (refeedingIsDetected(facts)) return null
  return {
    phrase: say('because', 'repeated', { value: shownReading(earlier), date: shownTime(earlier.at) }),
    readings: [earlier],
  }
}

/** (c) young, potassium low and bicarbonate high. */
function young(facts: Facts, magnesium: Reading): Ground | null {
  const age = facts.patient.ageAt(magnesium.at)
  if (age === null || age >= numberOf(facts.knowledge, 'MG-LOW-RENAL-WASTING', 'youngAge', 'a')) return null
  const potassium = lowPotassium(facts, magnesium.at)
  const bicarbonate = companion(facts, 'bicarbonate', magnesium.at, facts.knowledge.windows.companion)
  if (potassium?.truth !== 'yes' || !bicarbonate) return null
  if (isHigh(bicarbonate, facts.rangeOf(bicarbonate), bicarbonate.analyte) !== 'yes') return null
  return {
    phrase: say('because', 'young', {
      potassium: shownReading(potassium.reading),
      bicarbonate: shownReading(bicarbonate),
    }),
    readings: [potassium.reading, bicarbonate],
  }
}

function phrases(facts: Facts, magnesium: Reading, grounds: readonly Ground[]): Phrase[] {
  const all: Phrase[] = grounds.map(({ phrase }) => phrase)
  const femg = femgOf(facts, magnesium)
  const indeterminate =
    femg !== null &&
    !isSeverelyReduced(facts.kidney.band) &&
    !all.some(({ sentence }) => sentence === 'femg') &&
    femg.percent > numberOf(facts.knowledge, 'MG-LOW-RENAL-WASTING', 'femgIndeterminate', '%')
  if (indeterminate && femg) {
    all.push(
      say('because', 'femgIndeterminate', { femg: `${femg.percent.toFixed(1)} %`, date: shownTime(femg.at) }),
    )
  }
  if (facts.patient.conditions.counts('tubulopathy', facts.clock.today)) all.push(say('because', 'known'))
  const { patterns, urineCalcium } = inheritedPatterns(facts, magnesium)
  all.push(
    patterns.length > 0 ? say('cause', 'pattern', { patterns: listed(patterns) }) : say('cause', 'noPattern'),
    say('cause', 'urine', { urineCalcium }),
    say('option', 'exclude'),
    say('option', 'targets', {
      potassiumTarget: target(facts, 'potassiumTarget'),
      magnesiumTarget: target(facts, 'magnesiumTarget'),
    }),
    say('option', 'refer'),
  )
  return all
}

function target({ knowledge }: Facts, key: 'potassiumTarget' | 'magnesiumTarget'): string {
  const value = numberOf(knowledge, 'MG-LOW-RENAL-WASTING', key, 'mmol/L')
  // 4.0 as doctors write it, but never a rounded target
  return `${Number.isInteger(value) ? value.toFixed(1) : value} mmol/L`
}
