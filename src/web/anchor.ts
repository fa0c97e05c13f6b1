import { type Content, type Html, html } from './html.ts'

/** What an anchor may lead to, beside the rules, whose anchors are their ids (cards link to /knowledge#MG-LOW). */
export type Target = 'evidence' | 'analyte' | 'condition' | 'drugs' | 'test' | 'service' | 'caveat'

/** "evidence-sps-104376"; blanks cannot stand in an id. */
export function anchor(target: Target, id: string): string {
  return `${target}-${id}`.replace(/\s+/gu, '-')
}

export function ruleAnchor(id: string): string {
  return id.replace(/\s+/gu, '-')
}

export function linkTo(id: string, text: Content): Html {
  return html`<a href="#${id}">${text}</a>`
}

/** Links that leave the page: only what a browser opens as a page, never a script. */
export function outside(url: string): Html {
  return /^https?:\/\//iu.test(url)
    ? html`<a class="outside" href="${url}" rel="noreferrer">${url}</a>`
    : html`<span class="outside">${url}</span>`
}
