import fc from 'fast-check'
import { feedingStart } from '../../src/drugs/feeding.ts'
import { knowledge } from '../loaded-knowledge.ts'
import {
  ATC,
  ago,
  coded,
  medication,
  named,
  nutrition,
  recordOf,
  type Story,
  when,
} from '../readings/small-record.ts'

const RESULT = ago(0)
const HOURS = 120

/** Hours from the restart to the result, or null. */
function restart(story: Story, result = RESULT): number | null {
  const start = feedingStart(recordOf(story), knowledge, when(result), HOURS)
  return start === null ? null : Math.round(((Date.parse(result) - start.from) / 3_600_000) * 100) / 100
}

const tpn = (hours: number, over = {}) =>
  medication(coded([ATC, 'B05BA10']), { start: when(ago(hours)), ...over })
const inWords = (text: string, hours = 24) => medication(named(text), { start: when(ago(hours)) })

describe('what feeding is', () => {
  test.each(['B05BA10', 'B05BA01', 'V06DB'])('ATC %s', (code) => {
    expect(restart({ medications: [medication(coded([ATC, code]), { start: when(ago(24)) })] })).toBe(24)
  })

  test.each(['B05BA03', 'B05BB01', 'B05XA05', 'V06DX01'])('not ATC %s', (code) => {
    expect(restart({ medications: [medication(coded([ATC, code]), { start: when(ago(24)) })] })).toBeNull()
  })

  test.each([
    'Nasogastric feed 40 mL/h',
    'NG feed',
    'PEG feed overnight',
    'Enteral feeding',
    'TPN bag 2',
    'Total parenteral nutrition',
    'Refeeding protocol',
    'nasogastric feed via feeding tube',
  ])('the text "%s"', (text) => {
    expect(restart({ medications: [inWords(text)] })).toBe(24)
  })

  test.each([
    'feeding tube',
    'feeding difficulties',
    'breast feeding',
    'glucose 5 %',
    'pegfilgrastim',
    'at risk of refeeding',
    'TPN line flush',
    'swing feed',
  ])('not the text "%s"', (text) => {
    expect(restart({ medications: [inWords(text)] })).toBeNull()
  })

  test('a nutrition order with an enteral formula, not one without', () => {
    expect(restart({ nutrition: [nutrition({ start: when(ago(30)) })] })).toBe(30)
    expect(
      restart({ nutrition: [nutrition({ start: when(ago(30)), enteral: false, text: 'soft diet' })] }),
    ).toBeNull()
  })

  test.each(['draft', 'cancelled', 'entered-in-error', 'not-done'])('not what was %s', (status) => {
    expect(restart({ medications: [tpn(24, { status })] })).toBeNull()
    expect(restart({ nutrition: [nutrition({ start: when(ago(30)), status })] })).toBeNull()
  })

  test('not a plan or a proposal', () => {
    expect(restart({ medications: [tpn(24, { intent: 'plan' })] })).toBeNull()
    expect(restart({ medications: [tpn(24, { intent: 'proposal' })] })).toBeNull()
  })
})

describe('when feeding was restarted', () => {
  test('at most 120 hours before the result', () => {
    expect(restart({ medications: [tpn(119)] })).toBe(119)
    expect(restart({ medications: [tpn(120)] })).toBe(120)
    expect(restart({ medications: [tpn(121)] })).toBeNull()
  })

  test('not after the result', () => {
    expect(restart({ medications: [tpn(1)] }, ago(2))).toBeNull()
    expect(restart({ medications: [tpn(2)] }, ago(2))).toBe(0)
  })

  test('is the first feed with none in the 5 days before it', () => {
    expect(restart({ medications: [tpn(100), tpn(50), tpn(2)] })).toBe(100)
    // a feed 120 h before the first of them: no pause of more than 5 days, so it began with that one
    expect(restart({ medications: [tpn(220), tpn(100)] })).toBeNull()
    expect(restart({ medications: [tpn(221), tpn(100)] })).toBe(100)
  })

  test('by authoredOn where no start is given', () => {
    expect(restart({ medications: [medication(coded([ATC, 'B05BA10']), { authored: when(ago(24)) })] })).toBe(
      24,
    )
  })

  test('whatever the order of the records', () => {
    const hours = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(hours, (list) => {
        const forwards = restart({ medications: list.map((hour) => tpn(hour)) })
        expect(restart({ medications: list.toReversed().map((hour) => tpn(hour)) })).toBe(forwards)
      }),
    )
  })
})
