import type { Evidence, Knowledge } from '../knowledge/types.ts'
import { anchor, linkTo } from './anchor.ts'
import { type Content, type Html, html } from './html.ts'

/** The record that says what our own judgement is; thresholds name it "default". */
const JUDGEMENT = 'apatite-judgement'

/** What a reader must know before leaning on a source, shown wherever it is cited. */
export function sourceMarks({ read, internallyInconsistent, kind }: Evidence): Content {
  return [
    kind === 'judgement'
      ? html` <strong class="mark">no published source</strong>`
      : read === 'not reached' && html` <strong class="mark">not reached</strong>`,
    internallyInconsistent && html` <strong class="mark">inconsistent</strong>`,
  ]
}

/** A source as a link to its evidence record; text that is no record's id stays text. */
export function sourceRef(source: string | null, { evidence }: Knowledge): Content {
  if (source === null) return null
  const isDefault = source === 'default'
  const record = evidence.get(isDefault ? JUDGEMENT : source)
  if (!record) return isDefault ? judgement(null) : source
  return isDefault
    ? judgement(record.id)
    : html`${linkTo(anchor('evidence', record.id), record.id)}${sourceMarks(record)}`
}

function judgement(id: string | null): Html {
  const words = 'default: our judgement'
  return html`${id === null ? words : linkTo(anchor('evidence', id), words)} <strong class="mark">no published source</strong>`
}
