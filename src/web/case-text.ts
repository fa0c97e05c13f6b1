import type {
  CaseForm,
  ConditionForm,
  DrugForm,
  ExpectationForm,
  RangeForm,
  ResultForm,
} from '../casebook/form.ts'
import { ANALYTES } from '../knowledge/types.ts'
import { plainWords } from './words.ts'

/** The facts of a worked case in words, in the order in which a clinician tells a patient. */
export function factsText(one: CaseForm): string {
  const told: (string | null)[] = [
    one.sex ?? null,
    one.age === undefined ? null : `age ${one.age}`,
    one.pregnant === undefined ? null : one.pregnant ? 'pregnant' : 'not pregnant',
    one.delivered === undefined ? null : `delivered ${one.delivered} ago`,
    one.kidney === undefined ? null : `kidney band ${one.kidney}`,
    ...ANALYTES.flatMap((id) => {
      const results = one[id]
      return results === undefined ? [] : [`${id} ${[results].flat().map(resultText).join('; ')}`]
    }),
    one.range === undefined ? null : one.range === 'own' ? "the laboratory's own range" : 'no own range',
    one.drugs === undefined ? null : `drugs: ${one.drugs.map(drugText).join('; ')}`,
    one.conditions === undefined ? null : `conditions: ${one.conditions.map(conditionText).join('; ')}`,
    one.feeding === undefined ? null : `feeding restarted ${one.feeding} ago`,
    one.incomplete === undefined ? null : `not read completely: ${one.incomplete.join(', ')}`,
    one.unitsVerified === undefined ? null : one.unitsVerified ? 'units verified' : 'units not verified',
  ]
  const facts = told.filter((text) => text !== null).join(', ')
  return one.threshold === undefined
    ? facts
    : `tests ${thresholdText(one.threshold)}${facts === '' ? '' : `: ${facts}`}`
}

function thresholdText(threshold: NonNullable<CaseForm['threshold']>): string {
  if (typeof threshold === 'string') return `the threshold "${plainWords(threshold)}"`
  if ('window' in threshold) return `the window "${plainWords(threshold.window)}"`
  return `the ${threshold.side === 'low' ? 'lower' : 'upper'} limit of ${threshold.range}`
}

function resultText(result: string | ResultForm): string {
  if (typeof result === 'string') return result
  const { value, ago, range, status, sample, haemolysed, note, code } = result
  const more = [
    ago === undefined ? null : `${ago} ago`,
    range === undefined ? null : rangeText(range),
    status ?? null,
    sample === undefined ? null : `sample ${sample}`,
    haemolysed === undefined ? null : haemolysed ? 'haemolysed' : 'not haemolysed',
    note === undefined ? null : `note "${note}"`,
    code === undefined ? null : `LOINC ${code}`,
  ].filter((text) => text !== null)
  return more.length === 0 ? value : `${value} (${more.join(', ')})`
}

function rangeText(range: RangeForm): string {
  if (typeof range === 'string') return range === 'own' ? 'own range' : 'no own range'
  const { low, high, for: whom } = range
  return `own range ${low ?? '…'} to ${high ?? '…'}${whom === undefined ? '' : ` for ${whom}`}`
}

function drugText(drug: string | DrugForm): string {
  if (typeof drug === 'string') return drug
  const { group, start, end, as, status } = drug
  const more = [
    as ?? null,
    start === undefined ? null : `from ${start} ago`,
    end === undefined ? null : `to ${end} ago`,
    status ?? null,
  ].filter((text) => text !== null)
  return more.length === 0 ? group : `${group} (${more.join(', ')})`
}

function conditionText(condition: string | ConditionForm): string {
  if (typeof condition === 'string') return condition
  const { set, since, confirmed } = condition
  const more = [since === undefined ? null : `since ${since}`, confirmed === false ? 'unconfirmed' : null]
  const told = more.filter((text) => text !== null)
  return told.length === 0 ? set : `${set} (${told.join(', ')})`
}

/** "warning", or "MG-LOW warning, CA-LOW warning, together on one card". */
export function expectationText(expected: ExpectationForm): string {
  if (typeof expected === 'string') return expected.replace('-', ' ')
  const { says, doesNotSay, notJudged, together, ...levels } = expected
  const list = (words: string | readonly string[]) => [words].flat().join(', ')
  return [
    ...Object.entries(levels).map(
      ([rule, level]) => `${rule} ${String(level).replace('not-judged', 'not judged')}`,
    ),
    ...(says === undefined ? [] : [`says "${list(says)}"`]),
    ...(doesNotSay === undefined ? [] : [`does not say "${list(doesNotSay)}"`]),
    ...(notJudged === undefined ? [] : [`not judged: ${list(notJudged)}`]),
    ...(together === undefined ? [] : [`${together.join(' and ')} on one card`]),
  ].join('; ')
}
