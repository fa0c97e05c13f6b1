import { PATIENT, recordFrom, recordOf, sent, without } from './resources.ts'

const ZOLEDRONIC = {
  coding: [
    { system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '77655', display: 'zoledronic acid' },
  ],
  text: 'Zoledronic acid 5 mg/100 mL solution for infusion',
}
const ORDER = {
  resourceType: 'MedicationRequest',
  id: 'mr1',
  status: 'active',
  intent: 'order',
  subject: { reference: 'Patient/p1' },
  authoredOn: '2026-11-18',
  medicationCodeableConcept: ZOLEDRONIC,
}
const MEDICATION = { resourceType: 'Medication', id: 'med-9', code: ZOLEDRONIC }
const BY_REFERENCE = without(ORDER, 'medicationCodeableConcept')
const one = (...resources: readonly unknown[]) => recordOf(...resources).medications[0]
const ordered = (over: Record<string, unknown>) => one({ ...ORDER, ...over })

describe('which drug it is', () => {
  test('a concept, a contained Medication and one that came along say the same (field case F103)', () => {
    const urn = 'urn:uuid:2f0c2f0e-6d1b-4d51-9c39-0b6a3f6f2f11'
    const expected = one(ORDER)
    expect(expected?.drug).toEqual({ codings: ZOLEDRONIC.coding, text: ZOLEDRONIC.text })
    const contained = [{ ...MEDICATION, id: 'm' }]
    expect(one({ ...BY_REFERENCE, contained, medicationReference: { reference: '#m' } })).toEqual(expected)
    for (const reference of ['Medication/med-9', 'https://ehr.example/fhir/Medication/med-9', urn]) {
      const request = { resource: { ...BY_REFERENCE, medicationReference: { reference } }, fullUrl: null }
      const { medications } = recordFrom([
        ...sent([PATIENT]),
        { resource: MEDICATION, fullUrl: urn },
        request,
      ])
      expect(medications).toEqual([expected])
    }
  })

  test('form and ingredients of the Medication, an ingredient as a Medication of its own', () => {
    const medication = {
      ...MEDICATION,
      form: { text: 'infusion' },
      ingredient: [
        { itemCodeableConcept: { text: 'water' } },
        { itemReference: { reference: 'Medication/acid' } },
        {},
      ],
    }
    const acid = { resourceType: 'Medication', id: 'acid', code: { text: 'acid' } }
    const order = { ...BY_REFERENCE, medicationReference: { reference: 'Medication/med-9' } }
    expect(one(medication, acid, order)).toMatchObject({
      form: { text: 'infusion' },
      ingredients: [{ text: 'water' }, { text: 'acid' }],
    })
  })

  test('of a Medication that is not here, what the reference is shown as', () => {
    expect(
      one({ ...BY_REFERENCE, medicationReference: { reference: 'Medication/x', display: 'Zometa' } })?.drug,
    ).toEqual({
      codings: [],
      text: 'Zometa',
    })
  })

  test('without any name the order is refused', () => {
    for (const medicationReference of [undefined, { reference: 'Medication/x' }, 'Medication/x', []]) {
      const { medications, refused } = recordOf({ ...BY_REFERENCE, medicationReference })
      expect(medications).toEqual([])
      expect(refused).toMatchObject([{ reference: 'MedicationRequest/mr1', reason: 'broken' }])
    }
  })
})

describe('an order', () => {
  test('status, intent, category and date as sent', () => {
    const category = [{ coding: [{ code: 'inpatient' }] }]
    expect(ordered({ category })).toMatchObject({
      kind: 'request',
      status: 'active',
      intent: 'order',
      doNotPerform: false,
      categories: ['inpatient'],
      authored: { text: '2026-11-18', precision: 'day' },
      start: null,
      end: null,
    })
  })

  test('dose texts, instructions and routes of all dosages', () => {
    const iv = { coding: [{ system: 'http://snomed.info/sct', code: '47625008' }] }
    const dosageInstruction = [
      {
        text: '5 mg IV once',
        patientInstruction: 'drink',
        additionalInstruction: [{ text: 'slowly' }],
        route: iv,
      },
      { text: '5 mg IV once', route: { text: 'oral' } },
    ]
    expect(ordered({ dosageInstruction })).toMatchObject({
      doseText: '5 mg IV once; drink; slowly',
      route: { codings: [{ code: '47625008' }], text: 'oral' },
    })
  })

  const bounded = (start?: string, end?: string) => ({ timing: { repeat: { boundsPeriod: { start, end } } } })

  test('runs from the first start to the last end of its dosages', () => {
    const dosageInstruction = [bounded('2026-11-03', '2026-11-09'), bounded('2026-11-01', '2026-11-02')]
    const order = ordered({
      dosageInstruction,
      dispenseRequest: { validityPeriod: { start: '2020-01-01', end: '2020-02-01' } },
    })
    expect([order?.start?.text, order?.end?.text]).toEqual(['2026-11-01', '2026-11-09'])
  })

  test('has no end if one of its dosages has none', () => {
    const order = ordered({ dosageInstruction: [bounded('2026-11-01', '2026-11-02'), bounded('2026-11-03')] })
    expect([order?.start?.text, order?.end]).toEqual(['2026-11-01', null])
  })

  test('that says not to give the drug', () => {
    expect(ordered({ doNotPerform: true })?.doNotPerform).toBe(true)
    expect(ordered({ doNotPerform: 'true' })?.doNotPerform).toBe(true)
    expect(recordOf({ ...ORDER, doNotPerform: 1 }).refused).toMatchObject([
      { reason: 'broken', detail: 'MedicationRequest.doNotPerform is not a boolean' },
    ])
  })

  test('with a modifier that is not understood is refused, on the order or on a dosage', () => {
    const modifierExtension = [{ url: 'urn:not' }]
    for (const over of [
      { modifierExtension },
      { implicitRules: 'urn:r' },
      { dosageInstruction: [{ modifierExtension }] },
    ]) {
      const { medications, refused } = recordOf({ ...ORDER, ...over })
      expect(medications).toEqual([])
      expect(refused).toMatchObject([
        { reference: 'MedicationRequest/mr1', reason: 'modifier-not-understood' },
      ])
    }
  })
})

describe('a statement', () => {
  const statement = {
    ...without(ORDER, 'intent', 'authoredOn'),
    resourceType: 'MedicationStatement',
    dateAsserted: '2026-11-19',
  }

  test('with a period, or a single time at which it was in use', () => {
    const taken = one({ ...statement, effectivePeriod: { start: '2026-01', end: '2026-11-15' } })
    expect(taken).toMatchObject({ kind: 'statement', intent: '', authored: { text: '2026-11-19' } })
    expect([taken?.start?.text, taken?.end?.text]).toEqual(['2026-01', '2026-11-15'])
    const once = one({ ...statement, effectiveDateTime: '2026-01-05' })
    expect([once?.start?.text, once?.end]).toEqual(['2026-01-05', null])
  })

  test('has its texts in dosage, and one category', () => {
    const category = { coding: [{ code: 'community' }] }
    expect(one({ ...statement, category, dosage: [{ text: 'one daily' }] })).toMatchObject({
      doseText: 'one daily',
      categories: ['community'],
    })
  })
})

describe('an administration', () => {
  const given = {
    ...without(ORDER, 'intent', 'authoredOn'),
    resourceType: 'MedicationAdministration',
    status: 'in-progress',
  }

  test('at one time began and ended then; else as its period says', () => {
    const at = '2026-11-20T06:00:00Z'
    expect(one({ ...given, effectiveDateTime: at })).toMatchObject({
      start: { text: at },
      end: { text: at },
      authored: null,
    })
    const running = one({ ...given, effectivePeriod: { start: at } })
    expect([running?.kind, running?.start?.text, running?.end]).toEqual(['administration', at, null])
  })

  test('has one dosage that is no list', () => {
    expect(one({ ...given, dosage: { text: '4 g', route: { text: 'intravenous' } } })).toMatchObject({
      doseText: '4 g',
      route: { text: 'intravenous' },
    })
  })
})
