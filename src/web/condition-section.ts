import type { ConditionCode, ConditionSet, Knowledge } from '../knowledge/types.ts'
import { anchor, linkTo } from './anchor.ts'
import { type Content, type Html, html, joined } from './html.ts'
import { sourceRef } from './source.ts'
import { part, type Row, table, terms } from './table.ts'
import { counted } from './words.ts'

/** One set of problems or procedures: what belongs to it, what does not although it looks like it, and for how long. */
export function conditionSection(set: ConditionSet, knowledge: Knowledge): Html {
  const { conditions } = knowledge
  return html`<article class="condition" id="${anchor('condition', set.id)}">
<h3>${set.title}</h3>
${terms([
  ['Key', set.id],
  [
    'Counts',
    set.days === null
      ? 'without a limit of time'
      : `for ${counted(set.days, 'day')} after onset or recording`,
  ],
  [
    'Holds also',
    joined(set.includes.map((id) => linkTo(anchor('condition', id), conditions.get(id)?.title ?? id))),
  ],
  ['Uncoded problems named by', set.words.join(', ')],
  ['Used by', set.usedBy],
  ['Source', sourceRef(set.source, knowledge)],
  ['Review', set.review],
])}
${codeTable(set)}
${part('False friends, never members', friends(set))}
</article>`
}

function codeTable(set: ConditionSet): Content {
  const rows = (system: string, codes: readonly ConditionCode[], shown = (code: string) => code): Row[] =>
    codes.map((code) => ({
      cells: [shown(code.code), system, code.display, counts(code)],
      mark: code.enabled ? undefined : ('off' as const),
    }))
  return table(
    `${set.title}: codes`,
    [
      { head: 'Code', kind: 'c' },
      { head: 'System' },
      { head: 'Meaning', kind: 'w' },
      { head: 'Counts', kind: 'w' },
    ],
    [
      ...rows('SNOMED CT', set.snomed),
      ...rows('ICD-10', set.icd10, dotted),
      ...rows('procedure', set.procedures),
    ],
  )
}

function counts(code: ConditionCode): Content {
  const limits = [
    code.only === null ? null : code.only === 'CM' ? 'ICD-10-CM only' : 'ICD-10 (WHO) only',
    code.onlyWithText === null ? null : `only with "${code.onlyWithText}" in the text`,
    code.notWithText === null ? null : `not with "${code.notWithText}" in the text`,
    code.days === null ? null : `for ${counted(code.days, 'day')}`,
    code.fromAge === null ? null : `from age ${code.fromAge}`,
    code.historyCounts ? 'whatever its clinical status' : null,
  ]
    .filter((text) => text !== null)
    .join('; ')
  if (code.enabled) return limits
  return html`<strong class="mark">never matched: from memory, to be verified</strong>${limits === '' ? null : ` ${limits}`}`
}

/** ICD-10 is kept without its dot. */
function dotted(code: string): string {
  return code.length > 3 ? `${code.slice(0, 3)}.${code.slice(3)}` : code
}

/** What looks like a member and is none, with the reason: whoever signs must be able to object. */
function friends({ title, exceptSnomed, exceptIcd10, exceptWhy }: ConditionSet): Content {
  const systems = { CM: 'ICD-10-CM only', WHO: 'ICD-10 (WHO) only' } as const
  return [
    exceptWhy !== null && html`<p>${exceptWhy}</p>`,
    table(
      `${title}: false friends`,
      [{ head: 'Code', kind: 'c' }, { head: 'System' }, { head: 'Meaning', kind: 'w' }],
      [
        ...[...exceptSnomed].map(([code, display]) => ({ cells: [code, 'SNOMED CT', display] })),
        ...exceptIcd10.map(({ code, display, only }) => ({
          cells: [dotted(code), only === null ? 'ICD-10' : systems[only], display],
        })),
      ],
    ),
  ]
}
