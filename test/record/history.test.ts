import { recordOf } from './resources.ts'

const subject = { reference: 'Patient/p1' }
const HYPOMAGNESAEMIA = { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'E83.42' }] }

describe('conditions', () => {
  const conditionOf = (over: Record<string, unknown>) =>
    recordOf({ resourceType: 'Condition', id: 'c1', subject, code: HYPOMAGNESAEMIA, ...over }).conditions[0]

  test('statuses as concepts, the standard coding before a local one', () => {
    const clinicalStatus = {
      coding: [
        { system: 'urn:local', code: 'A' },
        { system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'Resolved' },
      ],
    }
    const verificationStatus = { coding: [{ code: 'confirmed' }] }
    expect(conditionOf({ clinicalStatus, verificationStatus })).toMatchObject({
      clinicalStatus: 'resolved',
      verificationStatus: 'confirmed',
    })
  })

  test('statuses as plain strings of older servers (field case F106), or absent', () => {
    expect(conditionOf({ clinicalStatus: 'Active', verificationStatus: 'refuted' })).toMatchObject({
      clinicalStatus: 'active',
      verificationStatus: 'refuted',
    })
    expect(conditionOf({ clinicalStatus: 7 })).toMatchObject({ clinicalStatus: '', verificationStatus: '' })
    expect(conditionOf({ clinicalStatus: { text: 'Inactive' } })?.clinicalStatus).toBe('inactive')
  })

  test('categories, onset and recording', () => {
    const category = [
      { coding: [{ code: 'problem-list-item' }] },
      { coding: [{ code: 'encounter-diagnosis' }] },
    ]
    expect(
      conditionOf({ category, onsetPeriod: { start: '2019' }, recordedDate: '2020-01-02' }),
    ).toMatchObject({
      categories: ['problem-list-item', 'encounter-diagnosis'],
      onset: { text: '2019' },
      recorded: { text: '2020-01-02' },
      abatement: null,
      abated: false,
    })
    expect(conditionOf({ onsetDateTime: '2018-05' })?.onset?.text).toBe('2018-05')
  })

  test('the end, with a date or without', () => {
    expect(conditionOf({ abatementDateTime: '2025' })).toMatchObject({
      abatement: { text: '2025' },
      abated: true,
    })
    expect(conditionOf({ abatementPeriod: { end: '2025' } })).toMatchObject({
      abatement: { text: '2025' },
      abated: true,
    })
    for (const over of [
      { abatementBoolean: true },
      { abatementString: 'long ago' },
      { abatementAge: { value: 60 } },
    ]) {
      expect(conditionOf(over)).toMatchObject({ abatement: null, abated: true })
    }
    expect(conditionOf({ abatementBoolean: false })?.abated).toBe(false)
    expect(conditionOf({ abatementPeriod: { start: '2025' } })?.abated).toBe(false)
    expect(conditionOf({ abatementDateTime: 'last spring' })).toMatchObject({ abatement: null, abated: true })
  })

  test('one without a code, or with a modifier that is not understood, is refused', () => {
    expect(recordOf({ resourceType: 'Condition', id: 'c1', subject }).refused).toMatchObject([
      { reason: 'broken' },
    ])
    const modified = recordOf({
      resourceType: 'Condition',
      id: 'c1',
      code: HYPOMAGNESAEMIA,
      modifierExtension: [{ url: 'urn:no' }],
    })
    expect(modified.conditions).toEqual([])
    expect(modified.refused).toMatchObject([
      {
        reference: 'Condition/c1',
        reason: 'modifier-not-understood',
        detail: 'Condition has a modifier extension that is not understood',
      },
    ])
  })
})

test('procedures have one time or a period', () => {
  const procedure = {
    resourceType: 'Procedure',
    id: 'x',
    status: 'completed',
    subject,
    code: { text: 'dialysis' },
  }
  const [once] = recordOf({ ...procedure, performedDateTime: '2026-11-19' }).procedures
  expect(once).toMatchObject({
    status: 'completed',
    start: { text: '2026-11-19' },
    end: { text: '2026-11-19' },
  })
  const [period] = recordOf({ ...procedure, performedPeriod: { start: '2026-11-19' } }).procedures
  expect([period?.start?.text, period?.end]).toEqual(['2026-11-19', null])
})

describe('encounters', () => {
  const encounterOf = (over: Record<string, unknown>, ...more: readonly unknown[]) =>
    recordOf({ resourceType: 'Encounter', id: 'e1', status: 'in-progress', subject, ...over }, ...more)
      .encounters[0]

  test.each([
    ['a Coding', { code: 'imp' }],
    ['a string', 'imp'],
    ['a list of concepts', [{ text: 'inpatient' }, { coding: [{ code: 'IMP' }] }]],
    ['a list of Codings', [{ code: 'IMP' }]],
  ])('the class as %s', (_, value) => {
    expect(encounterOf({ class: value })?.class).toBe('IMP')
  })

  test('a class that is none of these is empty', () => {
    expect(encounterOf({ class: 7 })?.class).toBe('')
  })

  test('the wards with their type, status and period; never their name', () => {
    const icu = {
      coding: [
        { system: 'https://www.cdc.gov/nhsn/cdaportal/terminology/codesystem/hsloc.html', code: '1027-2' },
      ],
    }
    const ward = { resourceType: 'Location', id: 'w', name: 'ICU follow-up clinic', type: [icu] }
    const location = [
      {
        location: { reference: 'Location/w', display: 'ICU' },
        status: 'active',
        period: { start: '2026-11-19' },
      },
      { location: { reference: 'Location/elsewhere', display: 'ICU' } },
      { location: { reference: 'Location/w' }, modifierExtension: [{ url: 'urn:not-here' }] },
    ]
    expect(encounterOf({ location, period: { start: '2026-11-18' } }, ward)).toMatchObject({
      status: 'in-progress',
      start: { text: '2026-11-18' },
      end: null,
      locations: [
        {
          status: 'active',
          start: { text: '2026-11-19' },
          type: { codings: [{ code: '1027-2' }], text: '' },
        },
        { status: '', start: null, type: { codings: [], text: '' } },
      ],
    })
  })
})

test('nutrition orders say whether a tube feed was ordered, and with which words', () => {
  const order = {
    resourceType: 'NutritionOrder',
    id: 'n1',
    status: 'active',
    intent: 'order',
    patient: subject,
    dateTime: '2026-11-19T08:00:00Z',
  }
  const enteralFormula = { baseFormulaProductName: 'Osmolite', administrationInstruction: 'NG, 20 mL/h' }
  expect(recordOf({ ...order, enteralFormula }).nutrition).toMatchObject([
    {
      status: 'active',
      intent: 'order',
      enteral: true,
      text: 'Osmolite; NG, 20 mL/h',
      start: { text: order.dateTime },
    },
  ])
  const diet = { type: [{ text: 'refeeding diet' }], instruction: 'small meals' }
  expect(recordOf({ ...order, oralDiet: diet, enteralFormula: {} }).nutrition).toMatchObject([
    { enteral: false, text: 'refeeding diet; small meals' },
  ])
})

test('types that are not read are ignored, resources that are none are refused', () => {
  const record = recordOf({ resourceType: 'Claim', id: 'x' }, 'html', null, [], 7, {}, { resourceType: 7 })
  expect(record.refused.map(({ reason, detail }) => `${reason}: ${detail}`)).toEqual([
    ...Array(4).fill('broken: the resource is not an object'),
    ...Array(2).fill('broken: resourceType is missing'),
  ])
})
