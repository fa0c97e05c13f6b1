import type { Analyte, AnalyteId, Knowledge } from '../knowledge/types.ts'
import type { Coded, RawBound, RawRange, RawResult, RawUnit } from '../record/record.ts'
import { builtInRow, rangeLimit, thresholdOf } from './built-in-range.ts'
import { CaseError, evaluate, type Quantity, type Scope } from './expression.ts'
import type { FactsForm, RangeForm, ResultForm } from './form.ts'
import type { Past } from './past.ts'

const LOINC = 'http://loinc.org'
const UCUM = 'http://unitsofmeasure.org'
/** where a case does not say when a result was drawn */
const DRAWN = '2 h'

export interface ResultContext {
  readonly facts: FactsForm
  readonly limit: Quantity | null
  readonly past: Past
  readonly knowledge: Knowledge
}

/**
 * One result of a case as a laboratory would send it.
 *
 * @param number makes its reference: "Observation/magnesium-2"
 * @throws CaseError for a quantity or range that is not understood
 */
export function rawResult(
  id: AnalyteId,
  written: ResultForm | string,
  number: number,
  context: ResultContext,
): RawResult {
  const analyte = context.knowledge.analytes.get(id)
  if (!analyte) throw new CaseError(`no analyte ${id}`)
  const form: ResultForm = typeof written === 'string' ? { value: written } : written
  const { facts, limit, past, knowledge } = context
  const scope: Scope = {
    limit,
    rangeLimit: (side, unit) => rangeLimit(analyte, side, unit, facts, limit, knowledge),
    threshold: (rule, key, unit) => thresholdOf(rule, key, unit, knowledge),
  }
  const { value, unit, comparator } = evaluate(form.value, scope)
  const range = form.range ?? facts.range ?? 'none'
  return {
    reference: `Observation/${id}-${number}`,
    version: '1',
    revised: null,
    status: form.status ?? 'final',
    code: coded(form.code ?? codeOf(analyte)),
    effective: past.at(form.ago ?? DRAWN),
    effectiveFrom: 'effective',
    issued: null,
    value: { kind: 'quantity', value, comparator, unit: rawUnit(unit) },
    ranges: rangesOf(range, analyte, unit, scope, context),
    interpretation: [],
    notes: form.note === undefined ? [] : [form.note],
    specimen: form.sample === undefined ? null : `Specimen/${form.sample}`,
    specimenCondition: form.haemolysed ? knowledge.concepts.haemolysed.specimenCondition : [],
    accession: null,
    reports: [],
    calculated: false,
    unknownModifier: null,
  }
}

/** How long before now a result was drawn, in hours. */
export function drawnHoursAgo(written: ResultForm | string, { past }: Pick<ResultContext, 'past'>): number {
  return past.hours(typeof written === 'string' ? DRAWN : (written.ago ?? DRAWN))
}

function coded(code: string, system = LOINC): Coded {
  return { codings: [{ system, code, display: '' }], text: '' }
}

/** The first code that is judged by itself. */
function codeOf({ id, allowed }: Analyte): string {
  const code = allowed.find(
    ({ part, shownOnly, dialysis }) => (part === null || part === 'total') && !shownOnly && dialysis === null,
  )
  if (!code) throw new CaseError(`no code for ${id}`)
  return code.code
}

export function rawUnit(unit: string): RawUnit {
  return { text: unit, code: '', system: unit === '' ? '' : UCUM }
}

function rangesOf(
  range: RangeForm,
  analyte: Analyte,
  unit: string,
  scope: Scope,
  context: ResultContext,
): RawRange[] {
  if (range === 'none') return []
  if (range === 'own') return builtInAsOwn(analyte, unit, context)
  const bound = (text: string | undefined): RawBound | null => {
    if (text === undefined) return null
    const { value, unit: of } = evaluate(text, scope)
    return { value, unit: rawUnit(of) }
  }
  const children = range.for === 'children'
  return [
    {
      ...NO_RANGE,
      low: bound(range.low),
      high: bound(range.high),
      appliesTo: range.for === 'pregnancy' ? [{ codings: [], text: 'pregnancy' }] : [],
      ageLow: children ? { value: 0, unit: rawUnit('a') } : null,
      ageHigh: children ? { value: 18, unit: rawUnit('a') } : null,
    },
  ]
}

const NO_RANGE: RawRange = {
  low: null,
  high: null,
  text: '',
  type: null,
  appliesTo: [],
  ageLow: null,
  ageHigh: null,
  unknownModifier: null,
}

/** The adult range in the unit of the result, or in the canonical one where it is not kept in that. */
function builtInAsOwn(
  analyte: Analyte,
  unit: string,
  { facts, limit, knowledge }: ResultContext,
): RawRange[] {
  const row = builtInRow(analyte.id, 'adult', facts, limit, knowledge)
  if (!row) return []
  const of = row.low[unit] === undefined && row.high[unit] === undefined ? analyte.canonical : unit
  const bound = (value: number | undefined): RawBound | null =>
    value === undefined ? null : { value, unit: rawUnit(of) }
  return [{ ...NO_RANGE, low: bound(row.low[of]), high: bound(row.high[of]) }]
}

/** A reported eGFR that lies in the middle of a band; children have a method of their own. */
const WITHIN_BAND: Readonly<Record<string, number>> = {
  '>=60': 90,
  '45-59': 52,
  '30-44': 37,
  '15-29': 22,
  '<15': 10,
}

/** The eGFR result that puts the patient into the band; none for bands that no eGFR gives. */
export function egfrResults(child: boolean, context: ResultContext): RawResult[] {
  const value = WITHIN_BAND[context.facts.kidney ?? '>=60']
  if (value === undefined) return []
  const methods = [...context.knowledge.kidney.methods.values()].filter(
    ({ children, sex }) => children === child && sex === null,
  )
  const [method] = methods.sort((a, b) => a.rank - b.rank)
  if (!method) return []
  const unit = context.knowledge.analytes.get('egfr')?.canonical ?? ''
  const plain = { ...context, facts: { ...context.facts, range: 'none' as const } }
  return [rawResult('egfr', { value: `${value} ${unit}`, code: method.code }, 0, plain)]
}
