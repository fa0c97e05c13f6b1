/** Patient (http://hl7.org/fhir/R4/patient.html): identity, administrative sex and date of birth. */
import type { RawPatient } from '../record.ts'
import { readWhen } from '../time.ts'
import type { When } from '../when.ts'
import type { Held } from './held.ts'
import { textOf } from './json.ts'
import { modifierOnResource } from './modifier.ts'

/**
 * What all versions of the Patient agree on. Versions that cannot be told apart and contradict each other, or
 * a Patient with a modifier that is not understood, leave sex unknown and the birth date not given.
 */
export function readPatient(versions: readonly Held[], zone: string): RawPatient {
  const understood = versions.every((version) => modifierOnResource(version.body) === null)
  const sexes = new Set(versions.map((version) => sexOf(version.body.gender)))
  const births = new Map(versions.map((version) => [textOf(version.body.birthDate), version.body.birthDate]))
  const [sex = 'unknown'] = sexes
  const [birth] = births.values()
  return {
    id: versions[0]?.id ?? '',
    sex: understood && sexes.size === 1 ? sex : 'unknown',
    birth: understood && births.size === 1 ? birthOf(birth, zone) : null,
  }
}

function sexOf(gender: unknown): RawPatient['sex'] {
  return gender === 'male' || gender === 'female' || gender === 'other' ? gender : 'unknown'
}

/** A date; a time of birth in its place (some servers) is not one of FHIR's forms and is not read. */
function birthOf(sent: unknown, zone: string): When | null {
  const when = readWhen(sent, zone)
  return when === null || when.precision === 'instant' ? null : when
}
