import { magnesiumInfusions } from '../drugs/infusion.ts'
import { limitOf } from '../knowledge/limits.ts'
import { companion, type Facts, recentResult } from '../labs/facts.ts'
import type { Judged } from '../labs/latest.ts'
import { isHigh, isLow } from '../labs/range.ts'
import { anyOf } from '../quantity/interval.ts'
import type { Reading } from '../readings/reading.ts'
import { forKept } from './for-kept.ts'
import { absent, capsOf, countingSets, lowPotassium, past, shown } from './judge.ts'
import {
  type Detection,
  type Finding,
  found,
  type Grade,
  type Kept,
  notJudged,
  type Phrase,
  type Rule,
  say,
  silent,
} from './rule.ts'
import { listed, shownDrugs, shownLimit, shownReading, shownTime } from './show.ts'

const AGGRAVATING_SETS = ['arrhythmia', 'long-qt', 'seizure', 'tetany'] as const
const CAUSE_SETS = ['diarrhoea', 'alcohol', 'diabetes', 'malabsorption'] as const

/** Low magnesium: rules.md 4, MG-LOW. */
export const mgLow: Rule = {
  id: 'MG-LOW',
  thresholds: ['critical', 'lowPotassium', 'longQTc'],
  sentences: [
    'summary',
    'critical',
    'notCritical',
    'digoxin',
    'qtDrug',
    'longQTc',
    'condition',
    'lowPotassium',
    'lowCalcium',
    'potassiumLink',
    'calciumLink',
    'pthLink',
    'vitaminDLink',
    'drugCause',
    'conditionCause',
    'onInfusion',
    'transplantDrugs',
    'route',
    'routeCritical',
    'salts',
    'bone',
    'thiamine',
    'ecg',
    'igm',
  ],
  detect,
}

/** What raises a low magnesium from info to warning. */
interface Aggravators {
  readonly phrases: readonly Phrase[]
  readonly roles: readonly string[]
  readonly undecided: readonly Reading[]
  readonly lowPotassium: Reading | null
  readonly qt: boolean
}

function detect(facts: Facts): Detection {
  const judged = facts.magnesium
  if (!judged) return absent(facts, ['magnesium'])
  const { reading, range } = judged
  const critical = past(facts, reading, 'MG-LOW', 'critical')
  const low = anyOf(isLow(reading, range, reading.analyte), critical)
  if (low === 'undecided') {
    return notJudged('undecided-comparator', 'the reported bound does not decide', [reading])
  }
  if (low === 'no') return silent('magnesium is not below its range')
  return found(finding(facts, judged))
}

function finding(facts: Facts, judged: Judged): Finding {
  const { reading } = judged
  const critical = past(facts, reading, 'MG-LOW', 'critical')
  const aggravators = forKept((kept) => aggravatorsOf(facts, judged, kept))
  const grade = (kept: Kept): Grade => {
    const { phrases, undecided } = aggravators(kept)
    if (critical === 'yes') return { indicator: 'critical', undecided: [] }
    return {
      indicator: phrases.length > 0 ? 'warning' : 'info',
      undecided: [...(critical === 'undecided' ? [reading] : []), ...(phrases.length > 0 ? [] : undecided)],
    }
  }
  return {
    rule: 'MG-LOW',
    restsOn: [reading],
    at: reading.at,
    critical,
    caps: capsOf(facts, judged),
    shows: [shown(judged)],
    grade,
    summary: (kept) =>
      say('because', 'summary', {
        value: shownReading(reading),
        severity: critical === 'yes' ? 'critically low' : 'low',
        aggravator: mainAggravator(facts, aggravators(kept)),
      }),
    phrases: (kept) => phrases(facts, judged, aggravators(kept), kept),
    roles: (kept) => aggravators(kept).roles,
  }
}

function aggravatorsOf(facts: Facts, { reading }: Judged, kept: Kept): Aggravators {
  const { drugs, knowledge } = facts
  const phrases: Phrase[] = []
  const roles: string[] = []
  const undecided: Reading[] = []
  const digoxin = drugs.active('digoxin')
  if (digoxin.length > 0) {
    phrases.push(say('because', 'digoxin', { drugs: shownDrugs(digoxin) }))
    roles.push('digoxin')
  }
  const qt = drugs.active('qt')
  if (qt.length > 0) {
    phrases.push(say('because', 'qtDrug', { drugs: shownDrugs(qt) }))
    roles.push('qt')
  }
  const qtc = recentResult(facts, 'qtc', knowledge.windows.qtc)
  const long = qtc && past(facts, qtc, 'MG-LOW', 'longQTc')
  if (qtc && long === 'yes') {
    phrases.push(say('because', 'longQTc', { qtc: shownReading(qtc), date: shownTime(qtc.at) }))
    roles.push('long-qtc')
  }
  if (qtc && long === 'undecided') undecided.push(qtc)
  const sets = countingSets(facts, AGGRAVATING_SETS)
  if (sets.length > 0) {
    const titles = sets.map((set) => knowledge.conditions.get(set)?.title ?? set)
    phrases.push(say('because', 'condition', { conditions: listed(titles) }))
    roles.push(...sets)
  }
  const potassium = lowPotassium(facts, reading.at)
  if (potassium?.truth === 'yes') {
    phrases.push(
      say('because', 'lowPotassium', {
        potassium: shownReading(potassium.reading),
        limit: shownLimit(
          limitOf(knowledge, 'MG-LOW', 'lowPotassium'),
          potassium.reading,
          potassium.reading.analyte,
        ),
      }),
    )
    roles.push('low-potassium')
  }
  if (potassium?.truth === 'undecided') undecided.push(potassium.reading)
  if (kept.has('CA-LOW', reading.at)) {
    phrases.push(say('because', 'lowCalcium'))
    roles.push('low-calcium')
  }
  return {
    phrases,
    roles,
    undecided,
    lowPotassium: potassium?.truth === 'yes' ? potassium.reading : null,
    qt: qt.length > 0 || long === 'yes',
  }
}

/** The one aggravator that the summary has room for. */
function mainAggravator(facts: Facts, { roles, lowPotassium: potassium }: Aggravators): string {
  if (roles.includes('digoxin')) return ', on digoxin'
  if (roles.includes('long-qtc')) return ', long QTc'
  if (potassium) return `, K ${shownReading(potassium)}`
  if (roles.includes('low-calcium')) return ', low calcium'
  if (roles.includes('qt')) return ', on a QT-prolonging drug'
  const [set] = roles
  return set === undefined ? '' : `, ${(facts.knowledge.conditions.get(set)?.title ?? set).toLowerCase()}`
}

function phrases(facts: Facts, judged: Judged, aggravators: Aggravators, kept: Kept): Phrase[] {
  const { reading } = judged
  const { drugs, knowledge, patient, clock } = facts
  const critical = past(facts, reading, 'MG-LOW', 'critical') === 'yes'
  const limit = shownLimit(limitOf(knowledge, 'MG-LOW', 'critical'), reading, reading.analyte)
  const all: Phrase[] = [
    say('because', critical ? 'critical' : 'notCritical', { limit }),
    ...aggravators.phrases,
  ]
  const calciumLow = kept.has('CA-LOW', reading.at)
  if (aggravators.lowPotassium) {
    all.push(say('link', 'potassiumLink', { potassium: shownReading(aggravators.lowPotassium) }))
  }
  if (calciumLow) all.push(say('link', 'calciumLink'))
  const pth = companion(facts, 'pth', reading.at, knowledge.windows.pth)
  if (pth && calciumLow && isHigh(pth, facts.rangeOf(pth), pth.analyte) !== 'yes')
    all.push(say('link', 'pthLink', { pth: shownReading(pth) }))
  if (kept.anywhere('VITD-LOW')) all.push(say('link', 'vitaminDLink'))

  const lowering = drugs.usedWithin('lowers-mg', 30, clock.now)
  if (lowering.length > 0) all.push(say('cause', 'drugCause', { drugs: shownDrugs(lowering) }))
  if (drugs.active('cni').length > 0)
    all.push(say('cause', 'transplantDrugs', { drugs: shownDrugs(drugs.active('cni')) }))
  const causes = countingSets(facts, CAUSE_SETS).map((set) => knowledge.conditions.get(set)?.title ?? set)
  if (causes.length > 0) all.push(say('cause', 'conditionCause', { conditions: listed(causes) }))
  if (patient.conditions.counts('paraprotein', clock.today)) all.push(say('cause', 'igm'))
  const infusion = magnesiumInfusions(drugs, reading.at, patient.obstetricAt(reading.at)).find(
    ({ runs, hoursSinceEnd }) => runs || (hoursSinceEnd !== null && hoursSinceEnd <= 24),
  )
  if (infusion) all.push(say('because', 'onInfusion', { drug: infusion.drug.name }))

  all.push(say('option', critical ? 'routeCritical' : 'route'))
  if (patient.conditions.counts('alcohol', clock.today) || kept.anywhere('REFEEDING'))
    all.push(say('option', 'thiamine'))
  if (critical || aggravators.lowPotassium || calciumLow || aggravators.qt) all.push(say('option', 'ecg'))
  if (!critical) all.push(say('option', 'salts'))
  all.push(say('limits', 'bone'))
  return all
}
