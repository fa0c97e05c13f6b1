import type { Evidence, Knowledge } from '../knowledge/types.ts'
import { anchor, linkTo, outside, ruleAnchor } from './anchor.ts'
import { type Content, type Html, html, joined } from './html.ts'
import { terms } from './table.ts'
import { capital } from './words.ts'

const READ: Readonly<Record<Evidence['read'], string>> = {
  whole: 'Read whole',
  excerpt: 'Read as an excerpt or in a copy',
  'not reached': 'Not reached',
}

/** One source: what it supports, how strong it is, what is wrong with it, and who leans on it. */
export function evidenceSection(record: Evidence, knowledge: Knowledge): Html {
  const { id, citation, link, kind, supports, grade, problems } = record
  return html`<article class="evidence" id="${anchor('evidence', id)}">
<h3>${id}</h3>
<p>${citation}</p>
${warnings(record)}
${terms([
  ['Kind', capital(kind)],
  ['Read', READ[record.read]],
  ['Link', link === null ? null : outside(link)],
  ['Supports here', supports],
  ['Strength', grade],
  [
    'Known problems',
    problems.length > 0 && html`<ul>${problems.map((problem) => html`<li>${problem}</li>`)}</ul>`,
  ],
  ['Cited by', joined(citing(id, knowledge).map((rule) => linkTo(ruleAnchor(rule), rule)))],
])}
</article>`
}

function warnings({ read, kind, internallyInconsistent }: Evidence): Content {
  return [
    read === 'not reached' &&
      (kind === 'judgement'
        ? html`<p class="alarm"><strong>No published source.</strong> What cites this record rests on judgement alone.</p>`
        : html`<p class="alarm"><strong>Not reached.</strong> Nobody of the makers has read it: what cites it is to be verified.</p>`),
    internallyInconsistent &&
      html`<p class="alarm"><strong>Internally inconsistent.</strong> No effect size of it may be quoted.</p>`,
  ]
}

/** The rules that name it in their list of sources, a threshold or a sentence. */
function citing(id: string, { rules }: Knowledge): string[] {
  return [...rules.values()]
    .filter(
      ({ sources, thresholds, sentences }) =>
        sources.includes(id) ||
        [...Object.values(thresholds), ...Object.values(sentences)].some(({ source }) => source === id),
    )
    .map((rule) => rule.id)
}
