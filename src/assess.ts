import { advisoryView } from './advisories/advisory.ts'
import type { Assessment, NotJudged, PlainAssessment, VerdictView } from './advisories/assessment.ts'
import { type Graded, grade } from './advisories/grade.ts'
import { type Merged, mergeAndOrder } from './advisories/merge.ts'
import { notJudgedList } from './advisories/not-judged.ts'
import { type Resolved, resolve } from './advisories/resolve.ts'
import { derivedViews, kidneyView, patientView, resultViews } from './advisories/views.ts'
import { drugsOf } from './drugs/drugs.ts'
import { kidneyStatusOf } from './kidney/status.ts'
import type { Knowledge } from './knowledge/types.ts'
import { dilutedSamples } from './labs/dilution.ts'
import type { Facts } from './labs/facts.ts'
import { factsOf } from './labs/facts-of.ts'
import { helperProblem } from './labs/plausible.ts'
import { judgedSamples } from './labs/suspect.ts'
import { patientOf } from './patient/patient.ts'
import { once } from './quantity/once.ts'
import { clockAt } from './readings/clock.ts'
import { keyOf } from './readings/identify.ts'
import { readResults } from './readings/read.ts'
import type { Reading } from './readings/reading.ts'
import type { PatientRecord } from './record/record.ts'
import { dayOf } from './record/time.ts'
import { LABORATORY_RULES } from './rules/catalogue.ts'
import type { Detection, Finding, RuleId } from './rules/rule.ts'

/**
 * The one function behind all doors: what one patient's record says about magnesium, calcium, phosphate and
 * 25(OH)D (rules.md 1 to 4). Same facts, same advice: it needs no clock, network or database.
 *
 * @param record facts as they were sent
 * @param knowledge the loaded rule book
 * @param now the instant of judging
 * @returns results, kidney status, advisories in order, everything that was not judged, one verdict for each
 *   rule. It does not throw for any record.
 */
export function assess(record: PatientRecord, knowledge: Knowledge, now: Date): Assessment {
  const clock = clockAt(now.getTime(), dayOf(now.getTime(), record.zone))
  const readings = readResults(record, knowledge, clock)
  const patient = patientOf(record, knowledge, clock)
  const drugs = drugsOf(record, knowledge, clock)

  const samples = judgedSamples(readings, knowledge, clock)
  const dilution = dilutedSamples(samples, readings, knowledge)
  const isDiluted = (reading: Reading) => dilution.some(({ sample }) => sample.readings.includes(reading))
  const isUsable = (reading: Reading) => helperProblem(reading, knowledge) === null && !isDiluted(reading)
  const kidney = kidneyStatusOf(record, readings, patient, drugs, isUsable, knowledge, clock)
  const facts = factsOf({ record, readings, patient, drugs, kidney, samples, dilution, knowledge, clock })

  const detections = detect(facts)
  const findings = detections
    .map(({ detection }) => (detection.verdict === 'found' ? detection.finding : null))
    .filter((finding): finding is Finding => finding !== null)
  const resolved = resolve(findings, facts)
  const { graded, kept } = grade(resolved, facts)
  const merged = mergeAndOrder(graded, facts)

  const notJudged = once(() =>
    notJudgedList(facts, undecidedResults(graded, detections), kept.anywhere('MG-LOW-RENAL-WASTING')),
  )
  const advisories = merged.map((item) => advisoryView(item, facts, kept, notJudged))
  return new Assessed(facts, now, advisories, notJudged, () => verdictsOf(detections, resolved, merged))
}

/** What only retells the facts is made when somebody reads it: batch reads little of it. Why a class: see Advisory. */
class Assessed implements Assessment {
  readonly knowledgeVersion: string
  readonly advisories: Assessment['advisories']
  readonly #facts: Facts
  readonly #now: Date
  readonly #results: () => Assessment['results']
  readonly #notJudged: () => readonly NotJudged[]
  readonly #verdicts: () => readonly VerdictView[]

  constructor(
    facts: Facts,
    now: Date,
    advisories: Assessment['advisories'],
    notJudged: () => readonly NotJudged[],
    verdicts: () => readonly VerdictView[],
  ) {
    this.knowledgeVersion = facts.knowledge.version
    this.advisories = advisories
    this.#facts = facts
    this.#now = now
    this.#results = once(() => resultViews(facts))
    this.#notJudged = notJudged
    this.#verdicts = once(verdicts)
  }

  get assessedAt() {
    return this.#now.toISOString()
  }

  get patient() {
    return patientView(this.#facts)
  }

  get kidney() {
    return kidneyView(this.#facts)
  }

  get results() {
    return this.#results()
  }

  get derived() {
    return derivedViews(this.#facts)
  }

  get notJudged() {
    return this.#notJudged()
  }

  get unlisted() {
    return countsOf(this.#facts.readings.foreign.map(keyOf))
  }

  get incomplete() {
    return this.#facts.incomplete.lists
  }

  get verdicts() {
    return this.#verdicts()
  }

  toJSON(): PlainAssessment {
    const { knowledgeVersion, assessedAt, patient, kidney, results, derived } = this
    const { advisories, notJudged, unlisted, incomplete, verdicts } = this
    const first = { knowledgeVersion, assessedAt, patient, kidney, results, derived }
    return { ...first, advisories, notJudged, unlisted, incomplete, verdicts }
  }
}

/** How often each is there, in the order of their texts. */
function countsOf(keys: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const key of [...keys].sort()) counts[key] = (counts[key] ?? 0) + 1
  return counts
}

/** Results whose bound leaves a rule, or a level of a kept finding, open. */
function undecidedResults(graded: readonly Graded[], detections: readonly Detected[]): ReadonlySet<Reading> {
  return new Set([
    ...graded.flatMap((item) => item.undecided),
    ...detections.flatMap(({ detection }) => (detection.verdict === 'not-judged' ? detection.undecided : [])),
  ])
}

interface Detected {
  readonly rule: RuleId
  readonly detection: Detection | { readonly verdict: 'off' }
}

function detect(facts: Facts): Detected[] {
  return LABORATORY_RULES.map((rule) => ({
    rule: rule.id,
    detection: facts.knowledge.rules.get(rule.id)?.enabled ? rule.detect(facts) : { verdict: 'off' },
  }))
}

/** Exactly one verdict for each rule. */
function verdictsOf(
  detections: readonly Detected[],
  resolved: readonly Resolved[],
  merged: readonly Merged[],
): VerdictView[] {
  return detections.map(({ rule, detection }): VerdictView => {
    if (detection.verdict === 'off') return { rule, verdict: 'off', because: 'switched off by the site' }
    if (detection.verdict === 'not-judged') {
      return { rule, verdict: 'not-judged', because: `${detection.reason}: ${detection.because}` }
    }
    if (detection.verdict !== 'found') return { rule, verdict: detection.verdict, because: detection.because }
    const replacedBy = resolved.find(({ finding }) => finding.rule === rule)?.replacedBy
    if (replacedBy) return { rule, verdict: 'replaced', because: `by ${replacedBy}` }
    const card = merged.find(({ leader, others }) =>
      [leader, ...others].some(({ finding }) => finding.rule === rule),
    )
    const leader = card?.leader.finding.rule
    return leader === rule || leader === undefined
      ? { rule, verdict: 'fired', because: `leads a card at ${card?.indicator ?? 'info'}` }
      : { rule, verdict: 'merged', because: `into ${leader}` }
  })
}
