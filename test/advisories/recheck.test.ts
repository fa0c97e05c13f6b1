/** When a draft is wanted, as FHIR says it (http://hl7.org/fhir/R4/datatypes.html#Timing). */
import { timingOf } from '../../src/advisories/recheck.ts'

const NOW = Date.parse('2026-11-20T09:00:00.250Z')

test('one moment is an event, a span has bounds; both to the second', () => {
  expect(timingOf({ text: '24 hours', from: 24, to: 24, unit: 'h' }, NOW)).toEqual({
    event: ['2026-11-21T09:00:00Z'],
  })
  expect(timingOf({ text: '1-2 weeks', from: 1, to: 2, unit: 'wk' }, NOW)).toEqual({
    repeat: { boundsPeriod: { start: '2026-11-27T09:00:00Z', end: '2026-12-04T09:00:00Z' } },
  })
})

test('"within 3 days" begins now', () => {
  expect(timingOf({ text: 'within 3 days', to: 3, unit: 'd' }, NOW)).toEqual({
    repeat: { boundsPeriod: { start: '2026-11-20T09:00:00Z', end: '2026-11-23T09:00:00Z' } },
  })
})

test('what only words can say has no timing', () => {
  expect(timingOf({ text: 'at the next session' }, NOW)).toBeNull()
})
