import { recordFromResources } from '../../src/record/fhir/bundle.ts'
import { OPTIONS, observation, PATIENT, recordFrom, recordOf, sent } from './resources.ts'

const OTHER = { resourceType: 'Patient', id: 'p2', gender: 'male' }

describe('who the patient is', () => {
  test.each([
    ['male', 'male'],
    ['other', 'other'],
    ['M', 'unknown'],
    [undefined, 'unknown'],
    [['female'], 'unknown'],
  ])('gender %p is %s', (gender, sex) => {
    expect(recordFrom(sent([{ ...PATIENT, gender }])).patient.sex).toBe(sex)
  })

  test.each([
    ['1955', 'year'],
    ['1955-04', 'month'],
    ['1955-04-02', 'day'],
    ['1955-02-30', undefined],
    ['1955-04-02T10:00:00Z', undefined],
    [19550402, undefined],
  ])('birth date %p is a %s', (birthDate, precision) => {
    expect(recordFrom(sent([{ ...PATIENT, birthDate }])).patient.birth?.precision).toBe(precision)
  })

  test('without a Patient there is no record', () => {
    expect(recordFromResources(sent([observation()]), OPTIONS)).toMatchObject({
      ok: false,
      problem: 'no-patient',
    })
    expect(recordFromResources(sent([PATIENT]), { ...OPTIONS, patientId: 'p9' })).toMatchObject({
      problem: 'no-patient',
    })
  })

  test('two different Patients are a problem, the same one twice is not', () => {
    expect(recordFromResources(sent([PATIENT, OTHER]), OPTIONS)).toMatchObject({
      ok: false,
      problem: 'several-patients',
    })
    expect(recordFrom(sent([PATIENT, { ...PATIENT }])).patient.id).toBe('p1')
    const nameless = [
      { resourceType: 'Patient', gender: 'male' },
      { resourceType: 'Patient', gender: 'female' },
    ]
    expect(recordFromResources(sent(nameless), OPTIONS)).toMatchObject({ problem: 'several-patients' })
  })

  test('versions of the Patient that cannot be told apart and contradict each other say nothing', () => {
    const { patient } = recordFrom(sent([PATIENT, { ...PATIENT, birthDate: '1990-01-01' }]))
    expect(patient).toEqual({ id: 'p1', sex: 'female', birth: null })
    const newer = { ...PATIENT, birthDate: '1990-01-01', meta: { versionId: '2' } }
    expect(recordFrom(sent([{ ...PATIENT, meta: { versionId: '1' } }, newer])).patient.birth?.text).toBe(
      '1990-01-01',
    )
  })

  test('the one that was asked for is taken, the others are refused', () => {
    const { patient, refused } = recordFrom(sent([OTHER, PATIENT]), { patientId: 'p1' })
    expect(patient.id).toBe('p1')
    expect(refused).toMatchObject([
      { reference: 'Patient/p2', resourceType: 'Patient', reason: 'other-patient' },
    ])
  })

  test('merged records are one person, and the surviving one is read', () => {
    const old = { ...OTHER, link: [{ type: 'replaced-by', other: { reference: 'Patient/p1' } }] }
    const record = recordFrom(sent([old, PATIENT, observation({ subject: { reference: 'Patient/p2' } })]))
    expect(record.patient).toMatchObject({ id: 'p1', sex: 'female' })
    expect(record.results).toHaveLength(1)
    expect(record.refused).toEqual([])
  })

  test('a link that means no merge joins nobody', () => {
    const seeAlso = { ...PATIENT, link: [{ type: 'seealso', other: { reference: 'Patient/p2' } }] }
    expect(recordFromResources(sent([seeAlso, OTHER]), OPTIONS)).toMatchObject({
      problem: 'several-patients',
    })
  })

  test('a Patient with a modifier that is not understood is nobody in particular', () => {
    const { patient, refused } = recordFrom(
      sent([{ ...PATIENT, modifierExtension: [{ url: 'urn:animal' }] }]),
    )
    expect(patient).toEqual({ id: 'p1', sex: 'unknown', birth: null })
    expect(refused).toMatchObject([{ reference: 'Patient/p1', reason: 'modifier-not-understood' }])
  })
})

describe('what belongs to the patient', () => {
  const uuid = 'urn:uuid:2F0C2F0E-6d1b-4d51-9c39-0b6a3f6f2f11'
  const patient = {
    resource: { ...PATIENT, identifier: [{ system: 'urn:mrn', value: '0042' }] },
    fullUrl: uuid,
  }
  const kept = (over: Record<string, unknown>) =>
    recordFrom([patient, { resource: observation(over), fullUrl: null }]).results.length === 1

  test.each([
    'Patient/p1',
    'Patient/p1/_history/2',
    'https://ehr.example/fhir/Patient/p1',
    'http://ehr.example/r4/Patient/p1/_history/7',
    uuid,
    uuid.toLowerCase(),
  ])('subject %s', (reference) => {
    expect(kept({ subject: { reference } })).toBe(true)
  })

  test('a resource that names nobody', () => {
    expect(kept({ subject: undefined })).toBe(true)
    expect(kept({ subject: null })).toBe(true)
    expect(kept({ subject: { display: 'Ottoline' } })).toBe(true)
    expect(kept({ subject: { identifier: { system: 'urn:mrn', value: '0042' } } })).toBe(true)
  })

  test.each([
    'Patient/p2',
    'Patient/P1',
    'Patient/p11',
    'https://ehr.example/fhir/Patient/p2',
    'Patient?identifier=x/Patient/p1',
    'urn:uuid:00000000-0000-4000-8000-000000000000',
    'Group/p1',
    'p1',
    '#nobody',
    'evil/Patient/p1',
  ])('not subject %s', (reference) => {
    expect(kept({ subject: { reference } })).toBe(false)
  })

  test('not one whose number of the same system is another', () => {
    expect(kept({ subject: { identifier: { system: 'urn:mrn', value: '0043' } } })).toBe(false)
  })

  test('a contained Patient that does not contradict', () => {
    const inside = (over: Record<string, unknown>) =>
      kept({ subject: { reference: '#me' }, contained: [{ resourceType: 'Patient', id: 'me', ...over }] })
    expect(inside({})).toBe(true)
    expect(inside({ birthDate: '1955', gender: 'female' })).toBe(true)
    expect(inside({ birthDate: '1956' })).toBe(false)
    expect(inside({ gender: 'male' })).toBe(false)
    expect(inside({ identifier: [{ system: 'urn:mrn', value: '1' }] })).toBe(false)
    expect(inside({ resourceType: 'Device' })).toBe(false)
  })

  test('a result of another patient is refused with its code, so that it can be listed', () => {
    const { refused } = recordOf(observation({ subject: { reference: 'Patient/p2' } }))
    expect(refused).toMatchObject([
      {
        reference: 'Observation/mg1',
        resourceType: 'Observation',
        reason: 'other-patient',
        detail: 'Observation.subject is not this patient',
        code: { codings: [{ code: '2601-3' }] },
      },
    ])
  })

  test.each([[7], ['Patient/p1'], [[{ reference: 'Patient/p1' }]], [{ reference: 7 }]])(
    'subject %p is broken',
    (subject) => {
      expect(recordOf(observation({ subject })).refused).toMatchObject([
        { reason: 'broken', detail: 'Observation.subject is not a Reference' },
      ])
    },
  )

  test.each([
    'Condition',
    'Procedure',
    'MedicationRequest',
    'Encounter',
    'NutritionOrder',
    'DiagnosticReport',
  ])('a %s of another patient is refused', (resourceType) => {
    const record = recordOf({ resourceType, id: 'x', patient: { reference: 'Patient/p2' } })
    expect(record.refused).toMatchObject([
      { reference: `${resourceType}/x`, resourceType, reason: 'other-patient' },
    ])
  })
})
