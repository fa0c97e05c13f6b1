import { numberOf } from '../knowledge/limits.ts'
import type { AnalyteId, Knowledge } from '../knowledge/types.ts'
import { times } from '../quantity/decimal.ts'
import { isBelow } from '../quantity/interval.ts'
import { sameMinute } from '../readings/clock.ts'
import type { Reading } from '../readings/reading.ts'
import type { Sample } from '../readings/sample.ts'
import type { RawResult } from '../record/record.ts'
import { inUnitOf, isHigh, type Range } from './range.ts'
import { inSample, type SuspectSample } from './suspect.ts'

/**
 * Samples marked haemolysed from which Mg, P or K is high, or Mg is below 1.1 times its lower limit (rules.md
 * 4, DQ-HAEMOLYSIS): cells hold two to three times the magnesium of serum.
 */
export function haemolysedSamples(
  samples: readonly Sample[],
  results: readonly RawResult[],
  rangeOf: (reading: Reading) => Range | null,
  knowledge: Knowledge,
): readonly SuspectSample[] {
  return samples
    .filter((sample) => isMarked(sample, results, knowledge))
    .map((sample): SuspectSample => ({ sample, shownBy: affected(sample, rangeOf, knowledge), notes: [] }))
    .filter(({ shownBy }) => shownBy.length > 0)
}

function affected(
  sample: Sample,
  rangeOf: (reading: Reading) => Range | null,
  knowledge: Knowledge,
): Reading[] {
  const shown: Reading[] = []
  for (const analyte of ['magnesium', 'phosphate', 'potassium'] satisfies AnalyteId[]) {
    const reading = inSample(sample, analyte)
    if (!reading) continue
    const range = rangeOf(reading)
    const high = isHigh(reading, range, reading.analyte) === 'yes'
    if (high || (analyte === 'magnesium' && isNearLow(reading, range, knowledge))) shown.push(reading)
  }
  return shown
}

/** A haemolysed sample hides a low magnesium: already a value just above the limit is told. */
function isNearLow(reading: Reading, range: Range | null, knowledge: Knowledge): boolean {
  if (!range?.low) return false
  const factor = numberOf(knowledge, 'DQ-HAEMOLYSIS', 'nearLow', 'times the lower limit')
  return isBelow(inUnitOf(range.low, reading, reading.analyte), times(range.low.value, factor)) === 'yes'
}

function isMarked(sample: Sample, results: readonly RawResult[], knowledge: Knowledge): boolean {
  const { haemolysed } = knowledge.concepts
  const says = (text: string) => saysHaemolysed(text, knowledge)
  const saysSo = (code: string) => haemolysed.specimenCondition.some((own) => own.toUpperCase() === code)
  const marked = ({ specimenCondition, interpretation, notes }: RawResult) =>
    specimenCondition.some(saysSo) || interpretation.some(says) || notes.some(says)
  if (sample.readings.some(({ raw }) => marked(raw))) return true
  return results.some((raw) => {
    const isSampleMark = hasCode(raw, haemolysed.sample.code)
    if (!isSampleMark && !hasCode(raw, haemolysed.index.code)) return false
    if (!isOfSample(raw, sample) || raw.status === 'entered-in-error' || raw.status === 'cancelled')
      return false
    if (isSampleMark) return isPositive(raw, knowledge)
    return isHighIndex(raw)
  })
}

function hasCode({ code }: RawResult, wanted: string): boolean {
  return code.codings.some((coding) => coding.code === wanted)
}

function isOfSample(raw: RawResult, { anchor }: Sample): boolean {
  if (raw.specimen !== null && anchor.raw.specimen !== null) return raw.specimen === anchor.raw.specimen
  if (raw.accession !== null && anchor.raw.accession !== null) return raw.accession === anchor.raw.accession
  if (raw.reports.length > 0 && anchor.raw.reports.length > 0) {
    return raw.reports.some((report) => anchor.raw.reports.includes(report))
  }
  return raw.effective !== null && sameMinute(raw.effective, anchor.at)
}

function isPositive({ value }: RawResult, { concepts }: Knowledge): boolean {
  if (value.kind === 'boolean') return value.value
  if (value.kind === 'text') return /^\s*(?:pos|yes|present|\++|[1-4]\+)/iu.test(value.text)
  return (
    value.kind === 'coded' &&
    value.value.codings.some(({ code }) => concepts.haemolysed.sample.positive.includes(code))
  )
}

/** A bare index number says nothing: it needs a high or abnormal flag, or its own range (value-sets.md 3). */
function isHighIndex({ interpretation, value, ranges }: RawResult): boolean {
  if (interpretation.some((flag) => /^(?:H|HH|HU|H>|A|AA|HIGH|ABNORMAL)$/iu.test(flag))) return true
  if (value.kind !== 'quantity') return false
  return ranges.some(({ high }) => high !== null && value.value > high.value && value.comparator !== '<')
}

/** A note that says so, and does not deny it: "no visible haemolysis", "haemolysis: nil", "haemolysis index 0" deny. */
export function saysHaemolysed(text: string, { concepts }: Knowledge): boolean {
  const { words, notWords, denialsBefore, denialsAfter } = concepts.haemolysed
  let rest = text.toLowerCase()
  if (!words.some((word) => rest.includes(word))) return false
  for (const friend of notWords) rest = rest.replaceAll(friend, ' ')
  const stem = `(?:${words.join('|')})\\p{L}*`
  const escaped = (list: readonly string[]) =>
    list.map((word) => word.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')).join('|')
  // up to two words between the denial and what it denies: "not grossly haemolysed"
  const before = new RegExp(
    `(?<![\\p{L}])(?:${escaped(denialsBefore)})(?:[\\s-]+\\p{L}+){0,2}?[\\s-]+${stem}`,
    'gu',
  )
  const after = new RegExp(
    `${stem}(?:\\s+index)?\\s*(?:[:=]|was|is)?\\s*(?:${escaped(denialsAfter)})(?![\\p{L}\\p{N}.])`,
    'gu',
  )
  rest = rest.replace(before, ' ').replace(after, ' ')
  return words.some((word) => rest.includes(word))
}
