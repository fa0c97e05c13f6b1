import { drugsOf } from '../../src/drugs/drugs.ts'
import { magnesiumInfusions } from '../../src/drugs/infusion.ts'
import type { RawMedication } from '../../src/record/record.ts'
import { knowledge } from '../loaded-knowledge.ts'
import { ATC, ago, clockOf, coded, medication, named, recordOf, when } from '../readings/small-record.ts'

const MGSO4 = coded([ATC, 'B05XA05'])
const given = (over: Partial<RawMedication>) =>
  medication(MGSO4, { kind: 'administration', intent: '', status: 'completed', ...over })
const ordered = (over: Partial<RawMedication>) => medication(MGSO4, over)

function infusions(raw: RawMedication, sample: string, obstetric = false) {
  const drugs = drugsOf(recordOf({ medications: [raw] }), knowledge, clockOf())
  return magnesiumInfusions(drugs, when(sample), obstetric)
}

/** "runs", hours since the end or the start, or "none". */
function at(raw: RawMedication, sample: string, obstetric = false): string {
  const [first] = infusions(raw, sample, obstetric)
  if (!first) return 'none'
  if (first.runs) return 'runs'
  return first.hoursSinceEnd !== null
    ? `ended ${Math.round(first.hoursSinceEnd * 100) / 100} h ago`
    : `started ${Math.round((first.hoursSinceStart ?? Number.NaN) * 100) / 100} h ago`
}

describe('an administration', () => {
  test('in progress runs from its start, without limit', () => {
    const raw = given({ status: 'in-progress', start: when(ago(100)) })
    expect(at(raw, ago(100))).toBe('runs')
    expect(at(raw, ago(0))).toBe('runs')
    expect(at(raw, ago(101))).toBe('none')
  })

  test('with a recorded end runs from its start until just before that end', () => {
    const raw = given({ start: when(ago(30)), end: when(ago(6)) })
    expect(at(raw, ago(31))).toBe('none')
    expect(at(raw, ago(30))).toBe('runs')
    expect(at(raw, ago(6.01))).toBe('runs')
    expect(at(raw, ago(6))).toBe('ended 0 h ago')
    expect(at(raw, ago(0))).toBe('ended 6 h ago')
  })

  test('over, without a recorded end, is known by its start', () => {
    const raw = given({ start: when(ago(10)), end: null })
    expect(at(raw, ago(0))).toBe('started 10 h ago')
  })

  test('that is a moment has no recorded end', () => {
    const raw = given({ start: when(ago(10)), end: when(ago(10)) })
    expect(at(raw, ago(0))).toBe('started 10 h ago')
  })
})

describe('an order', () => {
  test('that is active without an end runs 12 hours', () => {
    const raw = ordered({ start: when(ago(20)) })
    expect(at(raw, ago(20))).toBe('runs')
    expect(at(raw, ago(8.01))).toBe('runs')
    expect(at(raw, ago(7.99))).toMatch(/^ended 0.01 h/)
  })

  test('in pregnancy or after delivery 48 hours', () => {
    const raw = ordered({ start: when(ago(60)) })
    expect(at(raw, ago(12.01), true)).toBe('runs')
    expect(at(raw, ago(11.99), true)).toMatch(/^ended 0.01 h/)
  })

  test('with an end runs until it', () => {
    const raw = ordered({ start: when(ago(60)), end: when(ago(10)) })
    expect(at(raw, ago(10.01))).toBe('runs')
    expect(at(raw, ago(9))).toBe('ended 1 h ago')
  })

  test('that is over without an end is known by its start', () => {
    expect(at(ordered({ status: 'completed', start: when(ago(9)) }), ago(1))).toBe('started 8 h ago')
  })

  test.each(['cancelled', 'entered-in-error', 'draft'])('that is %s never ran', (status) => {
    expect(at(ordered({ status, start: when(ago(9)) }), ago(1))).toBe('none')
  })

  test('by authoredOn where no start is given', () => {
    expect(at(ordered({ authored: when(ago(5)) }), ago(1))).toBe('runs')
  })
})

describe('what is an infusion of magnesium', () => {
  test('oral magnesium is none', () => {
    expect(at(medication(coded([ATC, 'A12CC10']), { start: when(ago(5)) }), ago(1))).toBe('none')
    expect(at(medication(named('magnesium sulfate'), { start: when(ago(5)) }), ago(1))).toBe('none')
  })

  test('magnesium sulfate by an intravenous or intramuscular text is one', () => {
    expect(
      at(medication(named('magnesium sulfate'), { start: when(ago(5)), doseText: '2 g IV' }), ago(1)),
    ).toBe('runs')
  })

  test('a running one comes before one that is over', () => {
    const medications = [
      given({ reference: 'a', start: when(ago(30)), end: when(ago(20)) }),
      given({ reference: 'b', status: 'in-progress', start: when(ago(3)) }),
    ]
    const drugs = drugsOf(recordOf({ medications }), knowledge, clockOf())
    expect(magnesiumInfusions(drugs, when(ago(1)), false).map(({ runs }) => runs)).toEqual([true, false])
  })
})
