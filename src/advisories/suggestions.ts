import type { KnownDrug } from '../drugs/drugs.ts'
import { isReduced } from '../kidney/band.ts'
import type { AnalyteId, SuggestedTest, TestCode } from '../knowledge/types.ts'
import { type Facts, recentResult } from '../labs/facts.ts'
import { oncePer } from '../quantity/once.ts'
import { daysBetween } from '../readings/clock.ts'
import { past } from '../rules/judge.ts'
import type { Kept, RuleId } from '../rules/rule.ts'
import type { SuggestionView } from './assessment.ts'
import type { Graded } from './grade.ts'
import type { Merged } from './merge.ts'
import { recheckOf, timingOf } from './recheck.ts'

/** Which tests a finding's card offers, in order (value-sets.md 6). */
function offersOf({ finding }: Graded, facts: Facts, kept: Kept): readonly string[] {
  const { at, critical } = finding
  const measured = (analyte: AnalyteId, days: number) =>
    facts.readings.of(analyte).some((reading) => Math.abs(daysBetween(reading.at, at)) <= days)
  const unless = (done: boolean, test: string) => (done ? [] : [test])
  const when = (wanted: boolean, test: string) => (wanted ? [test] : [])
  const { companion, hormones, pth: pthDays, qtc: qtcDays } = facts.knowledge.windows
  const isCritical = critical === 'yes'
  switch (finding.rule) {
    case 'MG-LOW': {
      const qtc = recentResult(facts, 'qtc', qtcDays)
      const longQTc = qtc !== null && past(facts, qtc, 'MG-LOW', 'longQTc') === 'yes'
      const qt: readonly KnownDrug[] = facts.drugs.active('qt')
      return [
        'mg',
        'renal-panel',
        ...when(kept.has('CA-LOW', at) && !measured('pth', pthDays), 'pth'),
        ...when(isCritical || qt.length > 0 || longQTc, 'ecg'),
      ]
    }
    case 'MG-HIGH':
      return ['mg', 'renal-panel', ...when(isCritical, 'ecg')]
    case 'MG-RECHECK': {
      const creatinine = facts.kidney.newestCreatinine
      const fresh = creatinine !== null && facts.clock.ageDays(creatinine.at) <= 2
      const [magnesium] = finding.restsOn
      const veryHigh = magnesium !== undefined && past(facts, magnesium, 'MG-HIGH', 'critical') === 'yes'
      return ['mg', ...unless(fresh, 'renal-panel'), ...when(veryHigh, 'ecg')]
    }
    case 'MG-OBSTETRIC':
      return ['mg']
    case 'MG-LOW-RENAL-WASTING': {
      const { isChild } = facts.patient
      return [
        'mg',
        ...unless(
          facts.femgs.some((femg) => Math.abs(daysBetween(femg.at, at)) <= companion),
          'urine-mg',
        ),
        ...unless(measured('urine-calcium', companion), 'urine-ca'),
        isChild ? 'refer-paediatric-nephrology' : 'refer-nephrology',
      ]
    }
    case 'CA-LOW':
    case 'CA-UNCERTAIN':
      return [
        'ionised-ca',
        ...unless(measured('magnesium', companion), 'mg'),
        'pth',
        ...unless(measured('vitamin-d-25oh', hormones), 'vitd'),
      ]
    case 'CA-HIGH':
      return ['renal-panel', 'pth', 'vitd', ...when(isCritical, 'ecg')]
    case 'P-LOW':
      return [
        'renal-panel',
        ...unless(measured('magnesium', companion), 'mg'),
        ...unless(measured('vitamin-d-25oh', hormones), 'vitd'),
        ...unless(measured('alp', hormones), 'alp'),
      ]
    case 'P-HIGH':
      return ['renal-panel', ...when(isReduced(facts.kidney.band) && !measured('pth', 90), 'pth')]
    case 'REFEEDING':
      return ['renal-panel', 'mg', 'refer-nutrition']
    case 'VITD-LOW':
      return unless(measured('magnesium', hormones), 'mg')
    case 'VITD-HIGH':
      return ['renal-panel', 'pth']
    case 'DQ-EDTA':
      return ['metabolic-panel', 'mg', 'ecg']
    case 'DQ-DILUTION':
      return ['metabolic-panel', 'mg']
    case 'DQ-HAEMOLYSIS':
      return ['renal-panel', 'mg']
    case 'DQ-UNIT':
    case 'RESULT-CORRECTED':
      return []
  }
}

const MOST_SUGGESTIONS = 5

/**
 * The drafts of a card: the leader's first, each test once, never a test beside a panel that holds it. Each is
 * one action, useful alone, and true whether or not the others are taken.
 */
export function suggestionsOf(
  { leader, others }: Merged,
  facts: Facts,
  kept: Kept,
): readonly SuggestionView[] {
  // a site may take a test off a rule's list
  const listed = (item: Graded) => facts.knowledge.rules.get(item.finding.rule)?.suggestions ?? []
  const wanted = [
    ...new Set(
      [leader, ...others].flatMap((item) =>
        offersOf(item, facts, kept).filter((id) => listed(item).includes(id)),
      ),
    ),
  ]
  const covered = new Set(wanted.flatMap((id) => facts.knowledge.suggestions.get(id)?.covers ?? []))
  if (wanted.length === 0) return []
  const shared = sharedBy(
    leader,
    [leader, ...others].map(({ finding }) => finding.rule),
    facts,
  )
  return wanted
    .filter((id) => !covered.has(id))
    .map((id) => ({ id, test: facts.knowledge.suggestions.get(id) }))
    .filter((one): one is { id: string; test: SuggestedTest } => one.test !== undefined)
    .slice(0, MOST_SUGGESTIONS)
    .map(({ id, test }) => draft(id, test, leader, shared, facts))
}

/** What all drafts of a card have in common. */
interface Shared {
  readonly subject: { readonly reference: string }
  readonly because: { readonly reasonReference?: readonly { readonly reference: string }[] }
  readonly note: readonly { readonly text: string }[]
}

function sharedBy(leader: Graded, rules: readonly RuleId[], { knowledge, patient }: Facts): Shared {
  const reasons = new Set<string>()
  for (const { raw } of leader.finding.restsOn) {
    if (raw.reference !== null) reasons.add(raw.reference.split('#', 1)[0] ?? '')
  }
  const reasonReference = [...reasons].map((reference) => ({ reference }))
  return {
    subject: { reference: `Patient/${patient.id}` },
    because: reasonReference.length > 0 ? { reasonReference } : {},
    note: [{ text: `Draft proposed by Apatite, ${rules.join(', ')}, knowledge ${knowledge.version}` }],
  }
}

const SYSTEMS = { loinc: 'http://loinc.org', snomed: 'http://snomed.info/sct' } as const

/** The test by which a rule is rechecked: only it is dated by the recheck interval, all others are wanted now. */
const RECHECK_TEST: Partial<Record<RuleId, string>> = {
  'MG-LOW': 'mg',
  'MG-HIGH': 'mg',
  'MG-OBSTETRIC': 'mg',
  'MG-RECHECK': 'mg',
  'MG-LOW-RENAL-WASTING': 'mg',
  'CA-LOW': 'ionised-ca',
  'CA-HIGH': 'renal-panel',
  'P-LOW': 'renal-panel',
  'P-HIGH': 'renal-panel',
  REFEEDING: 'renal-panel',
}

/** A draft ServiceRequest (orders.md 5): nothing is ordered until somebody signs it. */
function draft(
  id: string,
  test: SuggestedTest,
  leader: Graded,
  { subject, because, note }: Shared,
  facts: Facts,
): SuggestionView {
  const { code, orderDetail } = codedBy(test)[reportsMass(test, facts) ? 'mass' : 'molar']
  const interval = RECHECK_TEST[leader.finding.rule] === id ? recheckOf(leader, facts) : null
  const timing = interval && timingOf(interval, facts.clock.now)
  return {
    id,
    label: test.label,
    description: interval ? `${test.label} ${interval.text}` : test.label,
    resource: {
      resourceType: 'ServiceRequest',
      status: 'draft',
      intent: 'proposal',
      priority: leader.indicator === 'critical' ? 'urgent' : 'routine',
      code,
      ...orderDetail,
      subject,
      ...(timing ? { occurrenceTiming: timing } : {}),
      ...because,
      note,
    },
  }
}

interface CodedTest {
  readonly code: Readonly<Record<string, unknown>>
  readonly orderDetail: { readonly orderDetail?: readonly Readonly<Record<string, unknown>>[] }
}

const codedBy = oncePer((test: SuggestedTest) => ({
  mass: codedTest(test.mass, test.label),
  molar: codedTest(test.molar, test.label),
}))

function codedTest(codes: readonly TestCode[], label: string): CodedTest {
  // codings of one concept mean one thing: a second test of the request (urine creatinine) is order detail
  const isFirst = ({ system }: TestCode, index: number) =>
    codes.findIndex((other) => other.system === system) === index
  const coding = ({ system, code, display }: TestCode) => ({ system: SYSTEMS[system], code, display })
  const further = codes.filter((code, index) => !isFirst(code, index))
  return {
    code: { coding: codes.filter(isFirst).map(coding), text: label },
    orderDetail:
      further.length > 0 ? { orderDetail: further.map((code) => ({ coding: [coding(code)] })) } : {},
  }
}

/** Mass codes where the site reports the analyte in mg/dL, ng/mL or pg/mL. */
function reportsMass({ analyte }: SuggestedTest, { readings }: Facts): boolean {
  const [newest] = analyte === null ? [] : readings.of(analyte)
  return newest !== undefined && /^(?:mg|ng|pg)\//u.test(newest.measured.unit)
}
