/** A sample diluted by an infusion: rules.md 4, DQ-DILUTION. */
import { type Rule, say } from './rule.ts'
import { listed } from './show.ts'
import { eachOnce, lastClean, suspectFinding, values } from './suspect-samples.ts'

export const dqDilution: Rule = {
  id: 'DQ-DILUTION',
  thresholds: ['fall', 'saltShift', 'glucoseRise'],
  sentences: ['summary', 'pattern', 'repeat', 'clean'],
  detect: (facts) => {
    const readings = eachOnce(facts.dilution.flatMap(({ shownBy }) => shownBy))
    return suspectFinding(facts, 'DQ-DILUTION', facts.dilution, {
      // resolve() raises it to warning where it replaces a critical
      grade: () => ({ indicator: 'info', undecided: [] }),
      summary: () =>
        say('because', 'summary', {
          analytes: listed(readings.map(({ analyte }) => analyte.name.toLowerCase())),
        }),
      phrases: () => [
        say('because', 'pattern', { values: values(readings) }),
        say('option', 'repeat'),
        ...lastClean(facts, facts.dilution, readings),
      ],
    })
  },
}
