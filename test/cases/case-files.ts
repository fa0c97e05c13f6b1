/** The worked cases of this folder, read as they are. The files are copies of the shared ones: never edited here. */
import { readFileSync } from 'node:fs'
import type { Resource } from 'fhir/r4'
import type { Indicator } from '../../src/advisories/assessment.ts'

export interface CaseRange {
  readonly low: number
  readonly high: number
  readonly unit: string
}

export interface CaseObservation {
  readonly id: string
  readonly loinc?: string
  /** a code of the site's own system */
  readonly localCode?: string
  readonly test?: string
  readonly value?: number
  readonly unit?: string
  readonly comparator?: '<' | '<=' | '>' | '>='
  readonly valueString?: string
  readonly dataAbsentReason?: string
  readonly effective?: string
  readonly issued?: string
  readonly status: string
  readonly labReferenceRange?: CaseRange
  readonly interpretation?: string
  readonly labNote?: string
  /** only where the result belongs to somebody else */
  readonly subject?: string
  readonly expectedMmolPerL?: number
}

export interface CaseCondition {
  readonly display: string
  readonly clinicalStatus: string
  readonly snomed?: string
  readonly icd10cm?: string
  readonly onset?: string
}

export interface CaseMedication {
  readonly display: string
  readonly status: string
  readonly atc?: string
  readonly rxnormIngredient?: string
  readonly since?: string
  readonly until?: string
}

export interface CaseProcedure {
  readonly display: string
  readonly snomed: string
  readonly performed: string
}

export interface CasePatient {
  readonly sex: 'male' | 'female'
  readonly ageYears: number
  readonly pregnant?: boolean
  readonly gestationWeeks?: number
  readonly weightKg?: number
  readonly heightCm?: number
  readonly setting?: string
}

export type Forbidden = string | { readonly rule: string; readonly indicator: Indicator }

export interface ExpectedCard {
  readonly rule: string
  readonly indicator: Indicator
  readonly merged?: readonly string[]
  /** boundary cases only */
  readonly renalCaveat?: string | null
}

export interface Story {
  readonly id: string
  readonly title: string
  readonly hook: string
  readonly patient: CasePatient
  readonly conditions?: readonly CaseCondition[]
  readonly medications?: readonly CaseMedication[]
  readonly procedures?: readonly CaseProcedure[]
  readonly observations: readonly CaseObservation[]
  readonly incomplete?: readonly string[]
  readonly expected: {
    readonly cardCount: { readonly min: number; readonly max: number }
    readonly cards: readonly ExpectedCard[]
    readonly mustNotFire: readonly Forbidden[]
    readonly kidneyBand: string
    readonly notJudged?: readonly { readonly observation: string | null; readonly reason: string }[]
  }
  readonly derived?: {
    readonly expectedEgfrCkdEpi2021?: number | null
    readonly expectedAdjustedCalciumMmolL?: number
  }
  readonly why: string
}

export interface FieldAdvisory {
  readonly rule: string
  readonly indicator: Indicator
  readonly merged?: readonly string[]
  readonly mention?: readonly string[]
  readonly notSay?: readonly string[]
}

export interface FieldResult {
  readonly analyte: string
  readonly value?: number
  readonly interval?: { readonly below?: number; readonly above?: number }
  readonly unit: string
  readonly tolerance?: number
}

export interface FieldExpectation {
  readonly advisories?: readonly FieldAdvisory[]
  readonly otherAdvisories?: unknown
  readonly notJudged?: readonly { readonly analyte?: string; readonly reason: string | readonly string[] }[]
  readonly notJudgedExactly?: boolean
  readonly mustNotFire?: readonly Forbidden[]
  readonly kidney?: {
    readonly band?: string
    readonly value?: number
    readonly method?: string
    readonly confidence?: string
    readonly estimates?: readonly number[]
    readonly tolerance?: number
  }
  readonly results?: readonly FieldResult[]
  readonly range?: readonly {
    readonly analyte: string
    readonly low?: number
    readonly high?: number
    readonly source?: string
  }[]
}

export interface Variant {
  /** "<resource id>.<element>" */
  readonly set?: string
  readonly to?: unknown
}

export interface FieldCase {
  readonly id: string
  readonly title: string
  readonly door: string
  readonly source: string
  readonly input: {
    readonly resources?: readonly Resource[]
    readonly variants?: readonly Variant[]
    readonly incomplete?: readonly string[]
  }
  readonly expected: FieldExpectation & { readonly variantsExpected?: readonly FieldExpectation[] }
  readonly why: string
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as T
}

const vignetteFile = read<{ now: string; vignettes: readonly Story[] }>('vignettes.json')
const boundaryFile = read<{ now: string; cases: readonly Story[] }>('boundary.json')
const fieldFile = read<{ now: string; cases: readonly FieldCase[] }>('field.json')

export const vignettes = { now: new Date(vignetteFile.now), cases: vignetteFile.vignettes }
export const boundary = { now: new Date(boundaryFile.now), cases: boundaryFile.cases }
export const field = { now: new Date(fieldFile.now), cases: fieldFile.cases }

export interface PhraseFile {
  readonly terms: Readonly<Record<string, string>>
  readonly behaviours: Readonly<Record<string, readonly string[]>>
}
export const phrases = read<PhraseFile>('phrases.json')

/** What a field case sends in one of its runs: the resources with the change of that variant. */
export function variantsOf(
  fieldCase: FieldCase,
): { name: string; resources: readonly Resource[]; expected: FieldExpectation }[] {
  const resources = fieldCase.input.resources ?? []
  const variants = fieldCase.input.variants
  if (variants === undefined) return [{ name: fieldCase.id, resources, expected: fieldCase.expected }]
  return variants.map((variant, index) => ({
    name: `${fieldCase.id} variant ${index + 1}`,
    resources: withChange(resources, variant),
    expected: fieldCase.expected.variantsExpected?.[index] ?? fieldCase.expected,
  }))
}

function withChange(resources: readonly Resource[], variant: Variant): readonly Resource[] {
  if (variant.set === undefined) return resources
  const [id, element, ...deeper] = variant.set.split('.')
  if (id === undefined || element === undefined || deeper.length > 0) {
    throw new Error(`a variant sets "<resource id>.<element>", not "${variant.set}"`)
  }
  if (!resources.some((resource) => resource.id === id)) throw new Error(`no resource "${id}" to set ${element} on`)
  return resources.map((resource) =>
    resource.id === id ? ({ ...resource, [element]: variant.to } as Resource) : resource,
  )
}
