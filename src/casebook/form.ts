/**
 * The form of rules/<ID>.cases.yaml (knowledge-format.md): what the rule of that name says to made-up patients,
 * written so that a clinician can read it. `base` holds for all cases of the file; each case adds to it.
 */
import { z } from 'zod'
import { ANALYTES, type AnalyteId, BANDS, WINDOWS } from '../knowledge/types.ts'
import { parseExpression, usesLimit } from './expression.ts'

const text = z.string().trim().min(1)
const expression = text.refine(
  (value) => parseExpression(value) !== null,
  'a quantity such as "0.61 mmol/L", "<0.70 mmol/L", "limit", "ULN plus limit" or "limit plus 2 h"',
)
const oneOrMore = <S extends z.ZodType>(one: S) => z.union([one, z.array(one).min(1)])

const ownRange = z.strictObject({
  low: expression.optional(),
  high: expression.optional(),
  /** whom the laboratory says it is for */
  for: z.enum(['pregnancy', 'children']).optional(),
})
/** `own`: the built-in adult range as the laboratory's own, so that no mix-up zone is asked; `none`: no own range */
const range = z.union([z.enum(['own', 'none']), ownRange])

const result = z.union([
  expression,
  z.strictObject({
    value: expression,
    /** how long before now it was drawn */
    ago: expression.optional(),
    range: range.optional(),
    status: text.optional(),
    /** results with one name are of one tube; without names the minute decides */
    sample: text.optional(),
    haemolysed: z.boolean().optional(),
    note: text.optional(),
    /** a LOINC code other than the first one listed for the analyte */
    code: text.optional(),
  }),
])

const drug = z.union([
  /** a drug group of drugs/groups.yaml: an active order, written 30 days ago */
  text,
  z.strictObject({
    group: text,
    start: expression.optional(),
    end: expression.optional(),
    /** an order, or what was really given */
    as: z.enum(['order', 'given']).optional(),
    status: text.optional(),
  }),
])

const condition = z.union([
  /** a set of conditions/: its first code, active, recorded yesterday */
  text,
  z.strictObject({ set: text, since: expression.optional(), confirmed: z.boolean().optional() }),
])

const analytes = Object.fromEntries(ANALYTES.map((id) => [id, oneOrMore(result).optional()])) as Record<
  AnalyteId,
  z.ZodOptional<ReturnType<typeof oneOrMore<typeof result>>>
>

const facts = {
  sex: z.enum(['male', 'female', 'other', 'unknown']).optional(),
  /** years, or "20 d", or `limit`; the birthday is the day of the newest result */
  age: z.union([z.number().min(0), z.literal('unknown'), expression]).optional(),
  /** a band becomes a reported eGFR of that band, or what stands for it */
  kidney: z.enum(BANDS).exclude(['not-applicable']).optional(),
  /** of every result that brings none of its own */
  range: z.enum(['own', 'none']).optional(),
  drugs: z.array(drug).optional(),
  conditions: z.array(condition).optional(),
  pregnant: z.boolean().optional(),
  /** how long before now */
  delivered: expression.optional(),
  feeding: expression.optional(),
  /** lists that could not be read completely */
  incomplete: z.array(text).optional(),
  unitsVerified: z.boolean().optional(),
  ...analytes,
}

const LEVELS = ['silent', 'fires', 'info', 'warning', 'critical', 'replaced', 'not-judged'] as const
export type Level = (typeof LEVELS)[number] | `replaced by ${string}`

const level = z.union([z.enum(LEVELS), z.templateLiteral(['replaced by ', text])])

/** The level of the file's rule, or levels by rule and what else is seen. */
const expectation = z.union([
  level,
  z
    .object({
      /** sentences of the card by key: "signs", or "P-LOW.renalWasting" of another rule */
      says: oneOrMore(text).optional(),
      doesNotSay: oneOrMore(text).optional(),
      /** reasons that the not-judged list must hold */
      notJudged: oneOrMore(text).optional(),
      /** findings that share one card */
      together: z.array(text).min(2).optional(),
    })
    .catchall(level),
])

const threshold = z.union([
  /** a threshold of the file's rule */
  text,
  /** a limit of the built-in range that the case's patient has */
  z.strictObject({ range: z.enum(ANALYTES), side: z.enum(['low', 'high']) }),
  /** how long a result counts (windows.yaml) */
  z.strictObject({ window: z.enum(WINDOWS) }),
])

const oneCase = z
  .strictObject({
    name: text,
    why: text.optional(),
    ...facts,
    threshold: threshold.optional(),
    units: z.union([z.literal('all'), z.array(text).min(1)]).optional(),
    /** in the threshold's unit; left out: one reporting step */
    step: z.number().positive().optional(),
    below: expectation.optional(),
    on: expectation.optional(),
    above: expectation.optional(),
    expect: expectation.optional(),
    notJudged: oneOrMore(text).optional(),
  })
  .superRefine((value, context) => {
    const sides = [value.below, value.on, value.above].filter((side) => side !== undefined)
    const complain = (message: string) => context.addIssue({ code: 'custom', message })
    if (value.threshold === undefined) {
      if (value.expect === undefined) complain('says neither what is expected nor which threshold it tests')
      if (sides.length > 0) complain('below, on and above need a threshold')
      if (value.units !== undefined || value.step !== undefined) complain('units and step need a threshold')
      if (holdsLimit(value)) complain('"limit" stands in a case that tests no threshold')
    } else {
      if (sides.length === 0) complain('a threshold needs below, on or above')
      if (value.expect !== undefined) complain('a threshold has below, on and above instead of expect')
      if (!holdsLimit(value)) complain('"limit" stands nowhere: what is tested at the threshold?')
    }
  })

/** rules/<ID>.cases.yaml */
export const casesFile = z.strictObject({
  about: text,
  base: z.strictObject(facts).default({}),
  /** may be empty where `about` says why */
  cases: z.array(oneCase),
})

export type CasesForm = z.output<typeof casesFile>
export type CaseForm = CasesForm['cases'][number]
export type FactsForm = CasesForm['base']
export type ExpectationForm = z.output<typeof expectation>
export type ResultForm = Exclude<z.output<typeof result>, string>
export type DrugForm = Exclude<z.output<typeof drug>, string>
export type ConditionForm = Exclude<z.output<typeof condition>, string>
export type RangeForm = z.output<typeof range>

/** Is the tested number used anywhere in the facts? */
export function holdsLimit(value: unknown): boolean {
  if (typeof value === 'string') return usesLimit(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, part]) => !NO_FACTS.has(key) && holdsLimit(part))
}

const NO_FACTS = new Set(['name', 'why', 'threshold', 'units', 'below', 'on', 'above', 'expect', 'note'])
