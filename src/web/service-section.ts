import type { ServiceKnowledge } from '../knowledge/types.ts'
import { anchor } from './anchor.ts'
import { type Html, html } from './html.ts'
import { part, table, terms } from './table.ts'
import { counted } from './words.ts'

/** One published CDS service and what it asks the EHR to send along. */
export function serviceSection({ id, hook, title, description, usage, prefetch }: ServiceKnowledge): Html {
  return html`<article id="${anchor('service', id)}">
<h3>${title}</h3>
${terms([
  ['Service', id],
  ['Hook', hook],
  ['What it does', description],
  ['Use', usage],
])}
${part(
  'Prefetch templates',
  table(
    `${id}: prefetch`,
    [
      { head: 'Key', kind: 'k' },
      { head: 'Needed' },
      { head: 'Must reach back', kind: 'n' },
      { head: 'For', kind: 'w' },
      { head: 'Template', kind: 'w' },
    ],
    prefetch.map(({ key, essential, coversDays, purpose, template }) => ({
      cells: [
        key,
        essential ? 'essential' : 'if there is any',
        coversDays === undefined ? null : counted(coversDays, 'day'),
        purpose,
        html`<code>${template}</code>`,
      ],
    })),
  ),
)}
</article>`
}
