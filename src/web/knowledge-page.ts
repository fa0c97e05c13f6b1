import type { Knowledge } from '../knowledge/types.ts'
import { type Html, html } from './html.ts'
import { knowledgeParts, type PagePart } from './page-parts.ts'
import { bookReview, isReviewed } from './review.ts'
import { pageStyle } from './style.ts'
import { terms } from './table.ts'
import { type VersionParts, versionParts } from './version.ts'
import { counted } from './words.ts'
import type { CasebookResults } from './worked-cases.ts'

export type { CasebookResults } from './worked-cases.ts'

/**
 * The rule book as one HTML document for the clinicians who review and sign it: it needs no script, no network and
 * no other file. Made once at start.
 *
 * @param casebook the worked cases with what they gave; null = they were not run
 * @param published the rule book without the site's overlay: what the site changed is then listed
 */
export function knowledgePage(
  knowledge: Knowledge,
  casebook: CasebookResults | null,
  published: Knowledge | null = null,
): string {
  const parts = knowledgeParts(knowledge, casebook, published)
  const version = versionParts(knowledge.version)
  return `<!doctype html>\n${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Apatite rule book ${knowledge.version}</title>
<link rel="icon" href="data:,">
${pageStyle(knowledge.version)}
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<p class="eyebrow">Apatite, clinical decision support for laboratory results</p>
<h1>Rule book</h1>
${bookReview(knowledge)}
${identity(knowledge, version)}
</header>
<div class="page">
${contents(parts, knowledge)}
<main id="content" tabindex="-1">
${parts.map(
  ({ id, title, about, content }) => html`<section id="${id}" class="part">
<h2>${title}</h2>
<p class="about">${about}</p>
${content}
</section>`,
)}
</main>
</div>
<footer><p>Knowledge ${knowledge.version}. ${
    [...knowledge.rules.values()].every(isReviewed) ? null : 'Not reviewed by a licensed clinician.'
  } Generated from the files in cds-hooks/.</p></footer>
</body>
</html>
`}`
}

function identity({ version, rules, evidence, codes }: Knowledge, parts: VersionParts): Html | null {
  return terms([
    ['Version', html`<strong>${parts.release}</strong> <span class="quiet">(${version})</span>`],
    ['Content hash', html`<code>${parts.hash}</code>`],
    [
      "Site's overlay",
      parts.site && html`<strong>${parts.site.name}</strong>, hash <code>${parts.site.hash}</code>`,
    ],
    [
      'Holds',
      `${counted(rules.size, 'rule')}, ${counted(codes.size, 'laboratory code')}, ${counted(evidence.size, 'source')}`,
    ],
  ])
}

function contents(parts: readonly PagePart[], { rules }: Knowledge): Html {
  return html`<nav aria-labelledby="contents">
<h2 id="contents">Contents</h2>
<ul>${parts.map(
    ({ id, title, entries }) =>
      html`<li><a href="#${id}">${title}</a>${
        entries.length > 0 &&
        html`<ul>${entries.map(
          ({ anchor, name }) =>
            html`<li><a href="#${anchor}">${rules.has(name) ? html`<span class="id">${name}</span>` : name}</a></li>`,
        )}</ul>`
      }</li>`,
  )}</ul>
</nav>`
}
