import { limitOf, numberOf } from '../knowledge/limits.ts'
import { companion, type Facts } from '../labs/facts.ts'
import { isHigh, standing } from '../labs/range.ts'
import { compares } from '../quantity/limit.ts'
import { daysBetween } from '../readings/clock.ts'
import type { Reading } from '../readings/reading.ts'
import { lowPotassium, past } from './judge.ts'

const RULE = 'MG-LOW-RENAL-WASTING'

export interface InheritedPatterns {
  /** what the pattern is compatible with; every row that fits */
  readonly patterns: readonly string[]
  /** urine calcium in words: "urine calcium low (0.15 mmol/mmol)", "urine calcium not measured" */
  readonly urineCalcium: string
}

/**
 * Which inherited disorder a renal magnesium loss is compatible with, by urine calcium and what travels with
 * it (rules.md 4.5). Compatible, never a diagnosis.
 */
export function inheritedPatterns(facts: Facts, magnesium: Reading): InheritedPatterns {
  const urine = urineCalciumOf(facts, magnesium)
  const days = facts.knowledge.windows.companion
  const potassium = companion(facts, 'potassium', magnesium.at, days)
  const bicarbonate = companion(facts, 'bicarbonate', magnesium.at, days)
  const inRange = (reading: Reading | null) =>
    reading !== null && standing(reading, facts.rangeOf(reading), reading.analyte) === 'in-range'
  const alkalosis =
    bicarbonate !== null && isHigh(bicarbonate, facts.rangeOf(bicarbonate), bicarbonate.analyte) === 'yes'
  const { calcium } = facts
  const calciumLow = calcium !== null && calcium.standing === 'low' && !calcium.uncertain
  const age = facts.patient.ageAt(magnesium.at)
  const veryLow = past(facts, magnesium, RULE, 'veryLowMagnesium') === 'yes'

  const patterns: string[] = []
  if (urine.level === 'low' && lowPotassium(facts, magnesium.at)?.truth === 'yes' && alkalosis) {
    patterns.push('Gitelman type (SLC12A3), by far the commonest')
  }
  if (urine.level === 'low' && inRange(potassium) && inRange(bicarbonate)) patterns.push('FXYD2')
  if (urine.level === 'high') patterns.push(`CLDN16 or CLDN19${supportForClaudin(facts, magnesium)}`)
  if (calciumLow && ((age !== null && age < 1) || veryLow)) patterns.push('TRPM6')
  if (
    (urine.level === 'between' || urine.level === 'not measured') &&
    inRange(potassium) &&
    calcium !== null &&
    calcium.standing === 'in-range'
  ) {
    patterns.push('EGF, CNNM2 or KCNA1 (an EGFR antibody looks the same)')
  }
  return { patterns, urineCalcium: urine.text }
}

function supportForClaudin(facts: Facts, magnesium: Reading): string {
  const pth = companion(facts, 'pth', magnesium.at, facts.knowledge.windows.pth)
  const support: string[] = []
  if (pth && isHigh(pth, facts.rangeOf(pth), pth.analyte) === 'yes') support.push('raised PTH')
  const { band } = facts.kidney
  if (band !== '>=60' && band !== 'unknown' && band !== 'not-applicable')
    support.push('falling kidney function')
  return support.length > 0 ? ` (${support.join(' and ')} supports it)` : ''
}

type UrineLevel = 'low' | 'high' | 'between' | 'not measured'

/** The urine calcium that is read: from age 7, within 7 days of the magnesium. */
export function urineCalciumRead(facts: Facts, magnesium: Reading): Reading | null {
  const age = facts.patient.ageAt(magnesium.at)
  if (age === null || age < numberOf(facts.knowledge, RULE, 'urineCalciumAge', 'a')) return null
  const days = numberOf(facts.knowledge, RULE, 'companion', 'd')
  return (
    facts.readings
      .of('urine-calcium')
      .find((reading) => Math.abs(daysBetween(reading.at, magnesium.at)) <= days) ?? null
  )
}

/** Ratios and 24-hour amounts as reported; none is computed. */
function urineCalciumOf(facts: Facts, magnesium: Reading): { level: UrineLevel; text: string } {
  const urine = urineCalciumRead(facts, magnesium)
  if (!urine) return { level: 'not measured', text: 'urine calcium not measured' }
  const level = (key: 'urineCalciumLow' | 'urineCalciumHigh') => {
    const limit = limitOf(facts.knowledge, RULE, key)
    const value = limit.values[urine.measured.unit]
    return value !== undefined && compares(urine.measured.interval, limit.direction, value) === 'yes'
  }
  const found: UrineLevel = level('urineCalciumLow') ? 'low' : level('urineCalciumHigh') ? 'high' : 'between'
  const word = found === 'between' ? 'neither low nor high' : found
  return { level: found, text: `urine calcium ${word} (${urine.reported.text})` }
}
