import type { assess } from '../assess.ts'
import type { Knowledge } from '../knowledge/types.ts'
import type { ExpectationForm, Level } from './form.ts'

type Assessment = ReturnType<typeof assess>

const WITH_WORDS = ['says', 'doesNotSay', 'notJudged', 'together'] as const

/**
 * What an assessment says other than a case expects, each in a sentence; empty = the case holds. The words of a
 * card are read only where the case asks for a sentence.
 *
 * @param rule the rule of the file: a bare level and a bare sentence key are its
 */
export function differences(
  rule: string,
  expected: ExpectationForm,
  notJudged: readonly string[],
  assessment: Assessment,
  knowledge: Knowledge,
): readonly string[] {
  const form = typeof expected === 'string' ? { [rule]: expected } : expected
  const { says, doesNotSay, notJudged: also, together, ...levels } = form as Exclude<ExpectationForm, string>
  const problems = Object.entries(levels).flatMap(([of, level]) =>
    levelProblems(of, level as Level, assessment, knowledge),
  )
  for (const reason of [...notJudged, ...listOf(also)]) {
    if (!assessment.notJudged.some((entry) => entry.reason === reason)) {
      const came = assessment.notJudged.map((entry) => entry.reason).join(', ')
      problems.push(`expected not judged: ${reason}, came ${came || 'nothing'}`)
    }
  }
  if (together !== undefined && !shareOneCard(together, assessment)) {
    problems.push(`expected ${together.join(' and ')} on one card, came ${cards(assessment)}`)
  }
  for (const [keys, wanted] of [
    [listOf(says), true],
    [listOf(doesNotSay), false],
  ] as const) {
    for (const key of keys) problems.push(...sentenceProblems(rule, key, wanted, assessment, knowledge))
  }
  return problems
}

function listOf(value: string | string[] | undefined): readonly string[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

/** The level at which a rule's own finding stands, whatever card it is on; not its card's. */
export function levelOf(rule: string, { advisories, verdicts }: Assessment): Level {
  const finding = advisories.flatMap(({ findings }) => findings).find((one) => one.rule === rule)
  if (finding) return finding.indicator
  const verdict = verdicts.find((one) => one.rule === rule)
  if (verdict?.verdict === 'replaced') return `replaced ${verdict.because}` as Level
  return verdict?.verdict === 'not-judged' ? 'not-judged' : 'silent'
}

function levelProblems(
  rule: string,
  expected: Level,
  assessment: Assessment,
  knowledge: Knowledge,
): string[] {
  if (!knowledge.rules.has(rule))
    return [`there is no rule ${rule} (nor is it one of ${WITH_WORDS.join(', ')})`]
  const came = levelOf(rule, assessment)
  if (came === expected || (expected === 'replaced' && came.startsWith('replaced'))) return []
  if (expected === 'fires' && (came === 'info' || came === 'warning' || came === 'critical')) return []
  const because = assessment.verdicts.find((one) => one.rule === rule)?.because ?? ''
  return [`expected ${rule} ${expected}, came ${came} (${because})`]
}

function shareOneCard(rules: readonly string[], { advisories }: Assessment): boolean {
  return advisories.some(({ findings }) => rules.every((rule) => findings.some((one) => one.rule === rule)))
}

function cards({ advisories }: Assessment): string {
  return (
    advisories.map(({ findings }) => findings.map(({ rule }) => rule).join(' + ')).join('; ') ||
    'no card at all'
  )
}

/** A sentence is there if the longest stretch of its text without placeholders is in the card of its rule. */
function sentenceProblems(
  rule: string,
  key: string,
  wanted: boolean,
  { advisories }: Assessment,
  knowledge: Knowledge,
): string[] {
  const [of, sentence] = key.includes('.') ? key.split('.', 2) : [rule, key]
  const text = knowledge.rules.get(of ?? '')?.sentences[sentence ?? '']?.text
  if (text === undefined) return [`there is no sentence ${key}`]
  const stretch = text
    .split(/\{\w+\}/u)
    .map((part) => part.trim())
    .reduce((a, b) => (b.length > a.length ? b : a), '')
  const card = advisories.find(({ findings }) => findings.some((one) => one.rule === of))
  const said = card?.detail.includes(stretch) ?? false
  if (said === wanted) return []
  return [
    wanted ? `expected the sentence ${key}, it is not on the card` : `did not expect the sentence ${key}`,
  ]
}
