import type { Facts } from '../labs/facts.ts'
import { daysBetween } from '../readings/clock.ts'
import { compareIndicators, highest, type Indicator } from '../rules/indicator.ts'
import type { RuleId } from '../rules/rule.ts'
import type { Graded } from './grade.ts'
import { restsOn } from './resolve.ts'

/** One problem, one card: a leader and what is told with it. */
export interface Merged {
  readonly leader: Graded
  readonly others: readonly Graded[]
  readonly indicator: Indicator
}

/** The mineral findings in the order in which they lead (rules.md 4.2 step 9). */
const MINERAL: readonly RuleId[] = [
  'REFEEDING',
  'CA-HIGH',
  'MG-LOW-RENAL-WASTING',
  'MG-LOW',
  'MG-HIGH',
  'CA-LOW',
  'P-LOW',
  'P-HIGH',
  'MG-RECHECK',
  'VITD-HIGH',
  'CA-UNCERTAIN',
  'VITD-LOW',
]
const VITAMIN_D: readonly RuleId[] = ['VITD-HIGH', 'VITD-LOW']

/** Steps 8 to 10 of rules.md 4.2, then the order of the cards (h). */
export function mergeAndOrder(graded: readonly Graded[], facts: Facts): readonly Merged[] {
  const days = facts.knowledge.windows.merge
  const obstetric = graded.some(({ finding }) => finding.rule === 'MG-OBSTETRIC')
  const standsAlone = ({ finding, indicator }: Graded) =>
    !MINERAL.includes(finding.rule) || (obstetric && finding.rule === 'CA-LOW' && indicator === 'critical')

  const cards: Merged[] = []
  let rest = graded.filter((item) => !standsAlone(item)).sort(byLead(graded))
  while (rest.length > 0) {
    const leader = leaderOf(rest)
    const others = rest.filter((item) => item !== leader && joins(item, leader, days))
    cards.push(card(leader, others))
    rest = rest.filter((item) => item !== leader && !others.includes(item))
  }
  for (const item of graded.filter(standsAlone)) {
    const index =
      item.finding.rule === 'DQ-HAEMOLYSIS'
        ? cards.findIndex(({ leader, others }) =>
            [leader, ...others].some(
              ({ finding }) => MINERAL.includes(finding.rule) && restsOn(finding, facts.haemolysis),
            ),
          )
        : -1
    const host = cards[index]
    if (host) cards[index] = card(host.leader, [...host.others, item])
    else cards.push(card(item, []))
  }
  return cards.sort(
    (a, b) =>
      compareIndicators(b.indicator, a.indicator) ||
      place(a.leader.finding.rule) - place(b.leader.finding.rule) ||
      newest(b) - newest(a) ||
      MINERAL.indexOf(a.leader.finding.rule) - MINERAL.indexOf(b.leader.finding.rule),
  )
}

function card(leader: Graded, others: readonly Graded[]): Merged {
  return { leader, others, indicator: highest([leader, ...others].map(({ indicator }) => indicator)) }
}

/** A critical MG-LOW that a renal-loss pattern did not replace comes before it (step 7). */
function byLead(graded: readonly Graded[]): (a: Graded, b: Graded) => number {
  const low = graded.some(({ finding }) => finding.rule === 'MG-LOW')
  const rank = (rule: RuleId) => {
    if (low && rule === 'MG-LOW') return MINERAL.indexOf('MG-LOW-RENAL-WASTING') - 0.5
    return MINERAL.indexOf(rule)
  }
  return (a, b) => rank(a.finding.rule) - rank(b.finding.rule)
}

/** REFEEDING, else the highest indicator, else the first in the list. */
function leaderOf(sorted: readonly Graded[]): Graded {
  const [first] = sorted
  if (!first) throw new Error('no finding to lead a card')
  if (first.finding.rule === 'REFEEDING') return first
  return sorted.reduce((a, b) => (compareIndicators(b.indicator, a.indicator) > 0 ? b : a), first)
}

function joins({ finding }: Graded, leader: Graded, days: number): boolean {
  const lead = leader.finding.rule
  if (lead === 'REFEEDING' && (finding.rule === 'P-LOW' || finding.rule === 'MG-LOW')) return true
  if (VITAMIN_D.includes(finding.rule) && !VITAMIN_D.includes(lead)) return true
  if (lead === 'VITD-HIGH' && leader.indicator === 'critical' && finding.rule === 'CA-HIGH') return true
  return Math.abs(daysBetween(finding.at, leader.finding.at)) <= days
}

/** Order among cards of one indicator (h). */
function place(rule: RuleId): number {
  if (MINERAL.includes(rule)) return 3
  return (
    ['DQ-EDTA', 'DQ-DILUTION', 'MG-OBSTETRIC', '', 'DQ-UNIT', 'DQ-HAEMOLYSIS', 'RESULT-CORRECTED'] as const
  ).indexOf(rule as 'DQ-EDTA')
}

function newest({ leader, others }: Merged): number {
  return Math.max(...[leader, ...others].map(({ finding }) => finding.at.from))
}
