import type { KidneyStatus } from '../kidney/status.ts'
import { shownDay, shownValue } from '../kidney/status.ts'
import type { CaveatText, Knowledge } from '../knowledge/types.ts'
import type { Facts } from '../labs/facts.ts'
import type { Finding, RuleId } from '../rules/rule.ts'

export type Topic = 'low-mg' | 'high-mg' | 'obstetric-mg' | 'low-ca' | 'low-p' | 'vitamin-d' | 'refeeding'

const TOPICS: Partial<Record<RuleId, Topic>> = {
  'MG-LOW': 'low-mg',
  'MG-LOW-RENAL-WASTING': 'low-mg',
  'MG-HIGH': 'high-mg',
  'MG-OBSTETRIC': 'obstetric-mg',
  'CA-LOW': 'low-ca',
  'P-LOW': 'low-p',
  'VITD-LOW': 'vitamin-d',
  REFEEDING: 'refeeding',
}

/** The renal topics of a card's findings, each once (rules.md 3.2); none = the card carries no caveat. */
export function topicsOf(findings: readonly Finding[]): readonly Topic[] {
  const topics = new Set<Topic>()
  for (const { rule, magnesiumIsHigh } of findings) {
    const topic = rule === 'MG-RECHECK' ? (magnesiumIsHigh ? 'high-mg' : 'low-mg') : TOPICS[rule]
    if (topic) topics.add(topic)
  }
  // a card with MG-HIGH carries no low-magnesium text
  if (findings.some(({ rule }) => rule === 'MG-HIGH')) topics.delete('low-mg')
  return [...topics]
}

/** The caveat of each topic for the patient's band, put together as renal-caveats.md says. */
export function caveatTexts(topics: readonly Topic[], facts: Facts): readonly CaveatText[] {
  return topics.map((topic) => caveatText(topic, facts)).filter((text) => text !== null)
}

function caveatText(topic: Topic, facts: Facts): CaveatText | null {
  const { kidney, knowledge, patient } = facts
  const { caveats, phrases } = knowledge.kidney
  const texts = caveats.get(topic)
  const isChild = patient.isChild && kidney.notApplicable !== 'pregnancy'
  const own = texts?.get(keyOf(kidney, isChild))
  if (!own) return null
  let text = isChild ? childText(own.text, kidney, knowledge) : own.text
  text = filled(text, kidney)
  const added: string[] = []
  if (kidney.byDiagnosis) added.push(sentence(phrases['by-problem-list']?.text ?? ''))
  if (kidney.flags.includes('transplant')) {
    const line = topic === 'low-mg' || topic === 'refeeding' ? 'transplant:magnesium' : 'transplant:other'
    added.push(phrases[line]?.text ?? '')
  }
  if (kidney.recheckFirst) added.push(sentence(phrases['recheck-before-acting']?.text ?? ''))
  return { text: [text, ...added].filter((part) => part !== '').join(' '), source: own.source }
}

function keyOf({ band, notApplicable }: KidneyStatus, isChild: boolean): string {
  if (isChild) return 'not-applicable:child'
  return band === 'not-applicable' ? `not-applicable:${notApplicable ?? 'child'}` : band
}

/** A child never gets an adult band text: what is known, then the child text without its first sentence. */
function childText(text: string, { band, estimate }: KidneyStatus, { kidney }: Knowledge): string {
  const rest = text.replace(/^[^.]*\.\s*/u, '')
  const first =
    band === 'dialysis'
      ? kidney.phrases['child:dialysis']
      : band === 'unstable'
        ? kidney.phrases['child:unstable']
        : estimate
          ? kidney.phrases['child:schwartz']
          : null
  return first ? `${first.text} ${rest}`.trim() : text
}

/** A clause whose placeholder has no data is left out. */
function filled(text: string, { estimate, newestCreatinine }: KidneyStatus): string {
  let result = text
  if (estimate)
    result = result.replace('{value}', `${shownValue(estimate)} (${shownDay(estimate.reading.at.day)})`)
  else
    result = result.replace(/\beGFR \{value\}(?:: |, )/u, '').replace(/[^.;:]*\{value\}[^.;:]*[.;:]?\s*/u, '')
  if (newestCreatinine) {
    const { reported, at } = newestCreatinine
    result = result.replace('{creatinine}', `${reported.text} on ${shownDay(at.day)}`)
  } else {
    result = result
      .replace(/\s*\(creatinine \{creatinine\}\)/u, '')
      .replace(/[;,]?\s*creatinine \{creatinine\}/u, '')
  }
  return sentence(result)
}

function sentence(text: string): string {
  if (text === '') return text
  const capital = text.charAt(0).toUpperCase() + text.slice(1)
  // "eGFR" begins with a small letter on purpose
  const start = text.startsWith('eGFR') ? text : capital
  return /[.!?]$/u.test(start) ? start : `${start}.`
}
