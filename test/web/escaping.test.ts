import type { Knowledge } from '../../src/knowledge/types.ts'
import { escapeHtml, html } from '../../src/web/html.ts'
import { knowledgePage } from '../../src/web/knowledge-page.ts'
import { knowledgeLeaves } from '../knowledge-diff/knowledge-leaves.ts'
import { withChange } from '../knowledge-diff/leaves.ts'
import { knowledge } from '../loaded-knowledge.ts'

const HOSTILE = `"'><script>alert(1)</script><img src=x onerror=alert(1)>&lt;</style></title>`

const tagsOf = (page: string) => new Set([...page.matchAll(/<\/?([a-z!][\w-]*)/giu)].map(([, tag]) => tag))

describe('text from the knowledge files', () => {
  test('is escaped by one function, in content and in attributes', () => {
    expect(escapeHtml(`<a href="x" title='y'>&`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;')
    expect(html`<b title="${'"'}">${['<', html`<i>${'&'}</i>`, null, false, 3]}</b>`.toString()).toBe(
      '<b title="&quot;">&lt;<i>&amp;</i>3</b>',
    )
  })

  test('cannot add an element to the page, wherever it stands', () => {
    const tags = tagsOf(knowledgePage(knowledge, null))
    const texts = knowledgeLeaves.filter(
      ({ kind, value }) => typeof value === 'string' && !CHOICES.test(kind),
    )
    expect(texts.length).toBeGreaterThan(60)
    const hostile = texts.reduce<Knowledge>((book, { path }) => withChange(book, path, HOSTILE), knowledge)
    const page = knowledgePage({ ...hostile, version: `0.1.0+${HOSTILE}` }, null)
    expect(page).not.toMatch(/<script|<img/iu)
    expect(tagsOf(page)).toEqual(tags)
    expect(page.match(/<\/style>/gu)).toHaveLength(1)
    expect(page.match(/<\/title>/gu)).toHaveLength(1)
  })

  test('a link that is no web address is shown and cannot be followed', () => {
    const page = knowledgePage(
      withChange(knowledge, ['evidence', 'sacn-2016', 'link'], 'javascript:alert(1)'),
      null,
    )
    expect(page).not.toMatch(/href="javascript/iu)
    expect(page).toContain('javascript:alert(1)')
  })
})

/** Values of a fixed list, which the schema holds to it. */
const CHOICES =
  /direction$|applies$|\.part$|\.list$|dialysis$|\.only$|\.system$|\.kind$|\.read$|ranges\.\*\.analyte|\.sex$/u
