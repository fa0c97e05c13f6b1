import { shownValue } from '../kidney/status.ts'
import type { Facts } from '../labs/facts.ts'
import { CALCIUM, restsOn } from './ca-low.ts'
import { calciumText } from './calcium-words.ts'
import { absent, capsOf, magnesiumBeside, shown } from './judge.ts'
import { type Detection, found, type Rule, say, silent } from './rule.ts'
import { listed, shownReading, shownValueOf } from './show.ts'

/** Total and adjusted calcium disagree, and the adjustment cannot be relied on: rules.md 1.4. */
export const caUncertain: Rule = {
  id: 'CA-UNCERTAIN',
  thresholds: ['albuminVeryLow', 'albuminLow', 'albuminHigh'],
  sentences: [
    'summary',
    'disagree',
    'reasons',
    'measureIonised',
    'measureMagnesium',
    'magnesium',
    'noTreatment',
  ],
  detect,
}

function detect(facts: Facts): Detection {
  const { calcium } = facts
  if (!calcium) return absent(facts, CALCIUM)
  if (!calcium.uncertain || calcium.total === null)
    return silent('the calcium figures agree, or one of them decides')
  const { total } = calcium
  const adjusted =
    calcium.kind === 'computed' ? shownValueOf(calcium.value, calcium.analyte) : shownReading(calcium.reading)
  const side = (standing: string) => (standing === 'in-range' ? 'in range' : standing)
  const magnesium = magnesiumBeside(facts, calcium.reading.at)
  return found({
    rule: 'CA-UNCERTAIN',
    restsOn: restsOn(calcium),
    at: calcium.reading.at,
    critical: 'no',
    caps: capsOf(facts, calcium),
    shows: [shown(calcium, calciumText(calcium))],
    grade: () => ({ indicator: 'info', undecided: [] }),
    summary: () => say('because', 'summary', { total: shownReading(total.reading), adjusted }),
    phrases: () => [
      say('because', 'disagree', {
        total: shownReading(total.reading),
        totalSide: side(total.standing),
        adjusted,
        adjustedSide: side(calcium.standing),
      }),
      say('because', 'reasons', { reasons: listed(reasonsOf(facts, calcium.uncertainBecause)) }),
      magnesium
        ? say('link', 'magnesium', {
            magnesium: shownReading(magnesium.reading),
            side: magnesium.low === 'yes' ? 'low' : 'not low',
          })
        : say('option', 'measureMagnesium'),
      say('option', 'measureIonised'),
      say('limits', 'noTreatment'),
    ],
    roles: () => ['calcium-uncertain'],
  })
}

/** "reduced kidney function (eGFR 36)": this rule has no renal caveat that would say it. */
function reasonsOf({ kidney }: Facts, because: readonly string[]): string[] {
  const named = because.filter((reason) => reason !== 'reduced kidney function')
  if (named.length === because.length) return named
  const how = kidney.estimate ? `eGFR ${shownValue(kidney.estimate)}` : kidney.band
  return [
    ...named.map((reason) => reason.replace(' with reduced kidney function', '')),
    `reduced kidney function (${how})`,
  ]
}
