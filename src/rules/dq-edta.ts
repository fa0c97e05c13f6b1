/** EDTA from another tube in the sample: rules.md 4, DQ-EDTA. */
import type { Facts } from '../labs/facts.ts'
import type { SuspectSample } from '../labs/suspect.ts'
import { type Rule, say } from './rule.ts'
import { eachOnce, lastClean, suspectFinding, values } from './suspect-samples.ts'

export const dqEdta: Rule = {
  id: 'DQ-EDTA',
  thresholds: ['potassium', 'creatinineFactor'],
  sentences: ['summary', 'pattern', 'alp', 'repeat', 'treatAsReal', 'clean', 'note'],
  detect: (facts) => {
    const readings = eachOnce(facts.edta.flatMap(({ shownBy }) => shownBy))
    return suspectFinding(facts, 'DQ-EDTA', facts.edta, {
      grade: () => ({ indicator: 'warning', undecided: [] }),
      summary: () => say('because', 'summary', { values: values(readings.slice(0, 3)) }),
      phrases: () => [
        say('because', 'pattern', { values: values(readings) }),
        ...(facts.edta.some(({ notes }) => notes.length > 0) ? [say('because', 'alp')] : []),
        ...(namesWrongTube(facts, facts.edta) ? [say('because', 'note')] : []),
        say('option', 'repeat'),
        say('option', 'treatAsReal'),
        ...lastClean(facts, facts.edta, readings),
      ],
    })
  },
}

function namesWrongTube({ knowledge }: Facts, suspects: readonly SuspectSample[]): boolean {
  return suspects.some(({ sample }) =>
    sample.readings.some(({ raw }) =>
      raw.notes.some((note) =>
        knowledge.concepts.wrongTubeWords.some((word) => note.toLowerCase().includes(word)),
      ),
    ),
  )
}
