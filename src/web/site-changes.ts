import { type KnowledgeChange, knowledgeDiff } from '../knowledge/diff.ts'
import type { Knowledge } from '../knowledge/types.ts'
import { type Html, html } from './html.ts'
import type { PagePart } from './page-parts.ts'
import { table } from './table.ts'

/** The chapter of what a site changed; none where the published rule book is not at hand or nothing differs. */
export function siteChanges(published: Knowledge | null, knowledge: Knowledge): PagePart[] {
  if (!published) return []
  const changes = knowledgeDiff(published, knowledge)
  if (changes.length === 0) return []
  return [
    {
      id: 'site',
      title: 'Changed by this site',
      about: `Everything in which this rule book differs from the published one (${published.version}). Thresholds, sentences, kidney caveats, times to measure again, windows and ranges are marked in their place too.`,
      content: changeTable(changes),
      entries: [],
    },
  ]
}

function changeTable(changes: readonly KnowledgeChange[]): Html | null {
  return table(
    'Changed by this site',
    [
      { head: 'Where', kind: 'k' },
      { head: 'What', kind: 'w' },
      { head: 'Published', kind: 'w' },
      { head: 'Here', kind: 'w' },
    ],
    changes.map(({ place, what, before, after }) => ({
      cells: [
        place,
        what,
        before ?? html`<span class="quiet">none</span>`,
        after ?? html`<span class="quiet">taken out</span>`,
      ],
      mark: 'site' as const,
    })),
  )
}
