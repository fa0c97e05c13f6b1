/**
 * Resources as EHRs send them: with a laboratory's range and flag, and with members that no rule reads. About 1.2 kB a
 * result, at the low end of what laboratories write (1 to 2.5 kB: shared/interop/fhir-events.md 6.1; Synthea, without
 * ranges, flags and performers: 0.8). The lean ones of patients.ts have half of it and hold little but what is read.
 */

type Json = Readonly<Record<string, unknown>>

const uuid = (kind: number, id: string) => {
  const digits = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 0xffffffff, kind)
  return `3f2c${String(kind).padStart(4, '0')}-8d1e-4b6a-9c55-${digits.toString(16).padStart(12, '0')}`
}

const ENCOUNTER = { reference: `Encounter/${uuid(1, 'encounter')}` }
const PRACTITIONER = { reference: `Practitioner/${uuid(2, 'doctor')}` }

/** the laboratory's own ranges of the tests in patients.ts */
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  '2601-3': [0.7, 1.05],
  '2000-8': [2.2, 2.6],
  '14879-1': [0.8, 1.5],
  '1751-7': [35, 50],
  '14682-9': [45, 90],
  '2823-3': [3.5, 5.1],
  '2951-2': [135, 145],
  '2075-0': [98, 107],
  '6768-6': [30, 120],
  '68438-1': [50, 250],
}

interface Sent {
  readonly code: { readonly coding: readonly { readonly code: string }[] }
  readonly effectiveDateTime: string
  readonly valueQuantity: { readonly value: number; readonly unit: string }
}

function observation(resource: Json): Json {
  const { code, effectiveDateTime, valueQuantity } = resource as unknown as Sent
  const { value, ...unit } = valueQuantity
  const [low, high] = RANGES[code.coding[0]?.code ?? ''] ?? [0, 0]
  const flag =
    value < low
      ? (['L', 'Low'] as const)
      : value > high
        ? (['H', 'High'] as const)
        : (['N', 'Normal'] as const)
  return {
    ...resource,
    encounter: ENCOUNTER,
    performer: [{ reference: `Organization/${uuid(4, 'laboratory')}`, display: 'Central laboratory' }],
    interpretation: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation',
            code: flag[0],
            display: flag[1],
          },
        ],
      },
    ],
    specimen: { reference: `Specimen/${uuid(5, effectiveDateTime)}` },
    referenceRange: [{ low: { value: low, ...unit }, high: { value: high, ...unit } }],
  }
}

function medicine(resource: Json): Json {
  return {
    ...resource,
    encounter: ENCOUNTER,
    requester: PRACTITIONER,
    dosageInstruction: [{ text: '1 tablet once a day', timing: { code: { text: 'once a day' } } }],
  }
}

function condition(resource: Json): Json {
  return {
    ...resource,
    verificationStatus: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status',
          code: 'confirmed',
          display: 'Confirmed',
        },
      ],
      text: 'Confirmed',
    },
    encounter: ENCOUNTER,
    recorder: PRACTITIONER,
  }
}

const BY_TYPE: Readonly<Record<string, (resource: Json) => Json>> = {
  Observation: observation,
  MedicationRequest: medicine,
  Condition: condition,
}

/** A Bundle with its resources as EHRs send them; types that are not in the benches stay as they are. */
export function asSent(bundle: Json): Json {
  const entries = bundle.entry as readonly { readonly resource: Json }[]
  return {
    ...bundle,
    entry: entries.map(({ resource }) => ({
      fullUrl: `https://ehr.example.org/fhir/R4/${resource.resourceType}/${resource.id}`,
      resource: BY_TYPE[String(resource.resourceType)]?.(resource) ?? resource,
    })),
  }
}
