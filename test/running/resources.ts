/** FHIR resources of the tests, and the fixture patients moved to today under marked ids and names. */
import { readdirSync, readFileSync } from 'node:fs'
import { ID, NAME, RECORD_NUMBER } from './markers.ts'

export type Json = Record<string, unknown>
export type Resource = Json & { readonly resourceType: string; readonly id: string }

export interface Held {
  readonly resource: Resource
  readonly fullUrl?: string
}

export interface Person {
  readonly name: string
  readonly id: string
  readonly held: readonly Held[]
}

const folder = new URL('../../fixtures/patients/', import.meta.url)
const FIXTURE_NOW = Date.parse('2026-11-20T09:00:00Z')
const DAY = 86_400_000

/** The fixtures as if they had happened by now. */
export function fixturePatients(now = Date.now()): readonly Person[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file, index) => {
      const bundle = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { entry: Held[] }
      const entry = marked(moved(bundle.entry, now - FIXTURE_NOW), `${ID}-${index + 1}-`) as Held[]
      const patient = entry.find(({ resource }) => resource.resourceType === 'Patient')
      if (patient === undefined) throw new Error(`${file} has no Patient`)
      return { name: file.replace('.json', ''), id: patient.resource.id, held: entry }
    })
}

const DATE = /^\d{4}-\d\d-\d\d$/u
const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/u

/** Every date and time in a value, moved by so many ms; a date alone by whole days. */
function moved(value: unknown, by: number): unknown {
  return JSON.parse(JSON.stringify(value), (_key, member: unknown) => {
    if (typeof member !== 'string') return member
    if (DATE.test(member)) {
      return new Date(Date.parse(member) + Math.floor(by / DAY) * DAY).toISOString().slice(0, 10)
    }
    const [, local, zone] = TIME.exec(member) ?? []
    if (local === undefined) return member
    // the offset stays, and so does the wall clock in it
    return new Date(Date.parse(`${local}Z`) + by).toISOString().slice(0, 19) + (zone ?? '')
  })
}

/** Ids, names and record numbers replaced by marked ones; references follow. */
function marked(value: unknown, prefix: string, isContained = false): unknown {
  if (Array.isArray(value)) return value.map((item) => marked(item, prefix, isContained))
  if (typeof value !== 'object' || value === null) return value
  const held = value as Json
  return Object.fromEntries(
    Object.entries(held).map(([key, member]) => {
      // what is contained is referred to by "#id"
      if (key === 'id' && typeof held.resourceType === 'string' && !isContained)
        return [key, `${prefix}${String(member)}`]
      if ((key === 'reference' || key === 'fullUrl') && typeof member === 'string')
        return [key, member.replace(/(?<=[A-Za-z]\/)([^/#]+)$/u, `${prefix}$1`)]
      if (held.resourceType === 'Patient' && key === 'name')
        return [key, [{ family: NAME, given: [`${NAME}-2`] }]]
      if (held.resourceType === 'Patient' && key === 'identifier')
        return [key, [{ system: 'urn:x', value: `${RECORD_NUMBER}-1` }]]
      return [key, marked(member, prefix, key === 'contained')]
    }),
  )
}

export const PATIENT_ID = `${ID}-pt`

export const patient: Resource = {
  resourceType: 'Patient',
  id: PATIENT_ID,
  gender: 'male',
  birthDate: '1966-03-14',
  name: [{ family: NAME, given: [NAME] }],
  identifier: [{ system: 'urn:x', value: `${RECORD_NUMBER}-9` }],
}

/** a final laboratory result of the patient, 90 minutes old */
export function result(id: string, loinc: string, value: number, unit: string, more: Json = {}): Resource {
  return {
    resourceType: 'Observation',
    id: `${ID}-${id}`,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: loinc }] },
    subject: { reference: `Patient/${PATIENT_ID}` },
    effectiveDateTime: hoursAgo(1.5),
    valueQuantity: { value, unit },
    ...more,
  }
}

/** the same instant in every call of a test file, so that the same facts stay the same */
const START = Date.now()
export const hoursAgo = (hours: number) => new Date(START - hours * 3_600_000).toISOString()

export const lowMagnesium = (more: Json = {}) =>
  result('mg', '2601-3', 0.61937, 'mmol/L', {
    referenceRange: [{ low: { value: 0.7, unit: 'mmol/L' }, high: { value: 1, unit: 'mmol/L' } }],
    ...more,
  })

export const normalMagnesium = () => result('mg-n', '2601-3', 0.81937, 'mmol/L')

export const person = (
  resources: readonly Resource[] = [patient, lowMagnesium()],
  id = PATIENT_ID,
): Person => ({
  name: id,
  id,
  held: resources.map((resource) => ({ resource })),
})
