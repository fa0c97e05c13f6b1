import type { Knowledge } from '../knowledge/types.ts'
import type { PatientRecord, RawMedication } from '../record/record.ts'
import type { When } from '../record/when.ts'
import { textsOf } from './groups.ts'
import { matchDrug } from './match.ts'

const HOUR = 3_600_000
/** a restart needs so long without any feed before it [default] */
const PAUSE = 5 * 24 * HOUR
const NOT_GIVEN = new Set(['draft', 'cancelled', 'entered-in-error', 'not-done', 'not-taken', 'proposed'])

/**
 * When feeding was restarted: the first parenteral or enteral feed with none in the 5 days before it
 * (value-sets.md 3: `feeding`).
 *
 * @returns the start, if it lies at most `withinHours` before the result; else null: no feeding record
 */
export function feedingStart(
  record: PatientRecord,
  knowledge: Knowledge,
  result: When,
  withinHours: number,
): When | null {
  // the time is asked first: what began long before says nothing, and most medicines did
  const earliest = result.from - withinHours * HOUR - PAUSE
  const counts = (start: When | null): start is When =>
    start !== null && start.from >= earliest && start.from <= result.to
  const starts: When[] = []
  for (const medication of record.medications) {
    const start = medication.start ?? medication.authored
    if (counts(start) && isFeed(medication, knowledge)) starts.push(start)
  }
  for (const { start, status, enteral, text } of record.nutrition) {
    if (counts(start) && !NOT_GIVEN.has(status) && (enteral || saysFeed(text, knowledge))) starts.push(start)
  }
  starts.sort((a, b) => a.from - b.from)
  let restart: When | null = null
  let previous = Number.NEGATIVE_INFINITY
  for (const start of starts) {
    if (start.from - previous > PAUSE) restart = start
    previous = start.from
  }
  return restart !== null && result.from - restart.from <= withinHours * HOUR ? restart : null
}

function isFeed(medication: RawMedication, knowledge: Knowledge): boolean {
  if (NOT_GIVEN.has(medication.status) || medication.doNotPerform) return false
  if (medication.intent === 'proposal' || medication.intent === 'plan') return false
  const { feeding } = knowledge.drugs
  const { atc } = matchDrug(medication, knowledge.drugs)
  const isFood = atc.some((code) => feeding.atc.some((prefix) => code.startsWith(prefix)))
  const isNot = atc.some((code) => feeding.exceptAtc.some((prefix) => code.startsWith(prefix)))
  return (isFood && !isNot) || saysFeed(textsOf(medication), knowledge)
}

/** The false friends are cut out first: "nasogastric feed via feeding tube" still counts. */
function saysFeed(text: string, { drugs }: Knowledge): boolean {
  const { words, notWords } = drugs.feeding
  return text.toLowerCase().replace(notWords, ' ').search(words) >= 0
}
