import type { Facts } from '../labs/facts.ts'
import { byText } from '../readings/order.ts'
import type { Reading, Unusable } from '../readings/reading.ts'
import { urineCalciumRead } from '../rules/inherited-patterns.ts'
import type { NotJudged } from './assessment.ts'

/** Everything that could not be judged, each result and reason once, in an order that depends on content only. */
export function notJudgedList(
  facts: Facts,
  undecided: ReadonlySet<Reading>,
  isWasting: boolean,
): NotJudged[] {
  const about = (reason: NotJudged['reason'], detail: string): Unusable => ({
    observation: null,
    analyte: null,
    reason,
    detail,
    at: null,
  })
  const urineRead = isWasting && facts.magnesium ? urineCalciumRead(facts, facts.magnesium.reading) : null
  const all: Unusable[] = [
    ...facts.unusable,
    ...facts.unusedUrine
      .filter((reading) => reading !== urineRead)
      .map(
        (reading): Unusable => ({
          observation: reading.observation,
          analyte: reading.analyte.id,
          reason: 'not-serum',
          detail: 'urine',
          at: reading.at,
        }),
      ),
    ...[...undecided].map(
      (reading): Unusable => ({
        observation: reading.observation,
        analyte: reading.analyte.id,
        reason: 'undecided-comparator',
        detail: 'the reported bound does not decide every level',
        at: reading.at,
      }),
    ),
  ]
  if (facts.kidney.band === 'unknown')
    all.push(about('no-kidney-function', 'no usable creatinine, eGFR or diagnosis'))
  if (facts.incomplete.lists.length > 0) {
    all.push(about('incomplete-data', `not read completely: ${facts.incomplete.lists.join(', ')}`))
  }
  const seen = new Set<string>()
  const list: NotJudged[] = []
  for (const { observation, analyte, reason, detail } of all) {
    const key = `${observation ?? `${analyte}:${detail}`}|${reason}`
    if (observation !== null && seen.has(key)) continue
    seen.add(key)
    list.push({ observation, analyte, reason, detail })
  }
  return list.sort(
    (a, b) =>
      order(a) - order(b) ||
      byText(a.observation ?? '', b.observation ?? '') ||
      byText(a.reason, b.reason) ||
      byText(a.analyte ?? '', b.analyte ?? '') ||
      byText(a.detail, b.detail),
  )
}

/** Results first, then what is about the patient. */
function order({ observation, analyte }: NotJudged): number {
  return observation === null && analyte === null ? 1 : 0
}
