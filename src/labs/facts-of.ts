import type { Drugs } from '../drugs/drugs.ts'
import type { KidneyStatus } from '../kidney/status.ts'
import type { AnalyteId, Knowledge } from '../knowledge/types.ts'
import type { Patient } from '../patient/patient.ts'
import { onceEach } from '../quantity/once.ts'
import type { Clock } from '../readings/clock.ts'
import type { Reading, Readings, Unusable } from '../readings/reading.ts'
import type { Sample } from '../readings/sample.ts'
import type { PatientRecord } from '../record/record.ts'
import { judgedCalcium } from './calcium.ts'
import { edtaSamples } from './edta.ts'
import type { Facts } from './facts.ts'
import { fractionalExcretions } from './femg.ts'
import { haemolysedSamples } from './haemolysis.ts'
import { latestOf } from './latest.ts'
import { helperProblem, isImplausible, JUDGED } from './plausible.ts'
import { rangeOf as chooseRange, isHigh, type Range, type RangeChoice } from './range.ts'
import type { SuspectSample } from './suspect.ts'
import { type UnitDoubt, unitDoubt } from './unit-doubt.ts'
import { judgedVitaminD } from './vitamin-d.ts'

export interface LabInput {
  readonly record: PatientRecord
  readonly readings: Readings
  readonly patient: Patient
  readonly drugs: Drugs
  readonly kidney: KidneyStatus
  readonly samples: readonly Sample[]
  readonly dilution: readonly SuspectSample[]
  readonly knowledge: Knowledge
  readonly clock: Clock
}

const CALCIUM = ['calcium', 'calcium-adjusted', 'calcium-ionised'] as const
/** what EDTA falsifies, and what it therefore takes out of every doubt about units */
const EDTA_ANALYTES: ReadonlySet<AnalyteId> = new Set(['magnesium', 'potassium', ...CALCIUM])
const HAEMOLYSIS_ANALYTES: ReadonlySet<AnalyteId> = new Set(['magnesium', 'potassium', 'phosphate'])

const NONE: readonly Unusable[] = []

/** Ranges, suspect samples, unit doubts and the judged results: steps a and b of rules.md 4.2. */
export function factsOf(input: LabInput): Facts {
  const { record, readings, patient, drugs, kidney, samples, dilution, knowledge, clock } = input

  const choiceOf = onceEach((reading: Reading): RangeChoice => chooseRange(reading, patient, knowledge))
  const rangeOf = (reading: Reading): Range | null => {
    const choice = choiceOf(reading)
    return choice.ok ? choice.range : null
  }
  const adjustedRangeOf = (total: Reading): Range | null => {
    const choice = chooseRange(total, patient, knowledge, 'calcium-adjusted')
    return choice.ok ? choice.range : null
  }

  const edta = edtaSamples(samples, { readings, band: kidney.band, rangeOf, adjustedRangeOf, knowledge })
  const haemolysis = haemolysedSamples(samples, record.results, rangeOf, knowledge)
  const isOfEdta = (reading: Reading) =>
    EDTA_ANALYTES.has(reading.analyte.id) && edta.some(({ sample }) => sample.readings.includes(reading))

  const doubtOf = onceEach((reading: Reading): UnitDoubt | null =>
    isOfEdta(reading)
      ? null
      : unitDoubt(reading, {
          readings,
          band: kidney.band,
          hasRecentMagnesiumSource: ({ at }) => drugs.recent('mg-source', at).length > 0,
          unitsVerified: record.unitsVerified,
          knowledge,
        }),
  )
  const isUsable = (reading: Reading): boolean =>
    JUDGED.has(reading.analyte.id)
      ? doubtOf(reading) === null
      : isOfEdta(reading) || helperProblem(reading, knowledge) === null
  const isSuspect = (reading: Reading): boolean =>
    dilution.some(({ sample }) => sample.readings.includes(reading)) ||
    isOfEdta(reading) ||
    (HAEMOLYSIS_ANALYTES.has(reading.analyte.id) &&
      haemolysis.some(({ sample }) => sample.readings.includes(reading)) &&
      isHigh(reading, rangeOf(reading), reading.analyte) === 'yes')
  const isClean = onceEach((reading: Reading): boolean => isUsable(reading) && !isSuspect(reading))

  const { minerals, hormones } = knowledge.windows
  const latest = (
    list: readonly Reading[],
    analytes: readonly AnalyteId[],
    days: number,
    needsRange: boolean,
  ) =>
    latestOf(
      list.filter(({ code }) => !code.shownOnly),
      {
        clock,
        knowledge,
        days,
        doubtOf,
        rangeOf: choiceOf,
        needsRange,
        unusable:
          readings.unusable.length === 0
            ? NONE
            : readings.unusable.filter(({ analyte }) => analyte !== null && analytes.includes(analyte)),
      },
    )
  const magnesium = latest(readings.of('magnesium'), ['magnesium'], minerals, true)
  const phosphate = latest(readings.of('phosphate'), ['phosphate'], minerals, true)
  const d = judgedVitaminD(readings.of('vitamin-d-25oh'))
  const vitaminD = latest(d.readings, ['vitamin-d-25oh'], hormones, false)
  const total = latest(readings.of('calcium'), CALCIUM, minerals, true)
  const laboratoryAdjusted = latest(readings.of('calcium-adjusted'), CALCIUM, minerals, true)
  const ionised = latest(readings.of('calcium-ionised'), CALCIUM, minerals, true)
  const calcium = judgedCalcium(
    { total: total.judged, laboratoryAdjusted: laboratoryAdjusted.judged, ionised: ionised.judged },
    {
      patient,
      band: kidney.band,
      clock,
      knowledge,
      albumins: readings.of('albumin').filter(isUsable),
      adjustedRangeOf,
      rangeOf,
    },
  )

  const judged = [magnesium, phosphate, vitaminD, total, laboratoryAdjusted, ionised]
  const unusable: readonly Unusable[] = [
    ...readings.unusable,
    ...judged.flatMap(({ passedOver }) => passedOver),
    ...tooOld(readings.of('magnesium'), magnesium.anyInWindow),
    ...tooOld(readings.of('phosphate'), phosphate.anyInWindow),
    ...tooOld(d.readings, vitaminD.anyInWindow),
    ...tooOld(
      CALCIUM.flatMap((analyte) => readings.of(analyte)).sort((a, b) => b.at.from - a.at.from),
      total.anyInWindow || laboratoryAdjusted.anyInWindow || ionised.anyInWindow,
    ),
    ...kidney.tooOld.map((reading) => entry(reading, 'too-old', 'newest of its kind, too old to count')),
    ...d.unusedD2.map((reading) => entry(reading, 'unlisted-code', 'a component, never judged alone')),
    ...helperProblems(readings, isUsable, knowledge),
  ]
  const femgs = fractionalExcretions(readings, isUsable)
  const usedUrine = new Set(femgs.flatMap(({ from }) => from))
  const incomplete = incompleteLists(record)
  const inWindow = (reading: Reading) =>
    clock.within(reading.at, reading.analyte.id === 'vitamin-d-25oh' ? hormones : minerals) === 'yes'
  return {
    record,
    clock,
    knowledge,
    patient,
    drugs,
    kidney,
    readings,
    magnesium: magnesium.judged,
    phosphate: phosphate.judged,
    vitaminD: vitaminD.judged,
    calcium,
    dilution,
    edta,
    haemolysis,
    doubts: [...JUDGED]
      .flatMap((analyte) => readings.of(analyte))
      .filter(inWindow)
      .map(doubtOf)
      .filter((doubt) => doubt !== null),
    rangeOf,
    isUsable,
    isClean,
    unusable,
    incomplete: {
      lists: incomplete,
      medications: incomplete.some((type) => type.startsWith('Medication')),
      conditions: incomplete.includes('Condition'),
    },
    unusedUrine: [...readings.of('urine-magnesium'), ...readings.of('urine-calcium')].filter(
      (reading) => !usedUrine.has(reading),
    ),
    femgs,
    sums: d.sums,
  }
}

/** Lists of which something is missing: not read, or an entry that could not be understood (rules.md 1.8: "refused"). */
function incompleteLists({ incomplete, refused }: PatientRecord): string[] {
  const unread = refused
    .filter(
      ({ reason, resourceType }) =>
        reason === 'broken' || (reason === 'modifier-not-understood' && resourceType !== 'Observation'),
    )
    .map(({ resourceType }) => resourceType)
  return [...new Set([...incomplete, ...unread])].sort()
}

function entry(reading: Reading, reason: Unusable['reason'], detail: string): Unusable {
  return { observation: reading.observation, analyte: reading.analyte.id, reason, detail, at: reading.at }
}

/** Only the newest of its kind, and only if none is inside the window (rules.md 1.8). */
function tooOld(newestFirst: readonly Reading[], anyInWindow: boolean): Unusable[] {
  const newest = newestFirst.find(({ code }) => !code.shownOnly)
  if (newest === undefined || anyInWindow) return []
  return [entry(newest, 'too-old', 'newest of its kind, too old to count')]
}

function helperProblems(
  readings: Readings,
  isUsable: (reading: Reading) => boolean,
  knowledge: Knowledge,
): Unusable[] {
  return readings.all
    .filter(({ analyte }) => !JUDGED.has(analyte.id))
    .filter((reading) => !isUsable(reading))
    .map((reading) =>
      entry(
        reading,
        helperProblem(reading, knowledge) ?? 'unit-doubtful',
        isImplausible(reading) ? 'outside the limits of what can be' : 'looks like another unit',
      ),
    )
}
