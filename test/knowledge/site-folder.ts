/** A site's overlay in a temporary folder. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Knowledge } from '../../src/knowledge/types.ts'
import { loadPublished } from '../../src/published.ts'
import { knowledgeFolder } from '../loaded-knowledge.ts'

export type SiteFiles = Readonly<Record<string, string>>

const made: string[] = []

/** The folder, with a `site.yaml` unless the files bring one. */
export function siteFolder(files: SiteFiles): string {
  const folder = mkdtempSync(join(tmpdir(), 'site-'))
  made.push(folder)
  const all = { 'site.yaml': 'name: north\nabout: a hospital of these tests\n', ...files }
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  return folder
}

export function removeSiteFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
}

/** @throws KnowledgeError as the service would at its start */
export const withSite = (files: SiteFiles): Knowledge =>
  loadPublished({ folder: knowledgeFolder, overlay: siteFolder(files) })
