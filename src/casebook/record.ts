import { ANALYTES, type Knowledge } from '../knowledge/types.ts'
import type { PatientRecord, RawResult } from '../record/record.ts'
import { yearsOf } from './built-in-range.ts'
import type { ConcreteCase } from './concrete.ts'
import type { FactsForm } from './form.ts'
import { type Past, pastOf, ZONE } from './past.ts'
import { drawnHoursAgo, egfrResults, type ResultContext, rawResult } from './results.ts'
import { rawCondition, rawDelivery, rawFeeding, rawMedication } from './treatments.ts'

/** conditions that stand for kidney bands which no eGFR gives */
const BAND_CONDITIONS: Readonly<Record<string, string>> = { dialysis: 'dialysis', unstable: 'aki' }

/**
 * The made-up patient of a case as a record, as any door would fill it: a man of 50 with eGFR 90 and nothing else,
 * and what the case says.
 *
 * @throws CaseError for what the knowledge does not have or that makes no sense
 */
export function recordOf({ facts, limit }: ConcreteCase, knowledge: Knowledge, now: Date): PatientRecord {
  const past = pastOf(now, limit)
  const context: ResultContext = { facts, limit, past, knowledge }
  const years = yearsOf(facts, limit)
  const results = [...resultsOf(context), ...egfrResults(years !== null && years < 18, context)]
  return {
    patient: {
      id: 'case',
      sex: facts.sex ?? 'male',
      birth: years === null ? null : past.birth(years, newest(context)),
    },
    zone: ZONE,
    results,
    conditions: conditionsOf(facts, past, knowledge),
    procedures: facts.delivered === undefined ? [] : [rawDelivery(facts.delivered, past, knowledge)],
    medications: [
      ...(facts.drugs ?? []).map((drug, index) =>
        rawMedication(typeof drug === 'string' ? { group: drug } : drug, index + 1, past, knowledge),
      ),
      ...(facts.feeding === undefined ? [] : [rawFeeding(facts.feeding, past, knowledge)]),
    ],
    nutrition: [],
    encounters: [],
    refused: [],
    incomplete: facts.incomplete ?? [],
    unitsVerified: facts.unitsVerified ?? false,
  }
}

function written(facts: FactsForm) {
  return ANALYTES.flatMap((id) => {
    const of = facts[id]
    const list = of === undefined ? [] : Array.isArray(of) ? of : [of]
    return list.map((form, index) => ({ id, form, number: index + 1 }))
  })
}

function resultsOf(context: ResultContext): RawResult[] {
  return written(context.facts).map(({ id, form, number }) => rawResult(id, form, number, context))
}

/** Hours since the newest result: that day is the birthday. */
function newest(context: ResultContext): number {
  return Math.min(...written(context.facts).map(({ form }) => drawnHoursAgo(form, context)), 365 * 24)
}

function conditionsOf(facts: FactsForm, past: Past, knowledge: Knowledge) {
  const ofBand = BAND_CONDITIONS[facts.kidney ?? '']
  return [
    ...(facts.conditions ?? []),
    ...(ofBand === undefined ? [] : [ofBand]),
    ...(facts.pregnant ? [{ set: 'pregnancy', since: '140 d' }] : []),
  ].map((form) => rawCondition(typeof form === 'string' ? { set: form } : form, past, knowledge))
}
