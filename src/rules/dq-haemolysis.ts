/** A haemolysed sample: rules.md 4, DQ-HAEMOLYSIS. */
import { isHigh } from '../labs/range.ts'
import { type Rule, say } from './rule.ts'
import { eachOnce, lastClean, suspectFinding, values } from './suspect-samples.ts'

export const dqHaemolysis: Rule = {
  id: 'DQ-HAEMOLYSIS',
  thresholds: ['nearLow', 'allowanceMagnesium', 'allowancePhosphate'],
  sentences: ['summary', 'high', 'low', 'repeat', 'clean'],
  detect: (facts) => {
    const readings = eachOnce(facts.haemolysis.flatMap(({ shownBy }) => shownBy))
    const high = readings.filter(
      (reading) => isHigh(reading, facts.rangeOf(reading), reading.analyte) === 'yes',
    )
    const low = readings.filter((reading) => !high.includes(reading))
    return suspectFinding(facts, 'DQ-HAEMOLYSIS', facts.haemolysis, {
      grade: () => ({ indicator: 'info', undecided: [] }),
      summary: () => say('because', 'summary', { values: values(readings) }),
      phrases: () => [
        ...(high.length > 0 ? [say('because', 'high', { values: values(high) })] : []),
        ...(low.length > 0 ? [say('because', 'low', { values: values(low) })] : []),
        say('option', 'repeat'),
        ...lastClean(facts, facts.haemolysis, readings),
      ],
    })
  },
}
