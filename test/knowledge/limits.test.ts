import { adultRangeOf } from '../../src/knowledge/limits.ts'
import { knowledge } from '../loaded-knowledge.ts'

test('of several adult ranges of an analyte the first tells whether a number looks like its unit', () => {
  const published = adultRangeOf(knowledge, 'magnesium')
  if (!published) throw new Error('magnesium has no adult range')
  const ofMen = { ...published, sex: 'male' as const, low: { 'mmol/L': 0.75 } }
  expect(adultRangeOf({ ...knowledge, ranges: [published, ofMen] }, 'magnesium')).toBe(published)
  expect(adultRangeOf({ ...knowledge, ranges: [ofMen, published] }, 'magnesium')).toBe(ofMen)
})

test('an analyte without an adult range, or with one for others only, has none', () => {
  const children = knowledge.ranges.filter(({ applies }) => applies !== 'adult')
  expect(adultRangeOf({ ...knowledge, ranges: children }, 'magnesium')).toBeUndefined()
})
