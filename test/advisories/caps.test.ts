import type { RawResult } from '../../src/record/record.ts'
import { ago, dayAgo, daysAgo, result, type Said, type Story } from '../readings/small-record.ts'
import { cards, finding, reasons } from './told.ts'

const KIDNEYS = result('eGFR', 90, { at: daysAgo(1) })
const story = (results: readonly RawResult[], over: Story = {}): Story => ({
  results: [KIDNEYS, ...results],
  ...over,
})
const mg = (value: number, over: Said = {}) => result('Mg', value, { id: `mg-${value}`, ...over })
const low = (over: Said = {}, more: Story = {}) => finding(story([mg(0.45, over)], more), 'MG-LOW')
const CRITICAL = { indicator: 'critical', cappedFrom: null, cappedBecause: null }
const capped = (because: string) => ({ indicator: 'warning', cappedFrom: 'critical', cappedBecause: because })

describe('a critical becomes a warning', () => {
  test('if its result is older than 14 days', () => {
    expect(low({ at: daysAgo(14) })).toMatchObject(CRITICAL)
    expect(low({ at: ago(14 * 24 + 0.1) })).toMatchObject(capped('old'))
    expect(low({ at: dayAgo(14) })).toMatchObject(CRITICAL)
    expect(low({ at: dayAgo(15) })).toMatchObject(capped('old'))
    expect(low({ at: dayAgo(90) })).toMatchObject(capped('old'))
  })

  test('if it is provisional', () => {
    expect(low({ status: 'preliminary' })).toMatchObject(capped('provisional'))
    expect(low({ status: 'corrected' })).toMatchObject(CRITICAL)
  })

  test('if it is tied with a different value', () => {
    const at = ago(5)
    expect(finding(story([mg(0.45, { at }), mg(0.6, { at })]), 'MG-LOW')).toMatchObject(capped('tied'))
    expect(
      finding(story([mg(0.45, { at }), { ...mg(0.45, { at }), reference: 'Observation/x' }]), 'MG-LOW'),
    ).toMatchObject(CRITICAL)
  })

  test('if no range fits the patient, and the reason is listed too', () => {
    expect(low({}, { birth: null })).toMatchObject(capped('noRange'))
    expect(reasons(story([mg(0.45)], { birth: null }))).toContain('no-age')
    expect(low({ at: '2026-11-19' }, { birth: '2026-11-01' })).toMatchObject(capped('noRange'))
  })

  test('for all of these reasons together', () => {
    expect(
      low({ at: dayAgo(20), status: 'preliminary' }, { birth: null })
        ?.cappedBecause?.split(', ')
        .sort(),
    ).toEqual(['noRange', 'old', 'provisional'])
  })
})

describe('what is not critical is not capped', () => {
  test('a warning stays a warning, an info an info', () => {
    const warned = story([mg(0.6, { at: dayAgo(20) }), result('K', 3.2, { at: dayAgo(20) })])
    expect(finding(warned, 'MG-LOW')).toMatchObject({ indicator: 'warning', cappedFrom: null })
    expect(finding(story([mg(0.6, { status: 'preliminary' })]), 'MG-LOW')).toMatchObject({
      indicator: 'info',
      cappedFrom: null,
    })
  })
})

describe('25(OH)D is critical beside a high calcium', () => {
  const toxic = (d: string, ca: string) =>
    finding(story([result('D', 376, { at: d }), result('iCa', 1.4, { at: ca })]), 'VITD-HIGH')

  test('above 375 nmol/L, at any distance', () => {
    expect(toxic(daysAgo(1), daysAgo(1))).toMatchObject(CRITICAL)
    expect(toxic(daysAgo(80), daysAgo(1))).toMatchObject(CRITICAL)
    expect(
      finding(
        story([result('D', 375, { at: daysAgo(1) }), result('iCa', 1.4, { at: daysAgo(1) })]),
        'VITD-HIGH',
      ),
    ).toMatchObject({ indicator: 'warning', cappedFrom: null })
  })

  test('not without a high calcium', () => {
    expect(finding(story([result('D', 400)]), 'VITD-HIGH')).toMatchObject({
      indicator: 'warning',
      cappedFrom: null,
    })
  })

  test('its own age may be 90 days, that of the calcium 14', () => {
    expect(toxic(dayAgo(90), daysAgo(1))).toMatchObject(CRITICAL)
    expect(toxic(dayAgo(91), daysAgo(1))).toMatchObject({ indicator: 'warning', cappedFrom: 'critical' })
    expect(toxic(daysAgo(1), dayAgo(14))).toMatchObject(CRITICAL)
    expect(toxic(daysAgo(1), dayAgo(15))).toMatchObject({ indicator: 'warning', cappedFrom: 'critical' })
  })
})

test('each finding is capped by itself', () => {
  const two = story([
    mg(0.45, { at: daysAgo(2) }),
    result('P', 0.3, { at: daysAgo(3), status: 'preliminary' }),
  ])
  expect(cards(two)).toEqual(['MG-LOW critical + P-LOW'])
  expect(finding(two, 'P-LOW')).toMatchObject(capped('provisional'))
})
