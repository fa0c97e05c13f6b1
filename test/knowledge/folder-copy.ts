/** A copy of the published knowledge that a test may break. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KnowledgeError, type KnowledgeProblem, loadKnowledge } from '../../src/knowledge/load.ts'
import type { Knowledge } from '../../src/knowledge/types.ts'
import { LABORATORY_RULES } from '../../src/rules/catalogue.ts'
import { knowledgeFolder } from '../loaded-knowledge.ts'

export interface FolderCopy {
  readonly folder: string
  /** replaces a text that must be there; answers the line it is in */
  readonly change: (file: string, from: string | RegExp, to: string) => number
  readonly write: (file: string, text: string | Uint8Array) => void
  readonly remove: (file: string) => void
  readonly load: () => Knowledge
  readonly problems: () => readonly KnowledgeProblem[]
}

const made: string[] = []

export function folderCopy(): FolderCopy {
  const folder = mkdtempSync(join(tmpdir(), 'apatite-knowledge-'))
  made.push(folder)
  cpSync(knowledgeFolder, folder, { recursive: true })
  const load = () => loadKnowledge({ folder, rules: LABORATORY_RULES })
  return {
    folder,
    change: (file, from, to) => {
      const path = join(folder, file)
      const text = readFileSync(path, 'utf8')
      const at = typeof from === 'string' ? text.indexOf(from) : text.search(from)
      if (at < 0) throw new Error(`${file} does not hold ${from}`)
      writeFileSync(path, text.replace(from, to))
      return text.slice(0, at).split('\n').length
    },
    write: (file, text) => writeFileSync(join(folder, file), text),
    remove: (file) => rmSync(join(folder, file)),
    load,
    problems: () => {
      try {
        load()
        return []
      } catch (error) {
        if (error instanceof KnowledgeError) return error.problems
        throw error
      }
    },
  }
}

export function removeCopies(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
}
