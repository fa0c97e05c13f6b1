import type { Knowledge } from '../knowledge/types.ts'
import { type Content, html } from './html.ts'
import { sourceRef } from './source.ts'

/** What a file of the rule book says of itself, above what stands in it: it is signed with the rest. */
export function fileHead(file: string, knowledge: Knowledge): Content {
  const head = knowledge.notes.files.get(file)
  if (!head) return null
  const { about, source, review } = head
  return html`<p class="head">${about} <span class="quiet">${
    source !== null && html`Source: ${sourceRef(source, knowledge)}. `
  }${review !== null && `Review: ${review}. `}File: ${file}</span></p>`
}
