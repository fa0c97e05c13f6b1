/** The page of the published rule book, and how to read an HTML text without a browser. */
import { readCasebook } from '../../src/casebook/read.ts'
import { runCases } from '../../src/casebook/run.ts'
import { knowledgePage } from '../../src/web/knowledge-page.ts'
import { casebookResults } from '../../src/web/worked-cases.ts'
import { knowledge, knowledgeFolder } from '../loaded-knowledge.ts'

const written = readCasebook(knowledgeFolder)
export const casebook = casebookResults(
  written,
  runCases(knowledge, written, new Date('2026-11-20T09:00:00Z')),
)
export const page = knowledgePage(knowledge, casebook)

export const idsIn = (html: string): string[] =>
  [...html.matchAll(/\sid="([^"]*)"/gu)].map(([, id = '']) => id)

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

/** The text that a reader sees, blanks folded. */
export function textOf(html: string): string {
  return html
    .replace(/<style>[\s\S]*?<\/style>/gu, ' ')
    .replace(/<[^>]*>/gu, ' ')
    .replace(/&(?:amp|lt|gt|quot|#39);/gu, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\s+/gu, ' ')
}

/** The article with this anchor; articles are not nested. */
export function articleOf(html: string, id: string): string {
  const from = html.indexOf(`id="${id}"`)
  if (from < 0) throw new Error(`no article ${id}`)
  return html.slice(html.lastIndexOf('<article', from), html.indexOf('</article>', from))
}

/** The chapter with this anchor. */
export function chapterOf(html: string, id: string): string {
  const from = html.indexOf(`<section id="${id}"`)
  if (from < 0) throw new Error(`no chapter ${id}`)
  return html.slice(from, html.indexOf('</section>', from))
}
