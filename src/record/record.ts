/**
 * One patient's facts as they were sent: values, codes and texts untouched, times resolved, nothing judged.
 * Every door (FHIR resources, OBX segments, table rows) fills this one shape; what could not be used at all
 * stands in `refused`. Texts are '' and lists are empty where nothing was sent; null means "not given".
 */
import type { Comparator } from '../quantity/interval.ts'
import type { When } from './when.ts'

export type { When } from './when.ts'

export interface Coding {
  readonly system: string
  readonly code: string
  readonly display: string
}

/** A FHIR CodeableConcept, or the coded field of another format. */
export interface Coded {
  readonly codings: readonly Coding[]
  readonly text: string
}

export interface PatientRecord {
  readonly patient: RawPatient
  /** IANA zone of the source: what a time without an offset, and "today", mean */
  readonly zone: string
  readonly results: readonly RawResult[]
  readonly conditions: readonly RawCondition[]
  readonly procedures: readonly RawProcedure[]
  readonly medications: readonly RawMedication[]
  readonly nutrition: readonly RawNutrition[]
  readonly encounters: readonly RawEncounter[]
  /** what cannot be used, with the reason; never silently dropped */
  readonly refused: readonly Refused[]
  /** resource types, or prefetch keys such as "Observation:body", of which not everything could be read */
  readonly incomplete: readonly string[]
  /** the source vouches for its units: mix-up zones are not applied (rules.md 4.3 c) */
  readonly unitsVerified: boolean
}

export interface RawPatient {
  readonly id: string
  /** administrative gender */
  readonly sex: 'male' | 'female' | 'other' | 'unknown'
  readonly birth: When | null
}

export interface Refused {
  /** "Observation/mg6", or null for a resource without an id */
  readonly reference: string | null
  readonly resourceType: string
  readonly reason: 'other-patient' | 'modifier-not-understood' | 'broken'
  /** the place and what is wrong there, without values: "Observation.subject is another patient" */
  readonly detail: string
  /** codes of an Observation, so that the not-judged list can name the analyte */
  readonly code: Coded
}

/** One measured quantity: an Observation, one component of it, an OBX segment, a table row. */
export interface RawResult {
  /** "Observation/mg1", "Observation/bmp#component-2"; null where the source gives no id */
  readonly reference: string | null
  /** versionId; orders two versions of one resource together with `revised` */
  readonly version: string
  /** meta.lastUpdated, ms */
  readonly revised: number | null
  /** as sent, lower case: "final", "corrected" … ('' if absent) */
  readonly status: string
  readonly code: Coded
  readonly effective: When | null
  /** where `effective` came from; `issued` is called "time of report" */
  readonly effectiveFrom: 'effective' | 'specimen' | 'issued' | 'none'
  readonly issued: When | null
  readonly value: RawValue
  readonly ranges: readonly RawRange[]
  /** codes (upper case) and texts of Observation.interpretation */
  readonly interpretation: readonly string[]
  readonly notes: readonly string[]
  /** key of the specimen (its reference, normalised), the same for all results of it */
  readonly specimen: string | null
  /** codes of Specimen.condition (HL7 v2-0493, upper case), the same for all results of it: "HEM" */
  readonly specimenCondition: readonly string[]
  /** accession number of the specimen or filler order number */
  readonly accession: string | null
  /** references of the DiagnosticReports that hold this result */
  readonly reports: readonly string[]
  /** derivedFrom was given: the laboratory or the EHR calculated it from other results */
  readonly calculated: boolean
  /** an unknown modifier extension's url, or "implicitRules"; null if there is none */
  readonly unknownModifier: string | null
}

/** A quantity's unit as sent; '' where not given. */
export interface RawUnit {
  readonly text: string
  readonly code: string
  readonly system: string
}

export type RawValue =
  | {
      readonly kind: 'quantity'
      readonly value: number
      readonly comparator: Comparator
      readonly unit: RawUnit
    }
  | {
      readonly kind: 'range'
      readonly low: number | null
      readonly high: number | null
      readonly unit: RawUnit
    }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'coded'; readonly value: Coded }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'time'; readonly value: When }
  /** nothing usable: absent, dataAbsentReason, a value of a wrong type. `because` is shown: "dataAbsentReason unknown" */
  | { readonly kind: 'none'; readonly because: string }
  /** a comparator that is not one of < <= > >= (Quantity.comparator is a modifier element) */
  | { readonly kind: 'not-understood'; readonly because: string }

export interface RawBound {
  readonly value: number
  readonly unit: RawUnit
}

export interface RawRange {
  readonly low: RawBound | null
  readonly high: RawBound | null
  /** as sent; used where there is neither low nor high */
  readonly text: string
  readonly type: Coded | null
  readonly appliesTo: readonly Coded[]
  readonly ageLow: RawBound | null
  readonly ageHigh: RawBound | null
  readonly unknownModifier: string | null
}

export interface RawCondition {
  readonly reference: string | null
  readonly code: Coded
  /** clinicalStatus code, lower case; '' if absent. A plain string (pre-R4 servers) counts like a coding. */
  readonly clinicalStatus: string
  readonly verificationStatus: string
  readonly categories: readonly string[]
  readonly onset: When | null
  readonly recorded: When | null
  /** end of the condition; `abated` is true for abatementBoolean, a text or an age too */
  readonly abatement: When | null
  readonly abated: boolean
}

export interface RawProcedure {
  readonly reference: string | null
  readonly status: string
  readonly code: Coded
  readonly start: When | null
  readonly end: When | null
}

export interface RawMedication {
  readonly reference: string | null
  readonly kind: 'request' | 'statement' | 'administration'
  readonly status: string
  /** MedicationRequest.intent; '' elsewhere */
  readonly intent: string
  readonly doNotPerform: boolean
  /** the drug itself: codes and text of the concept or of the referenced Medication; a bare display where it cannot be read */
  readonly drug: Coded
  readonly ingredients: readonly Coded[]
  readonly form: Coded
  readonly route: Coded
  /** dosage texts, as sent */
  readonly doseText: string
  /** dosage timing bounds, effectivePeriod, or (administration) effectiveDateTime */
  readonly start: When | null
  readonly end: When | null
  readonly authored: When | null
  readonly categories: readonly string[]
}

export interface RawNutrition {
  readonly reference: string | null
  readonly status: string
  readonly intent: string
  readonly start: When | null
  /** has an enteralFormula */
  readonly enteral: boolean
  readonly text: string
}

export interface RawEncounter {
  readonly reference: string | null
  readonly status: string
  /** v3-ActCode, upper case: IMP, AMB … */
  readonly class: string
  readonly start: When | null
  readonly end: When | null
  readonly locations: readonly RawLocation[]
}

export interface RawLocation {
  readonly status: string
  readonly start: When | null
  readonly end: When | null
  /** Location.type codings of a Location that came along, and codings on the reference itself */
  readonly type: Coded
}
