import { criticalLimits } from '../labs/critical.ts'
import type { Facts } from '../labs/facts.ts'
import { isHigh, isLow } from '../labs/range.ts'
import type { SuspectSample } from '../labs/suspect.ts'
import type { UnitDoubt } from '../labs/unit-doubt.ts'
import { passes } from '../quantity/limit.ts'
import { daysBetween } from '../readings/clock.ts'
import type { Reading } from '../readings/reading.ts'
import type { Phrase, RuleId } from './rule.ts'
import { type Detection, type Finding, found, noData, type Rule, type Shown, say, silent } from './rule.ts'
import { listed, shownReading, shownTime, shownValueOf } from './show.ts'

/** Samples and units that cannot be trusted: rules.md 4, DQ-EDTA, DQ-HAEMOLYSIS, DQ-DILUTION, DQ-UNIT. */

const measured = (facts: Facts) =>
  (['magnesium', 'calcium', 'calcium-adjusted', 'calcium-ionised', 'phosphate'] as const).some(
    (analyte) => facts.readings.of(analyte).length > 0,
  )

function suspectFinding(
  facts: Facts,
  rule: RuleId,
  suspects: readonly SuspectSample[],
  say: Pick<Finding, 'grade' | 'summary' | 'phrases'>,
): Detection {
  const [first] = suspects
  if (!first) {
    return measured(facts)
      ? silent('no sample shows the pattern')
      : noData('magnesium, calcium and phosphate not measured')
  }
  const restsOn = unique2(suspects.flatMap(({ shownBy }) => shownBy))
  const newest = suspects.reduce((a, b) => (b.sample.anchor.at.from > a.sample.anchor.at.from ? b : a), first)
  return found({
    rule,
    restsOn,
    at: newest.sample.anchor.at,
    critical: 'no',
    caps: [],
    shows: restsOn.map(
      (reading): Shown => ({
        reading,
        range: facts.rangeOf(reading),
        derived: null,
        tied: null,
        newerUnusable: [],
      }),
    ),
    roles: () => [],
    ...say,
  })
}

function unique2(readings: readonly Reading[]): Reading[] {
  return [...new Set(readings)]
}

/** "Mg 0.85 mmol/L on 19 Nov 2026": the newest clean value of another sample beside each suspect one; none = no sentence. */
function lastClean(facts: Facts, suspects: readonly SuspectSample[], readings: readonly Reading[]): Phrase[] {
  const days = facts.knowledge.windows.repeats
  const clean = readings.flatMap(({ analyte, at }) =>
    facts.readings
      .of(analyte.id)
      .filter(
        (other) =>
          other.at.from < at.from &&
          daysBetween(other.at, at) <= days &&
          facts.isClean(other) &&
          !suspects.some(({ sample }) => sample.readings.includes(other)),
      )
      .slice(0, 1),
  )
  if (clean.length === 0) return []
  const texts = clean.map(
    (other) => `${other.analyte.symbol} ${shownReading(other)} on ${shownTime(other.at)}`,
  )
  return [say('link', 'clean', { values: listed(texts) })]
}

const values = (readings: readonly Reading[]) =>
  listed(readings.map((reading) => `${reading.analyte.symbol} ${shownReading(reading)}`))

export const dqEdta: Rule = {
  id: 'DQ-EDTA',
  thresholds: ['potassium', 'creatinineFactor'],
  sentences: ['summary', 'pattern', 'alp', 'repeat', 'treatAsReal', 'clean', 'note'],
  detect: (facts) => {
    const readings = unique2(facts.edta.flatMap(({ shownBy }) => shownBy))
    return suspectFinding(facts, 'DQ-EDTA', facts.edta, {
      grade: () => ({ indicator: 'warning', undecided: [] }),
      summary: () => say('because', 'summary', { values: values(readings.slice(0, 3)) }),
      phrases: () => [
        say('because', 'pattern', { values: values(readings) }),
        ...(facts.edta.some(({ notes }) => notes.length > 0) ? [say('because', 'alp')] : []),
        ...(namesWrongTube(facts, facts.edta) ? [say('because', 'note')] : []),
        say('option', 'repeat'),
        say('option', 'treatAsReal'),
        ...lastClean(facts, facts.edta, readings),
      ],
    })
  },
}

function namesWrongTube({ knowledge }: Facts, suspects: readonly SuspectSample[]): boolean {
  return suspects.some(({ sample }) =>
    sample.readings.some(({ raw }) =>
      raw.notes.some((note) =>
        knowledge.concepts.wrongTubeWords.some((word) => note.toLowerCase().includes(word)),
      ),
    ),
  )
}

export const dqHaemolysis: Rule = {
  id: 'DQ-HAEMOLYSIS',
  thresholds: ['nearLow', 'allowanceMagnesium', 'allowancePhosphate'],
  sentences: ['summary', 'high', 'low', 'repeat', 'clean'],
  detect: (facts) => {
    const readings = unique2(facts.haemolysis.flatMap(({ shownBy }) => shownBy))
    const high = readings.filter(
      (reading) => isHigh(reading, facts.rangeOf(reading), reading.analyte) === 'yes',
    )
    const low = readings.filter((reading) => !high.includes(reading))
    return suspectFinding(facts, 'DQ-HAEMOLYSIS', facts.haemolysis, {
      grade: () => ({ indicator: 'info', undecided: [] }),
      summary: () => say('because', 'summary', { values: values(readings) }),
      phrases: () => [
        ...(high.length > 0 ? [say('because', 'high', { values: values(high) })] : []),
        ...(low.length > 0 ? [say('because', 'low', { values: values(low) })] : []),
        say('option', 'repeat'),
        ...lastClean(facts, facts.haemolysis, readings),
      ],
    })
  },
}

export const dqDilution: Rule = {
  id: 'DQ-DILUTION',
  thresholds: ['fall', 'saltShift', 'glucoseRise'],
  sentences: ['summary', 'pattern', 'repeat', 'clean'],
  detect: (facts) => {
    const readings = unique2(facts.dilution.flatMap(({ shownBy }) => shownBy))
    return suspectFinding(facts, 'DQ-DILUTION', facts.dilution, {
      // resolve() raises it to warning where it replaces a critical
      grade: () => ({ indicator: 'info', undecided: [] }),
      summary: () =>
        say('because', 'summary', {
          analytes: listed(readings.map(({ analyte }) => analyte.name.toLowerCase())),
        }),
      phrases: () => [
        say('because', 'pattern', { values: values(readings) }),
        say('option', 'repeat'),
        ...lastClean(facts, facts.dilution, readings),
      ],
    })
  },
}

/** The doubtful results that are newer than the judged one of their analyte, or of an analyte that has none. */
function firing(facts: Facts): readonly UnitDoubt[] {
  return facts.doubts.filter(({ reading }) => {
    const judged = judgedOf(facts, reading)
    return judged === null || reading.at.from > judged.at.from
  })
}

function judgedOf(facts: Facts, { analyte }: Reading): Reading | null {
  switch (analyte.id) {
    case 'magnesium':
      return facts.magnesium?.reading ?? null
    case 'phosphate':
      return facts.phosphate?.reading ?? null
    case 'vitamin-d-25oh':
      return facts.vitaminD?.reading ?? null
    default:
      return facts.calcium?.reading.analyte.id === analyte.id ? facts.calcium.reading : null
  }
}

export const dqUnit: Rule = {
  id: 'DQ-UNIT',
  thresholds: [],
  sentences: ['summary', 'zone', 'range', 'implausible', 'reading', 'printed', 'confirm', 'ring'],
  detect: (facts) => {
    const doubts = firing(facts)
    const [first] = doubts
    if (!first) {
      return facts.readings.all.length === 0
        ? noData('nothing measured')
        : silent('no doubtful unit newer than what is judged')
    }
    const critical = doubts.some(({ couldBeCritical }) => couldBeCritical)
    const newest = doubts.reduce((a, b) => (b.reading.at.from > a.reading.at.from ? b : a), first)
    return found({
      rule: 'DQ-UNIT',
      restsOn: doubts.map(({ reading }) => reading),
      at: newest.reading.at,
      critical: 'no',
      caps: [],
      shows: [],
      grade: () => ({ indicator: critical ? 'warning' : 'info', undecided: [] }),
      summary: () => say('because', 'summary', { values: values(doubts.map(({ reading }) => reading)) }),
      phrases: () => [
        ...doubts.flatMap((doubt) => doubtPhrases(facts, doubt)),
        say('option', 'confirm'),
        ...(critical ? [say('option', 'ring')] : []),
      ],
      roles: () => [],
    })
  },
}

function doubtPhrases(facts: Facts, doubt: UnitDoubt): Phrase[] {
  const { reading, couldBe, because } = doubt
  const value = `${reading.analyte.symbol} ${shownReading(reading)}`
  const key = because === 'hard limits' ? 'implausible' : because === 'mix-up zone' ? 'zone' : 'range'
  return [
    say('because', key, { value, date: shownTime(reading.at) }),
    ...(because === 'hard limits'
      ? []
      : [say('because', 'printed', { value, meaning: meaningOf(facts, reading, reading) })]),
    ...couldBe.map((other) =>
      say('because', 'reading', {
        reading: `${other.analyte.name.toLowerCase()} ${shownValueOf(other.value, other.analyte)}`,
        meaning: meaningOf(facts, { ...reading, ...other.value, analyte: other.analyte }, reading),
      }),
    ),
  ]
}

/** "low, past a critical limit", "in range": against the built-in range of the patient's age; not graded. */
function meaningOf(facts: Facts, as: Reading, printed: Reading): string {
  const reading: Reading = { ...as, reported: printed.reported, raw: { ...printed.raw, ranges: [] } }
  const range = facts.rangeOf(reading)
  const side =
    isLow(reading, range, reading.analyte) === 'yes'
      ? 'low'
      : isHigh(reading, range, reading.analyte) === 'yes'
        ? 'high'
        : 'in range'
  const critical = criticalLimits(reading.analyte.id, facts.knowledge).some(
    (limit) => passes(reading, limit) === 'yes',
  )
  return critical ? `${side}, past a critical limit` : side
}

/** Added by memory after `assess`: here nothing was ever advised (rules.md 4.2). */
export const resultCorrected: Rule = {
  id: 'RESULT-CORRECTED',
  thresholds: [],
  sentences: [],
  detect: () => noData('no memory of earlier advice'),
}
