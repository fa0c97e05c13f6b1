import { MG, observation, recordOf, without } from './resources.ts'

const resultOf = (over: Record<string, unknown>) => recordOf(observation(over)).results[0]
const noValue = (over: Record<string, unknown>) =>
  recordOf({ ...without(observation(), 'valueQuantity'), ...over }).results[0]

describe('the value is what was sent', () => {
  test('a quantity with its unit in every part that was given', () => {
    expect(resultOf({})?.value).toEqual({
      kind: 'quantity',
      value: 0.62,
      comparator: '',
      unit: { text: 'mmol/L', code: 'mmol/L', system: 'http://unitsofmeasure.org' },
    })
  })

  test.each(['<', '<=', '>', '>='])('comparator %s', (comparator) => {
    expect(resultOf({ valueQuantity: { value: 0.3, comparator } })?.value).toMatchObject({
      kind: 'quantity',
      comparator,
    })
  })

  test.each([['ad'], ['~'], [' <'], [7], [{}]])('comparator %p is not understood', (comparator) => {
    expect(resultOf({ valueQuantity: { value: 0.3, comparator } })?.value.kind).toBe('not-understood')
  })

  test.each([['0.62'], [null], [undefined], [Number.POSITIVE_INFINITY], [Number.NaN], [[0.62]]])(
    'a quantity whose value is %p has no number',
    (value) => {
      expect(resultOf({ valueQuantity: { value, unit: 'mmol/L' } })?.value).toEqual({
        kind: 'none',
        because: 'valueQuantity has no number',
      })
    },
  )

  test('text, code, boolean, whole number and time', () => {
    expect(noValue({ valueString: '<10 nmol/L' })?.value).toEqual({ kind: 'text', text: '<10 nmol/L' })
    expect(noValue({ valueCodeableConcept: { text: 'QNS' } })?.value).toEqual({
      kind: 'coded',
      value: { codings: [], text: 'QNS' },
    })
    expect(noValue({ valueBoolean: false })?.value).toEqual({ kind: 'boolean', value: false })
    expect(noValue({ valueInteger: 3 })?.value).toEqual({
      kind: 'quantity',
      value: 3,
      comparator: '',
      unit: { text: '', code: '', system: '' },
    })
    expect(noValue({ valueDateTime: '2027-02-01' })?.value).toMatchObject({
      kind: 'time',
      value: { precision: 'day', text: '2027-02-01' },
    })
  })

  test('a range with one unit, which a limit without one shares', () => {
    const value = { low: { value: 1, unit: 'mg/dL' }, high: { value: 2 } }
    expect(noValue({ valueRange: value })?.value).toEqual({
      kind: 'range',
      low: 1,
      high: 2,
      unit: { text: 'mg/dL', code: '', system: '' },
    })
  })

  test('a range in two units, without numbers, or with a comparator is no range', () => {
    expect(
      noValue({ valueRange: { low: { value: 1, unit: 'mg/dL' }, high: { value: 2, unit: 'g/L' } } })?.value
        .kind,
    ).toBe('none')
    expect(noValue({ valueRange: { low: { unit: 'mg/dL' } } })?.value.kind).toBe('none')
    expect(noValue({ valueRange: { low: { value: 1, comparator: '<' } } })?.value.kind).toBe('not-understood')
  })

  test('a ratio, a sample series and other forms are not read, and say so', () => {
    expect(noValue({ valueRatio: { numerator: { value: 1 } } })?.value).toEqual({
      kind: 'none',
      because: 'valueRatio is not read',
    })
  })

  test('several values at once are none', () => {
    expect(resultOf({ valueString: '0.62' })?.value).toEqual({ kind: 'none', because: 'several values' })
  })

  test('no value, with the reason if one was given, also beside a value', () => {
    const reason = {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown' }],
    }
    expect(noValue({})?.value).toEqual({ kind: 'none', because: 'no value' })
    expect(noValue({ dataAbsentReason: reason })?.value).toEqual({
      kind: 'none',
      because: 'dataAbsentReason unknown',
    })
    expect(resultOf({ dataAbsentReason: reason })?.value).toEqual({
      kind: 'none',
      because: 'dataAbsentReason unknown',
    })
    expect(resultOf({ dataAbsentReason: {} })?.value).toEqual({ kind: 'none', because: 'dataAbsentReason' })
  })

  test('members of older versions of FHIR are not read: no date and no unit (field case F214)', () => {
    const old = { ...without(observation(), 'effectiveDateTime'), appliesDateTime: '2026-11-20T07:30:00Z' }
    const [result] = recordOf({ ...old, valueQuantity: { value: 0.41, units: 'mmol/L' } }).results
    expect([result?.effective, result?.effectiveFrom]).toEqual([null, 'none'])
    expect(result?.value).toMatchObject({ value: 0.41, unit: { text: '', code: '', system: '' } })
  })
})

describe('status and code', () => {
  test('the status is in lower case, and empty where it is absent or no text', () => {
    expect(resultOf({ status: 'Final' })?.status).toBe('final')
    expect(resultOf({ status: null })?.status).toBe('')
    expect(resultOf({ status: ['final'] })?.status).toBe('')
  })

  test('all codings are kept', () => {
    const coding = [...MG.coding, { system: 'urn:oid:1.2', code: 'MAG' }]
    expect(resultOf({ code: { coding, text: 'Mg' } })?.code.codings.map(({ code }) => code)).toEqual([
      '2601-3',
      'MAG',
    ])
  })

  test('a retraction needs no more than id and status', () => {
    const { results, refused } = recordOf({
      resourceType: 'Observation',
      id: 'mg1',
      status: 'entered-in-error',
    })
    expect(results[0]).toMatchObject({
      reference: 'Observation/mg1',
      status: 'entered-in-error',
      value: { kind: 'none' },
    })
    expect(refused).toEqual([])
  })

  test('any other Observation without a code is refused', () => {
    const { results, refused } = recordOf(without(observation(), 'code'))
    expect(results).toEqual([])
    expect(refused).toMatchObject([
      { reference: 'Observation/mg1', reason: 'broken', detail: 'Observation.code is missing' },
    ])
  })
})

describe('when a result was true', () => {
  const untimed = without(observation(), 'effectiveDateTime')
  const timed = (over: Record<string, unknown>, ...more: readonly unknown[]) => {
    const [result] = recordOf({ ...untimed, ...over }, ...more).results
    return [result?.effectiveFrom, result?.effective?.text ?? null]
  }
  const specimen = (collection: unknown) => ({ resourceType: 'Specimen', id: 's1', collection })
  const drawn = { specimen: { reference: 'Specimen/s1' } }
  const issued = '2026-11-20T11:00:00Z'

  test('the effective time, an instant, or the start of the period', () => {
    expect(timed({ effectiveDateTime: '2026-11-20', issued })).toEqual(['effective', '2026-11-20'])
    expect(timed({ effectiveInstant: '2026-11-20T07:30:00Z' })).toEqual(['effective', '2026-11-20T07:30:00Z'])
    expect(timed({ effectivePeriod: { start: '2026-11-19', end: '2026-11-20' } })).toEqual([
      'effective',
      '2026-11-19',
    ])
  })

  test('never the end of a period: without a start the collection counts, then the time of report', () => {
    const effectivePeriod = { end: '2026-11-20' }
    const collection = specimen({ collectedDateTime: '2026-11-20T06:00:00Z' })
    expect(timed({ effectivePeriod, issued, ...drawn }, collection)).toEqual([
      'specimen',
      '2026-11-20T06:00:00Z',
    ])
    expect(timed({ effectivePeriod, issued })).toEqual(['issued', issued])
    expect(timed({ effectivePeriod })).toEqual(['none', null])
  })

  test('collection as a period, and in a contained specimen', () => {
    const collection = { collectedPeriod: { start: '2026-11-20T06:00:00Z' } }
    expect(timed(drawn, specimen(collection))).toEqual(['specimen', '2026-11-20T06:00:00Z'])
    const contained = [{ ...specimen(collection), id: 's' }]
    expect(timed({ contained, specimen: { reference: '#s' } })).toEqual(['specimen', '2026-11-20T06:00:00Z'])
  })

  test('a time that was sent but cannot be is not replaced by another', () => {
    expect(timed({ effectiveDateTime: '2026-02-30', issued })).toEqual(['none', null])
    expect(timed({ effectiveDateTime: '2026-03-29T02:30:00', issued })).toEqual(['none', null])
  })

  test('a time without an offset is in the zone of the source', () => {
    const [result] = recordOf(observation({ effectiveDateTime: '2026-11-20T07:30:00' })).results
    expect(result?.effective?.from).toBe(Date.UTC(2026, 10, 20, 6, 30))
  })
})

describe('components and panels', () => {
  const panel = {
    ...without(observation({ id: 'bmp' }), 'valueQuantity'),
    note: [{ text: 'haemolysed' }],
    component: [
      { code: { text: 'K' }, valueQuantity: { value: 5.9 }, interpretation: [{ coding: [{ code: 'h' }] }] },
      { code: MG, valueQuantity: { value: 0.8 }, referenceRange: [{ low: { value: 0.7 } }] },
    ],
  }

  test('each component is a result with the time, status and notes of the whole', () => {
    const { results } = recordOf(panel)
    expect(results.map(({ reference }) => reference)).toEqual([
      'Observation/bmp#component-1',
      'Observation/bmp#component-2',
    ])
    expect(results[0]).toMatchObject({
      status: 'final',
      notes: ['haemolysed'],
      interpretation: ['H'],
      ranges: [],
    })
    expect(results[1]?.ranges[0]?.low?.value).toBe(0.7)
    expect(results[1]?.effective).toEqual(results[0]?.effective)
  })

  test('the whole is a result too where it has a value or a reason for none', () => {
    expect(recordOf({ ...panel, valueString: 'see below' }).results).toHaveLength(3)
    expect(recordOf({ ...panel, dataAbsentReason: { text: 'partial' } }).results).toHaveLength(3)
  })

  test('a component without a code is refused, and its neighbours keep their numbers', () => {
    const { results, refused } = recordOf({ ...panel, component: [{}, panel.component[1]] })
    expect(results.map(({ reference }) => reference)).toEqual(['Observation/bmp#component-2'])
    expect(refused).toMatchObject([
      {
        reference: 'Observation/bmp#component-1',
        reason: 'broken',
        detail: 'Observation.component[0].code is missing',
      },
    ])
  })

  test('a panel that only names its members is no result; its notes go to them', () => {
    const members = { ...without(panel, 'component'), hasMember: [{ reference: 'Observation/mg1' }] }
    const { results } = recordOf(members, observation())
    expect(results.map(({ reference }) => reference)).toEqual(['Observation/mg1'])
    expect(results[0]?.notes).toEqual(['haemolysed'])
  })

  test('members contained in a panel are read', () => {
    const inside = { ...without(observation(), 'subject'), id: 'x' }
    const { results } = recordOf({
      ...without(panel, 'component'),
      hasMember: [{ reference: '#x' }],
      contained: [inside],
    })
    expect(results.map(({ reference }) => reference)).toEqual(['Observation/bmp#x'])
  })
})

describe('modifiers that are not understood are named on the result', () => {
  const modifierExtension = [{ url: 'http://example.org/opposite', valueBoolean: true }]

  test('on the Observation, on a component, and implicit rules', () => {
    expect(resultOf({})?.unknownModifier).toBeNull()
    expect(resultOf({ modifierExtension })?.unknownModifier).toBe('http://example.org/opposite')
    expect(resultOf({ implicitRules: 'http://example.org/rules' })?.unknownModifier).toBe('implicitRules')
    const component = [
      { code: MG, valueInteger: 1, modifierExtension },
      { code: MG, valueInteger: 1 },
    ]
    const { results } = recordOf({ ...without(observation(), 'valueQuantity'), component })
    expect(results.map((result) => result.unknownModifier)).toEqual(['http://example.org/opposite', null])
  })

  test.each([[[]], [null], ['']])('%p is no modifier', (value) => {
    expect(
      resultOf({ modifierExtension: value === '' ? [] : value, implicitRules: value === '' ? '' : null })
        ?.unknownModifier,
    ).toBeNull()
  })

  test('one of a wrong shape is one all the same', () => {
    expect(resultOf({ modifierExtension: [{}] })?.unknownModifier).toBe('modifierExtension')
    expect(resultOf({ modifierExtension: { url: 'http://example.org/m' } })?.unknownModifier).toBe(
      'http://example.org/m',
    )
  })

  test('on a reference range it stands on the range only (field case F203)', () => {
    const result = resultOf({ referenceRange: [{ modifierExtension, low: { value: 0.8 } }] })
    expect(result?.unknownModifier).toBeNull()
    expect(result?.ranges[0]?.unknownModifier).toBe('http://example.org/opposite')
  })
})

describe('ranges, flags and notes', () => {
  test('a range with everything that may stand on it', () => {
    const range = {
      low: { value: 0.8, unit: 'mmol/L', code: 'mmol/L', system: 'http://unitsofmeasure.org' },
      high: { value: 1.0 },
      text: '0.8 - 1.0',
      type: { coding: [{ code: 'normal' }] },
      appliesTo: [{ text: 'pregnant' }],
      age: { low: { value: 1, code: 'a' }, high: { value: 18, code: 'a' } },
    }
    expect(resultOf({ referenceRange: [range] })?.ranges).toEqual([
      {
        low: { value: 0.8, unit: { text: 'mmol/L', code: 'mmol/L', system: 'http://unitsofmeasure.org' } },
        high: { value: 1, unit: { text: '', code: '', system: '' } },
        text: '0.8 - 1.0',
        type: { codings: [{ system: '', code: 'normal', display: '' }], text: '' },
        appliesTo: [{ codings: [], text: 'pregnant' }],
        ageLow: { value: 1, unit: { text: '', code: 'a', system: '' } },
        ageHigh: { value: 18, unit: { text: '', code: 'a', system: '' } },
        unknownModifier: null,
      },
    ])
  })

  test('a limit with a comparator is not understood', () => {
    expect(
      resultOf({ referenceRange: [{ high: { value: 1, comparator: '<' } }] })?.ranges[0]?.unknownModifier,
    ).toBe('comparator')
  })

  test('flags: codes in upper case and texts, in a list or alone', () => {
    const flag = { coding: [{ code: 'h' }, { code: 'HH' }], text: 'high!' }
    expect(resultOf({ interpretation: [flag] })?.interpretation).toEqual(['H', 'HH', 'high!'])
    expect(resultOf({ interpretation: flag })?.interpretation).toEqual(['H', 'HH', 'high!'])
  })

  test('derivedFrom marks a calculated result', () => {
    expect(resultOf({ derivedFrom: [{ reference: 'Observation/ca' }] })?.calculated).toBe(true)
    expect(resultOf({})?.calculated).toBe(false)
  })

  test('version and time of the last change', () => {
    expect(resultOf({ meta: { versionId: '3', lastUpdated: '2026-11-20T08:00:00Z' } })).toMatchObject({
      version: '3',
      revised: Date.UTC(2026, 10, 20, 8),
    })
    expect(resultOf({ meta: { versionId: 3, lastUpdated: '2026' } })).toMatchObject({
      version: '',
      revised: null,
    })
  })
})

describe('the specimen', () => {
  const specimen = {
    resourceType: 'Specimen',
    id: 's1',
    subject: { reference: 'Patient/p1' },
    accessionIdentifier: { value: 'A-77' },
    condition: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0493', code: 'HEM' }] }],
    note: [{ text: 'tube half full' }],
  }
  const drawn = (reference: string, over = {}) => observation({ specimen: { reference }, ...over })

  test('its accession number, condition and notes stand on the result', () => {
    expect(recordOf(drawn('Specimen/s1', { note: [{ text: 'called' }] }), specimen).results[0]).toMatchObject(
      {
        specimen: 'Specimen/s1',
        specimenCondition: ['HEM'],
        accession: 'A-77',
        notes: ['called', 'tube half full'],
      },
    )
  })

  test('it has one name, however it is referred to, here or not', () => {
    for (const reference of [
      'Specimen/s1',
      'https://ehr.example/fhir/Specimen/s1',
      'Specimen/s1/_history/4',
    ]) {
      expect(recordOf(drawn(reference)).results[0]?.specimen).toBe('Specimen/s1')
      expect(recordOf(drawn(reference), specimen).results[0]?.specimen).toBe('Specimen/s1')
    }
  })

  test('a contained one is a copy without a name, that must not part results of one accession', () => {
    const result = recordOf(drawn('#s', { contained: [{ ...specimen, id: 's' }] })).results[0]
    expect(result).toMatchObject({ specimen: null, specimenCondition: ['HEM'], accession: 'A-77' })
  })

  test('HEM of another system, and a specimen of another patient, say nothing', () => {
    const other = { ...specimen, condition: [{ coding: [{ system: 'urn:local', code: 'HEM' }] }] }
    expect(recordOf(drawn('Specimen/s1'), other).results[0]?.specimenCondition).toEqual([])
    const foreign = recordOf(drawn('Specimen/s1'), { ...specimen, subject: { reference: 'Patient/p2' } })
    expect(foreign.results[0]).toMatchObject({ specimenCondition: [], accession: null })
    expect(foreign.refused).toMatchObject([{ reference: 'Specimen/s1', reason: 'other-patient' }])
  })
})

describe('reports', () => {
  const report = {
    resourceType: 'DiagnosticReport',
    id: 'r1',
    status: 'final',
    subject: { reference: 'Patient/p1' },
    result: [{ reference: 'Observation/mg1' }],
    conclusion: 'Slightly haemolysed.',
    note: [{ text: 'repeat' }],
  }

  test('the report, its conclusion and its notes stand on its results', () => {
    expect(recordOf(report, observation()).results[0]).toMatchObject({
      reports: ['DiagnosticReport/r1'],
      notes: ['Slightly haemolysed.', 'repeat'],
    })
  })

  test('a report of a panel is a report of its members', () => {
    const panel = {
      ...without(observation({ id: 'bmp' }), 'valueQuantity'),
      hasMember: [{ reference: 'Observation/mg1' }],
    }
    const { results } = recordOf(
      { ...report, result: [{ reference: 'Observation/bmp' }] },
      panel,
      observation(),
    )
    expect(results[0]).toMatchObject({ reference: 'Observation/mg1', reports: ['DiagnosticReport/r1'] })
  })

  test.each(['entered-in-error', 'cancelled'])('the notes of a report that is %s do not count', (status) => {
    expect(recordOf({ ...report, status }, observation()).results[0]?.notes).toEqual([])
  })

  test('results contained in a report are read, and withdrawn with it', () => {
    const inside = { ...without(observation(), 'subject'), id: 'mg' }
    const full = { ...report, result: [{ reference: '#mg' }], contained: [inside] }
    expect(recordOf(full).results).toMatchObject([
      { reference: 'DiagnosticReport/r1#mg', status: 'final', reports: ['DiagnosticReport/r1'] },
    ])
    expect(recordOf({ ...full, status: 'entered-in-error' }).results[0]?.status).toBe('entered-in-error')
    const modified = recordOf({ ...full, modifierExtension: [{ url: 'urn:m' }] })
    expect(modified.results[0]).toMatchObject({ unknownModifier: 'urn:m', notes: [] })
    expect(modified.refused).toMatchObject([
      { reference: 'DiagnosticReport/r1', reason: 'modifier-not-understood' },
    ])
  })

  test('a contained result of another patient is refused', () => {
    const inside = { ...observation({ id: 'mg' }), subject: { reference: 'Patient/p2' } }
    const { results, refused } = recordOf({ ...report, contained: [inside] })
    expect(results).toEqual([])
    expect(refused).toMatchObject([{ reference: 'DiagnosticReport/r1#mg', reason: 'other-patient' }])
  })

  test('panels that contain one another do not hang the reader', () => {
    const a = {
      ...without(observation({ id: 'a' }), 'valueQuantity'),
      hasMember: [{ reference: 'Observation/b' }],
    }
    const b = {
      ...observation({ id: 'b' }),
      hasMember: [{ reference: 'Observation/a' }, { reference: 'Observation/b' }],
    }
    expect(recordOf(a, b).results.map(({ reference }) => reference)).toEqual(['Observation/b'])
  })
})
