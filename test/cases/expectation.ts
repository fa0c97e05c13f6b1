/**
 * What an assessment must be like, compared with what came. Each check gives plain sentences, "expected … came …";
 * none means that the case holds.
 */
import type { AdvisoryView, Assessment, NotJudged, ResultView } from '../../src/advisories/assessment.ts'
import { behaviourShown, says } from './card-text.ts'
import { type FieldExpectation, type Forbidden, phrases, type Story } from './case-files.ts'

/** Fails with all problems at once, under the id and title of the case. */
export function holds(id: string, title: string, why: string, assessment: Assessment, problems: readonly string[]): void {
  if (problems.length === 0) return
  const lines = problems.map((problem) => `  - ${problem}`)
  throw new Error(
    [`${id} "${title}"`, ...lines, `  the case says: ${why}`, '  what came:', pictureOf(assessment, '    ')].join('\n'),
  )
}

/** The assessment in a few lines, for a failure message. */
export function pictureOf(assessment: Assessment, indent = ''): string {
  const { kidney } = assessment
  const lines = [
    `cards: ${cardsText(assessment)}`,
    `kidney: ${kidney.band} ${kidney.value ?? '-'} ${kidney.method ?? ''} (${kidney.confidence}; ${kidney.basis})`,
    `not judged: ${assessment.notJudged.map(entryText).join('; ') || 'nothing'}`,
    `results: ${assessment.results.map(resultText).join('; ') || 'none'}`,
    `derived: ${assessment.derived.map((one) => `${one.name} ${one.value} ${one.unit}`).join('; ') || 'none'}`,
    'verdicts:',
    ...assessment.verdicts
      .filter((verdict) => verdict.verdict !== 'no-data' || verdict.because !== '')
      .map((verdict) => `  ${verdict.rule}: ${verdict.verdict} (${verdict.because})`),
  ]
  return lines.map((line) => indent + line).join('\n')
}

function cardsText(assessment: Assessment): string {
  return assessment.advisories.map(advisoryText).join(', ') || 'none'
}

function advisoryText(advisory: AdvisoryView): string {
  const merged = advisory.merged.length > 0 ? ` with ${advisory.merged.join(' + ')}` : ''
  return `${advisory.rule} ${advisory.indicator}${merged}`
}

function entryText(entry: NotJudged): string {
  return `${entry.observation ?? 'patient'} ${entry.analyte ?? ''} ${entry.reason}`.replace(/ +/g, ' ')
}

function resultText(result: ResultView): string {
  const range = result.range === null ? 'no range' : `${result.range.low ?? ''}-${result.range.high ?? ''}`
  return `${result.analyte} ${result.reported.text} [${range}] ${result.reading ?? '-'}${result.judged ? ' judged' : ''}`
}

/** Rules that lead a card or are inside one, with every indicator they have there. */
export function firedRules(assessment: Assessment): Map<string, Set<string>> {
  const fired = new Map<string, Set<string>>()
  const add = (rule: string, indicator: string | null) => {
    const indicators = fired.get(rule) ?? new Set()
    if (indicator !== null) indicators.add(indicator)
    fired.set(rule, indicators)
  }
  for (const advisory of assessment.advisories) {
    add(advisory.rule, advisory.indicator)
    for (const rule of advisory.merged) add(rule, null)
    for (const finding of advisory.findings) add(finding.rule, finding.indicator)
  }
  for (const verdict of assessment.verdicts) {
    if (verdict.verdict === 'fired' || verdict.verdict === 'merged') add(verdict.rule, null)
  }
  return fired
}

/** A vignette or boundary case: cards in their order, nothing beyond them, kidney band, what must not fire. */
export function storyProblems(story: Story, assessment: Assessment, kind: 'vignette' | 'boundary'): string[] {
  const { expected } = story
  const problems: string[] = []
  const count = assessment.advisories.length
  if (count < expected.cardCount.min || count > expected.cardCount.max) {
    problems.push(
      `expected ${expected.cardCount.min} to ${expected.cardCount.max} cards, came ${count}: ${cardsText(assessment)}`,
    )
  }
  for (const [index, card] of expected.cards.entries()) {
    const came = assessment.advisories[index]
    const wanted = `card ${index + 1} ${card.rule} ${card.indicator}`
    if (came === undefined) {
      problems.push(`expected ${wanted}, came no such card`)
      continue
    }
    if (came.rule !== card.rule || came.indicator !== card.indicator) {
      problems.push(`expected ${wanted}, came ${advisoryText(came)}`)
    }
    for (const rule of card.merged ?? []) {
      if (!came.merged.includes(rule)) problems.push(`expected ${rule} merged into ${wanted}, came ${advisoryText(came)}`)
    }
    if (card.renalCaveat !== undefined && came.renalCaveat !== card.renalCaveat) {
      problems.push(`expected the renal caveat of ${wanted} to be ${card.renalCaveat}, came ${came.renalCaveat}`)
    }
  }
  const allowed = new Set(expected.cards.flatMap((card) => [card.rule, ...(card.merged ?? [])]))
  for (const rule of firedRules(assessment).keys()) {
    if (!allowed.has(rule)) problems.push(`expected no other rule, but ${rule} fired: ${cardsText(assessment)}`)
  }
  problems.push(...forbiddenProblems(expected.mustNotFire, assessment))
  if (assessment.kidney.band !== expected.kidneyBand) {
    problems.push(`expected kidney band ${expected.kidneyBand}, came ${assessment.kidney.band}`)
  }
  problems.push(...storyNotJudgedProblems(expected.notJudged ?? [], assessment, kind))
  problems.push(...storyValueProblems(story, assessment))
  return problems
}

/** Boundary cases name every entry of the list, vignettes only those that must be there. */
function storyNotJudgedProblems(
  expected: readonly { readonly observation: string | null; readonly reason: string }[],
  assessment: Assessment,
  kind: 'vignette' | 'boundary',
): string[] {
  const problems: string[] = []
  const came = assessment.notJudged.map((entry) => `${entry.observation ?? 'the patient'}: ${entry.reason}`)
  for (const entry of expected) {
    const wanted = `${entry.observation === null ? 'the patient' : `Observation/${entry.observation}`}: ${entry.reason}`
    const at = came.indexOf(wanted)
    if (at < 0) problems.push(`expected not judged "${wanted}", came only ${came.join('; ') || 'nothing more'}`)
    else came.splice(at, 1)
  }
  if (kind === 'boundary') {
    for (const entry of came) problems.push(`expected no such entry in the not-judged list: "${entry}"`)
  }
  return problems
}

/** The figures of a vignette: values as held internally, eGFR, adjusted calcium. */
function storyValueProblems(story: Story, assessment: Assessment): string[] {
  const problems: string[] = []
  for (const observation of story.observations) {
    if (observation.expectedMmolPerL === undefined) continue
    const came = assessment.results.find((result) => result.observation === `Observation/${observation.id}`)
    if (came === undefined) continue
    const value = observation.comparator === '>' || observation.comparator === '>=' ? came.canonical.low : came.canonical.high
    if (!near(value, observation.expectedMmolPerL, 0.001) || came.canonical.unit !== 'mmol/L') {
      problems.push(
        `expected ${observation.id} to be held as ${observation.expectedMmolPerL} mmol/L, came ${value} ${came.canonical.unit}`,
      )
    }
  }
  const egfr = story.derived?.expectedEgfrCkdEpi2021
  if (egfr !== undefined && egfr !== null && !near(assessment.kidney.value, egfr, 0.6)) {
    problems.push(`expected an eGFR of about ${egfr}, came ${assessment.kidney.value}`)
  }
  if (egfr === null && assessment.kidney.value !== null) {
    problems.push(`expected no eGFR at all, came ${assessment.kidney.value}`)
  }
  const adjusted = story.derived?.expectedAdjustedCalciumMmolL
  if (adjusted !== undefined) {
    const came = assessment.derived.find((one) => one.name === 'adjusted calcium')
    if (came === undefined || came.unit !== 'mmol/L' || !near(came.value, adjusted, 0.0001)) {
      problems.push(`expected adjusted calcium ${adjusted} mmol/L, came ${came?.value} ${came?.unit}`)
    }
  }
  return problems
}

/** `mustNotFire`: a rule at any level, a rule at one level, a behaviour, or any card at all. */
function forbiddenProblems(forbidden: readonly Forbidden[], assessment: Assessment): string[] {
  const problems: string[] = []
  const fired = firedRules(assessment)
  for (const entry of forbidden) {
    if (typeof entry !== 'string') {
      if (fired.get(entry.rule)?.has(entry.indicator) === true) {
        problems.push(`expected ${entry.rule} not to fire at ${entry.indicator}, but it did: ${cardsText(assessment)}`)
      }
    } else if (entry === 'any') {
      if (assessment.advisories.length > 0) problems.push(`expected no card at all, came ${cardsText(assessment)}`)
    } else if (entry in phrases.behaviours) {
      problems.push(...behaviourProblems(entry, assessment))
    } else if (fired.has(entry)) {
      problems.push(`expected ${entry} not to fire at any level, but it did: ${cardsText(assessment)}`)
    }
  }
  return problems
}

function behaviourProblems(behaviour: string, assessment: Assessment): string[] {
  const problems: string[] = []
  for (const advisory of assessment.advisories) {
    const shown = behaviourShown(advisory, behaviour)
    if (shown !== null) problems.push(`expected no ${behaviour} on a card, but ${advisory.rule} says "${shown}"`)
  }
  const { value, unit, method } = assessment.kidney
  if (behaviour === 'eGFR' && value !== null && /min/i.test(unit ?? '')) {
    problems.push(`expected no eGFR in the kidney status, came ${value} ${unit} (${method})`)
  }
  return problems
}

/** A field case: the complete list of cards, and whatever else it names. */
export function fieldProblems(expected: FieldExpectation, assessment: Assessment): string[] {
  const problems: string[] = []
  const came = [...assessment.advisories]
  for (const wanted of expected.advisories ?? []) {
    const at = came.findIndex((advisory) => advisory.rule === wanted.rule && advisory.indicator === wanted.indicator)
    const advisory = came[at]
    if (advisory === undefined) {
      problems.push(`expected a card ${wanted.rule} ${wanted.indicator}, came ${cardsText(assessment)}`)
      continue
    }
    came.splice(at, 1)
    for (const rule of wanted.merged ?? []) {
      if (!advisory.merged.includes(rule)) problems.push(`expected ${rule} inside ${advisoryText(advisory)}`)
    }
    for (const words of (wanted.mention ?? []).filter(isRenalCaveat)) {
      if (!says(advisory, words)) problems.push(`expected ${wanted.rule} to say "${words}", came "${advisory.detail}"`)
    }
    for (const words of (wanted.notSay ?? []).filter(isRenalCaveat)) {
      if (says(advisory, words)) problems.push(`expected ${wanted.rule} not to say "${words}", came "${advisory.detail}"`)
    }
  }
  if (expected.advisories !== undefined && expected.otherAdvisories === undefined) {
    for (const advisory of came) problems.push(`expected no other card, came ${advisoryText(advisory)}`)
  }
  problems.push(...forbiddenProblems(expected.mustNotFire ?? [], assessment))
  problems.push(...fieldNotJudgedProblems(expected, assessment))
  problems.push(...fieldResultProblems(expected, assessment))
  problems.push(...fieldRangeProblems(expected, assessment))
  problems.push(...kidneyProblems(expected, assessment))
  return problems
}

/** Words that quote the renal caveat; the other ideas of the field cases are looked for once the words are finished. */
function isRenalCaveat(words: string): boolean {
  return /kidney function|dialysis|renal unit|egfr|ckd-epi/i.test(words)
}

/** Names of the case files that differ from our ids. */
const ANALYTE_NAMES: Readonly<Record<string, string>> = { '25(OH)D': 'vitamin-d-25oh', eGFR: 'egfr' }

function analyteId(name: string): string {
  return ANALYTE_NAMES[name] ?? name
}

function fieldNotJudgedProblems(expected: FieldExpectation, assessment: Assessment): string[] {
  const problems: string[] = []
  const came = [...assessment.notJudged]
  for (const wanted of expected.notJudged ?? []) {
    const reasons: readonly string[] = typeof wanted.reason === 'string' ? [wanted.reason] : wanted.reason
    const at = came.findIndex(
      (entry) =>
        reasons.includes(entry.reason) && (wanted.analyte === undefined || entry.analyte === analyteId(wanted.analyte)),
    )
    if (at < 0) {
      const list = assessment.notJudged.map(entryText).join('; ') || 'nothing'
      problems.push(`expected not judged: ${wanted.analyte ?? 'any'} ${reasons.join(' or ')}, came ${list}`)
    } else came.splice(at, 1)
  }
  if (expected.notJudgedExactly === true) {
    for (const entry of came) problems.push(`expected no such entry in the not-judged list: ${entryText(entry)}`)
  }
  return problems
}

function fieldResultProblems(expected: FieldExpectation, assessment: Assessment): string[] {
  const problems: string[] = []
  for (const wanted of expected.results ?? []) {
    const tolerance = wanted.tolerance ?? 0.0005
    const id = analyteId(wanted.analyte)
    const derived = assessment.derived.find((one) => one.name === id)
    const results = assessment.results.filter((result) => result.analyte === id)
    const fits = (low: number | null, high: number | null, unit: string) => {
      if (unit !== wanted.unit) return false
      if (wanted.value !== undefined) return near(low, wanted.value, tolerance) && near(high, wanted.value, tolerance)
      const { below, above } = wanted.interval ?? {}
      return (below === undefined ? high === null : near(high, below, tolerance)) &&
        (above === undefined ? low === null || low === 0 : near(low, above, tolerance))
    }
    const found =
      (derived !== undefined && fits(derived.value, derived.value, derived.unit)) ||
      results.some(({ canonical }) => fits(canonical.low, canonical.high, canonical.unit))
    if (!found) {
      const values = results.map(({ canonical }) => `${canonical.low} to ${canonical.high} ${canonical.unit}`)
      if (derived !== undefined) values.push(`${derived.value} ${derived.unit}`)
      const figure = wanted.value ?? JSON.stringify(wanted.interval)
      problems.push(`expected ${wanted.analyte} ${figure} ${wanted.unit}, came ${values.join('; ') || 'none'}`)
    }
  }
  return problems
}

function fieldRangeProblems(expected: FieldExpectation, assessment: Assessment): string[] {
  const problems: string[] = []
  for (const wanted of expected.range ?? []) {
    const results = assessment.results.filter((result) => result.analyte === analyteId(wanted.analyte))
    const range = (results.find((result) => result.judged) ?? results[0])?.range ?? null
    const holds =
      range !== null &&
      (wanted.low === undefined || near(range.low, wanted.low, 1e-9)) &&
      (wanted.high === undefined || near(range.high, wanted.high, 1e-9)) &&
      (wanted.source === undefined || (range.lowSource === wanted.source && range.highSource === wanted.source))
    if (!holds) {
      problems.push(`expected the range of ${wanted.analyte} to be ${JSON.stringify(wanted)}, came ${JSON.stringify(range)}`)
    }
  }
  return problems
}

function kidneyProblems(expected: FieldExpectation, assessment: Assessment): string[] {
  const wanted = expected.kidney
  if (wanted === undefined) return []
  const { kidney } = assessment
  const tolerance = wanted.tolerance ?? 0.1
  const problems: string[] = []
  const differs = (what: string, want: unknown, came: unknown) =>
    problems.push(`expected kidney ${what} ${String(want)}, came ${String(came)}`)
  if (wanted.band !== undefined && kidney.band !== wanted.band) differs('band', wanted.band, kidney.band)
  if (wanted.value !== undefined && !near(kidney.value, wanted.value, tolerance)) {
    differs('value', wanted.value, kidney.value)
  }
  // "reported" alone leaves open by which equation
  const method = wanted.method === 'reported' ? kidney.method?.split(' ')[0] : kidney.method
  if (wanted.method !== undefined && method !== wanted.method) differs('method', wanted.method, kidney.method)
  if (wanted.confidence !== undefined && kidney.confidence !== wanted.confidence) {
    differs('confidence', wanted.confidence, kidney.confidence)
  }
  if (wanted.estimates !== undefined) {
    const came = [...kidney.estimates].sort((a, b) => a - b)
    const same =
      came.length === wanted.estimates.length &&
      wanted.estimates.every((estimate, index) => near(came[index] ?? null, estimate, tolerance))
    if (!same) differs('estimates', wanted.estimates, came)
  }
  return problems
}

function near(value: number | null, wanted: number, tolerance: number): boolean {
  return value !== null && Math.abs(value - wanted) <= tolerance + 1e-9
}
