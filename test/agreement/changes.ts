/**
 * Other ways to send the same facts: the order, the references, copies, where a Medication stands, foreign resources
 * beside them, and how a unit is spelled or scaled. None may change the advice.
 */
import type {
  BackboneElement,
  Medication,
  MedicationAdministration,
  MedicationRequest,
  Observation,
  Quantity,
  Resource,
} from 'fhir/r4'
import type { Sent } from '../cases/as-fhir.ts'

export interface Change {
  readonly name: string
  /** what was sent, sent differently; null if the change finds nothing to change */
  readonly apply: (sent: readonly Sent[], patientId: string) => readonly Sent[] | null
}

const BASE = 'https://ehr.example.org/fhir'

/** A reproducible order: mulberry32. */
function shuffled(seed: number): Change {
  return {
    name: `in another order (seed ${seed})`,
    apply: (sent) => {
      let state = seed
      const random = () => {
        state = (state + 0x6d2b79f5) | 0
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
      }
      const order = sent.map((entry) => ({ entry, at: random() }))
      return order.sort((a, b) => a.at - b.at).map(({ entry }) => entry)
    },
  }
}

const reversed: Change = { name: 'in reverse order', apply: (sent) => [...sent].reverse() }

const absolute: Change = {
  name: 'with absolute references and full URLs',
  apply: (sent) =>
    sent.map(({ resource }) => ({
      resource: withReferences(resource, (reference) =>
        /^[A-Za-z]+\/[^/]+$/.test(reference) ? `${BASE}/${reference}` : reference,
      ),
      fullUrl: `${BASE}/${resource.resourceType}/${resource.id}`,
    })),
}

const uuids: Change = {
  name: 'with urn:uuid full URLs and references',
  apply: (sent) => {
    const urls = new Map(
      sent.map(({ resource }, index) => [`${resource.resourceType}/${resource.id}`, uuid(index)]),
    )
    return sent.map(({ resource }) => ({
      resource: withReferences(resource, (reference) => urls.get(reference) ?? reference),
      fullUrl: urls.get(`${resource.resourceType}/${resource.id}`) ?? null,
    }))
  },
}

function uuid(index: number): string {
  return `urn:uuid:9d6f3c1e-5b7a-4f0e-8c2d-${String(index).padStart(12, '0')}`
}

const twice: Change = {
  name: 'with everything but the Patient twice',
  apply: (sent) => [...sent, ...sent.filter(({ resource }) => resource.resourceType !== 'Patient')],
}

type Prescribed = MedicationRequest | MedicationAdministration

function isPrescribed(resource: Resource): resource is Prescribed {
  return resource.resourceType === 'MedicationRequest' || resource.resourceType === 'MedicationAdministration'
}

const contained: Change = {
  name: 'with contained Medications',
  apply: (sent) =>
    onlyIfChanged(sent, ({ resource, fullUrl }) => {
      if (!isPrescribed(resource) || resource.medicationCodeableConcept === undefined) return null
      const { medicationCodeableConcept: code, ...rest } = resource
      const drug: Medication = { resourceType: 'Medication', id: 'drug', code }
      return {
        resource: { ...rest, contained: [drug], medicationReference: { reference: '#drug' } } as Prescribed,
        fullUrl,
      }
    }),
}

function besides(how: 'relative' | 'uuid'): Change {
  return {
    name: `with Medications beside the orders, ${how} references`,
    apply: (sent) => {
      const beside: Sent[] = []
      const changed = onlyIfChanged(sent, ({ resource, fullUrl }) => {
        if (!isPrescribed(resource) || resource.medicationCodeableConcept === undefined) return null
        const { medicationCodeableConcept: code, ...rest } = resource
        const drug: Medication = { resourceType: 'Medication', id: `drug-${beside.length + 1}`, code }
        const url = how === 'uuid' ? uuid(9000 + beside.length) : null
        const reference = url ?? `Medication/${drug.id}`
        beside.push({ resource: drug, fullUrl: url })
        return { resource: { ...rest, medicationReference: { reference } } as Prescribed, fullUrl }
      })
      return changed === null ? null : [...beside, ...changed]
    },
  }
}

const foreign: Change = {
  name: 'among foreign resources',
  apply: (sent, patientId) => {
    const subject = { reference: `Patient/${patientId}` }
    const time = sent
      .map(({ resource }) => (resource as Observation).effectiveDateTime)
      .find((one) => one !== undefined && one !== '')
    const strangers: unknown[] = [
      {
        resourceType: 'Observation',
        id: 'hb-1',
        status: 'final',
        code: {
          coding: [
            { system: 'http://loinc.org', code: '718-7', display: 'Hemoglobin [Mass/volume] in Blood' },
          ],
        },
        subject,
        effectiveDateTime: time ?? '2026-11-20T07:30:00Z',
        valueQuantity: { value: 13.1, unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' },
      },
      {
        resourceType: 'Observation',
        id: 'bp-1',
        status: 'final',
        code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] },
        subject,
        effectiveDateTime: '2026-11-19T10:00:00Z',
        component: [
          {
            code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] },
            valueQuantity: { value: 128, unit: 'mmHg' },
          },
        ],
      },
      { resourceType: 'AllergyIntolerance', id: 'allergy-1', patient: subject, code: { text: 'Penicillin' } },
      {
        resourceType: 'Immunization',
        id: 'imm-1',
        status: 'completed',
        patient: subject,
        vaccineCode: { text: 'Tdap' },
      },
      { resourceType: 'Practitioner', id: 'doc-1', name: [{ family: 'Rowan' }] },
      { resourceType: 'Organization', id: 'lab-1', name: 'Laboratory North' },
      { resourceType: 'DocumentReference', id: 'doc-ref-1', status: 'current', subject, content: [] },
      { resourceType: 'OperationOutcome', issue: [{ severity: 'warning', code: 'informational' }] },
      { resourceType: 'Condition', id: 'cond-foreign', subject, code: { text: 'Sprained ankle' } },
      { resourceType: 'SomethingNew', id: 'new-1', subject },
    ]
    const added = strangers.map((resource) => ({ resource: resource as Resource, fullUrl: null }))
    return [...added.slice(0, 4), ...sent, ...added.slice(4)]
  },
}

const decorated: Change = {
  name: 'with narrative, profiles and vendor extensions',
  apply: (sent) =>
    sent.map(({ resource, fullUrl }) => ({
      resource: {
        ...resource,
        meta: {
          profile: ['https://vendor.example.org/StructureDefinition/x'],
          tag: [{ system: 'urn:x', code: 'y' }],
        },
        text: {
          status: 'generated',
          div: '<div xmlns="http://www.w3.org/1999/xhtml">Magnesium 9.9 mmol/L</div>',
        },
        extension: [{ url: 'https://vendor.example.org/depth', valueInteger: 3 }],
      } as Resource,
      fullUrl,
    })),
}

const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  'mmol/L': ['mmol/l', 'MMOL/L', 'mM', 'mM/L', ' mmol / L '],
  'mg/dL': ['mg/dl', 'MG/DL', 'mg%', 'mg/100ml', 'mg/100 mL'],
  'mEq/L': ['meq/L', 'MEQ/L', 'mval/L', 'mval/l', 'mEq/l'],
  'umol/L': ['µmol/l', 'μmol/L', 'micromol/L', 'mcmol/L', 'umol/l'],
  'nmol/L': ['nmol/l', 'NMOL/L', 'nmol/l', 'nmol/L', 'nmol/l'],
  'ng/mL': ['ng/ml', 'ug/L', 'mcg/L', 'µg/L', 'μg/L'],
  'mL/min/{1.73_m2}': ['ml/min/1.73m²', 'mL/min/1.73m2', 'mL/min/1,73', 'mL/min/1.73 m2', 'ml/min/1.73m2'],
  'pg/mL': ['pg/ml', 'ng/L', 'PG/ML', 'ng/l', 'pg/ml'],
  'U/L': ['IU/L', 'u/l', 'U/l', 'E/l', 'IU/l'],
}

/** Unit texts spelled as other laboratories do, without a code. */
function spelled(way: number): Change {
  return {
    name: `with other unit spellings (${Object.values(SPELLINGS)
      .map((ways) => `"${ways[way]}"`)
      .slice(0, 3)
      .join(', ')} …)`,
    apply: (sent) =>
      onlyIfChanged(sent, (entry) =>
        withQuantities(
          entry,
          () => true,
          (quantity) => {
            const spelling = SPELLINGS[unitOf(quantity)]?.[way]
            if (spelling === undefined) return null
            const { code: _code, system: _system, ...rest } = quantity
            return { ...rest, unit: spelling }
          },
        ),
      ),
  }
}

const codeOnly: Change = {
  name: 'with the unit only as a UCUM code',
  apply: (sent) =>
    onlyIfChanged(sent, (entry) =>
      withQuantities(
        entry,
        () => true,
        (quantity) => {
          if (quantity.code === undefined || quantity.unit === undefined) return null
          const { unit: _unit, ...rest } = quantity
          return rest
        },
      ),
    ),
}

/** Serum magnesium, calcium and phosphate, by LOINC. */
const MINERALS = new Set([
  '2601-3',
  '19123-9',
  '2000-8',
  '17861-6',
  '29265-6',
  '46099-8',
  '1995-0',
  '14879-1',
  '2777-1',
])
const MULTIPLES: Readonly<Record<string, { unit: string; factor: number }>> = {
  'mmol/L': { unit: 'umol/L', factor: 1000 },
  'mg/dL': { unit: 'mg/L', factor: 10 },
}

/** mmol/L as umol/L and mg/dL as mg/L: the same number with its point moved, ranges included. */
const multiples: Change = {
  name: 'in decimal multiples of the units (umol/L, mg/L)',
  apply: (sent) =>
    onlyIfChanged(sent, (entry) =>
      withQuantities(
        entry,
        (observation) => observation.code.coding?.some(({ code }) => MINERALS.has(code ?? '')) === true,
        (quantity) => {
          const multiple = MULTIPLES[unitOf(quantity)]
          if (multiple === undefined || quantity.value === undefined) return null
          return {
            ...quantity,
            value: Number((quantity.value * multiple.factor).toPrecision(12)),
            unit: multiple.unit,
            ...(quantity.code === undefined ? {} : { code: multiple.unit }),
          }
        },
      ),
    ),
}

export const changes: readonly Change[] = [
  ...[11, 23, 47, 101].map(shuffled),
  reversed,
  absolute,
  uuids,
  twice,
  contained,
  besides('relative'),
  besides('uuid'),
  foreign,
  decorated,
  ...[0, 1, 2, 3, 4].map(spelled),
  codeOnly,
  multiples,
]

function unitOf(quantity: Quantity): string {
  return quantity.unit ?? quantity.code ?? ''
}

/** Each entry changed, or left where the change does not apply; null if it applies to none. */
function onlyIfChanged(sent: readonly Sent[], change: (entry: Sent) => Sent | null): readonly Sent[] | null {
  let any = false
  const result = sent.map((entry) => {
    const changed = change(entry)
    if (changed !== null) any = true
    return changed ?? entry
  })
  return any ? result : null
}

/** The value and the ranges of an Observation, each quantity changed where `change` gives one. */
function withQuantities(
  { resource, fullUrl }: Sent,
  which: (observation: Observation) => boolean,
  change: (quantity: Quantity) => Quantity | null,
): Sent | null {
  if (resource.resourceType !== 'Observation') return null
  const observation = resource as Observation
  if (!which(observation)) return null
  let any = false
  const changed = (quantity: Quantity | undefined): Quantity | undefined => {
    const other = quantity === undefined ? null : change(quantity)
    if (other !== null) any = true
    return other ?? quantity
  }
  const valueQuantity = changed(observation.valueQuantity)
  const referenceRange = observation.referenceRange?.map((range) => {
    const low = changed(range.low)
    const high = changed(range.high)
    return { ...range, ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) }
  })
  if (!any) return null
  return {
    resource: {
      ...observation,
      ...(valueQuantity === undefined ? {} : { valueQuantity }),
      ...(referenceRange === undefined ? {} : { referenceRange: referenceRange as BackboneElement[] }),
    } as Observation,
    fullUrl,
  }
}

function withReferences(resource: Resource, change: (reference: string) => string): Resource {
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk)
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [
        key,
        key === 'reference' && typeof value === 'string' ? change(value) : walk(value),
      ]),
    )
  }
  return walk(resource) as Resource
}
