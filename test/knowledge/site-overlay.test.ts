/** Patients made for one number each: what a card says before and after a site changed it. */
import { assess } from '../../src/assess.ts'
import type { Knowledge } from '../../src/knowledge/types.ts'
import { knowledge as published } from '../loaded-knowledge.ts'
import {
  daysAgo,
  NOW,
  nutrition,
  range,
  recordOf,
  result,
  type Story,
  when,
} from '../readings/small-record.ts'
import { removeSiteFolders, withSite } from './site-folder.ts'

afterAll(removeSiteFolders)

/** The level of the first card, and the sentence on it that fits. */
function says(story: Story, knowledge: Knowledge, about: RegExp): (string | undefined)[] {
  const [card] = assess(recordOf(story), knowledge, NOW).advisories
  return [card?.indicator, card?.detail.match(about)?.[0] ?? 'nothing of it']
}

const magnesium = (value: number, at = daysAgo(0.1)): Story => ({
  results: [result('Mg', value, { at, ranges: [range(0.7, 1.1, 'mmol/L')] })],
})

describe('a site draws the line for a severe low magnesium at 0.40 mmol/L', () => {
  const site = withSite({
    'rules/MG-LOW.yaml': 'thresholds:\n  critical: { below: { mmol/L: 0.40, mg/dL: 1.0, mEq/L: 0.8 } }\n',
  })

  test.each([
    [0.49, 'critical', 'below 0.50 mmol/L, the line for severe', 'info', 'severe only below 0.40 mmol/L'],
    [0.4, 'critical', 'below 0.50 mmol/L, the line for severe', 'info', 'severe only below 0.40 mmol/L'],
    [
      0.39,
      'critical',
      'below 0.50 mmol/L, the line for severe',
      'critical',
      'below 0.40 mmol/L, the line for severe',
    ],
    [0.5, 'info', 'severe only below 0.50 mmol/L', 'info', 'severe only below 0.40 mmol/L'],
  ])('magnesium %d mmol/L was %s (%s) and is %s (%s)', (value, was, wasSaid, is, isSaid) => {
    const sentence = /(?:severe only )?below \d\.\d+ mmol\/L(?:, the line for severe)?/u
    expect(says(magnesium(value), published, sentence)).toEqual([was, wasSaid])
    expect(says(magnesium(value), site, sentence)).toEqual([is, isSaid])
  })

  test('the other units follow: 1.1 mg/dL is no longer critical, 0.9 mg/dL is', () => {
    const inMg = (value: number): Story => ({
      results: [result('Mg', value, { unit: 'mg/dL', ranges: [range(1.7, 2.7, 'mg/dL')] })],
    })
    const level = (value: number, by: Knowledge) => says(inMg(value), by, /below \d\.\d+ \S+/u)
    expect(level(1.1, published)).toEqual(['critical', 'below 1.2 mg/dL,'])
    expect(level(1.1, site)).toEqual(['info', 'below 1.0 mg/dL.'])
    expect(level(0.9, site)).toEqual(['critical', 'below 1.0 mg/dL,'])
  })
})

describe('a site calls an adjusted calcium critical from 2.80 mmol/L', () => {
  const site = withSite({
    'rules/CA-HIGH.yaml':
      'thresholds:\n  criticalAdjusted: { atLeast: { mmol/L: 2.80, mg/dL: 11.2, mEq/L: 5.6 } }\n',
  })
  const calcium = (value: number): Story => ({
    results: [result('Ca', value, { specimen: 's' }), result('albumin', 40, { specimen: 's' })],
  })

  test.each([
    [2.79, 'warning', 'nothing of it', 'warning', 'nothing of it'],
    [2.8, 'warning', 'nothing of it', 'critical', 'At or above 2.80 mmol/L'],
    [2.99, 'warning', 'nothing of it', 'critical', 'At or above 2.80 mmol/L'],
    [3.0, 'critical', 'At or above 3.00 mmol/L', 'critical', 'At or above 2.80 mmol/L'],
  ])('calcium %d mmol/L was %s (%s) and is %s (%s)', (value, was, wasSaid, is, isSaid) => {
    const sentence = /At or above \d\.\d+ mmol\/L/u
    expect(says(calcium(value), published, sentence)).toEqual([was, wasSaid])
    expect(says(calcium(value), site, sentence)).toEqual([is, isSaid])
  })

  test('a low magnesium is told as before', () => {
    const [was, is] = [published, site].map((by) => says(magnesium(0.49), by, /.*/su))
    expect(is?.map((text) => text?.replaceAll(site.version, published.version))).toEqual(was)
  })
})

describe('a site lets a critical card rest on results of 7 days only', () => {
  const site = withSite({ 'windows.yaml': 'windows:\n  critical: { days: 7 }\n' })

  test.each([
    [6.9, 'critical', 'nothing of it', 'critical', 'nothing of it'],
    [7.5, 'critical', 'nothing of it', 'warning', 'past a critical limit, but 7 days old'],
    [13.9, 'critical', 'nothing of it', 'warning', 'past a critical limit, but 13 days old'],
    [
      14.5,
      'warning',
      'past a critical limit, but 14 days old',
      'warning',
      'past a critical limit, but 14 days old',
    ],
  ])('magnesium 0.40 mmol/L of %d days ago was %s (%s) and is %s (%s)', (days, was, wasSaid, is, isSaid) => {
    const sentence = /past a critical limit, but \d+ days old/u
    expect(says(magnesium(0.4, daysAgo(days)), published, sentence)).toEqual([was, wasSaid])
    expect(says(magnesium(0.4, daysAgo(days)), site, sentence)).toEqual([is, isSaid])
  })
})

describe('a site judges minerals of the last 30 days only', () => {
  const site = withSite({ 'windows.yaml': 'windows:\n  minerals: { days: 30 }\n' })

  test('an older one gives no card any more, and is listed as too old', () => {
    const story = magnesium(0.61, daysAgo(31))
    expect(assess(recordOf(story), published, NOW).advisories.map(({ rule }) => rule)).toEqual(['MG-LOW'])
    const { advisories, notJudged } = assess(recordOf(story), site, NOW)
    expect(advisories).toEqual([])
    expect(notJudged.map(({ reason }) => reason)).toContain('too-old')
  })
})

describe("a site's own range", () => {
  const site = withSite({
    'reference-ranges/adult.yaml': [
      'ranges:',
      '  - analyte: magnesium',
      '    low: { mmol/L: 0.75, mg/dL: 1.8, mEq/L: 1.5 }',
      '    high: { mmol/L: 1.00, mg/dL: 2.4, mEq/L: 2.0 }',
      '    source: North Hospital laboratory, 2026',
      '',
    ].join('\n'),
  })
  const withoutRange = (value: number): Story => ({ results: [result('Mg', value)] })

  test.each([
    [0.74, [], ['MG-LOW']],
    [0.75, [], []],
    [1.0, [], []],
    [1.01, [], ['MG-HIGH']],
  ])('judges magnesium %d mmol/L: %j before, %j now', (value, was, is) => {
    const rules = (by: Knowledge) =>
      assess(recordOf(withoutRange(value)), by, NOW).advisories.map(({ rule }) => rule)
    expect(rules(published)).toEqual(was)
    expect(rules(site)).toEqual(is)
  })

  test("is shown as the site's, and the laboratory's own still goes first", () => {
    const [of] = assess(recordOf(withoutRange(0.74)), site, NOW).results
    expect(of?.range).toMatchObject({ low: 0.75, lowSource: 'site' })
    expect(assess(recordOf(magnesium(0.74)), site, NOW).advisories).toEqual([])
  })
})

describe('a rule that is defined by numbers of another one follows them', () => {
  test('REFEEDING is critical by the phosphate limit of P-LOW', () => {
    const site = withSite({
      'rules/P-LOW.yaml': 'thresholds:\n  critical: { below: { mmol/L: 0.50, mg/dL: 1.5 } }\n',
    })
    const story: Story = {
      results: [result('P', 0.5, { at: daysAgo(1) }), result('P', 0.45, { at: daysAgo(0.1) })],
      nutrition: [nutrition({ start: when(daysAgo(2)) })],
    }
    expect(says(story, published, /^/u)[0]).toBe('warning')
    expect(says(story, site, /^/u)[0]).toBe('critical')
  })
})
