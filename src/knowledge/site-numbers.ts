/** The numbers that a site's overlay speaks of, and where it does. */
import { readKnowledgeFiles } from './files.ts'
import type { Place, Places } from './places.ts'
import type { Knowledge, WindowName } from './types.ts'

export interface SiteNumber extends Place {
  /** null: a window, which is for all rules */
  readonly rule: string | null
  readonly key: string
}

/** The thresholds and windows in an overlay; none where it cannot be read. */
export function siteNumbers(folder: string, overlay: string): readonly SiteNumber[] {
  const read = readKnowledgeFiles(folder, overlay)
  if (!read.ok) return []
  const { rules, windows } = read.files
  const among = (rule: string | null, { isSites, placeOf }: Places, list: string, keys: readonly string[]) =>
    keys
      .filter((key) => isSites([list, key]))
      .map((key): SiteNumber => ({ rule, key, ...placeOf([list, key]) }))
  return [
    ...rules.flatMap((file) => among(file.value.id, file, 'thresholds', Object.keys(file.value.thresholds))),
    ...among(null, windows, 'windows', Object.keys(windows.value.windows)),
  ]
}

/** The rule book of the site with the published number in the place of one of its own. */
export function withPublished(
  { rule, key }: SiteNumber,
  knowledge: Knowledge,
  published: Knowledge,
): Knowledge {
  if (rule === null) {
    const name = key as WindowName
    return { ...knowledge, windows: { ...knowledge.windows, [name]: published.windows[name] } }
  }
  const own = knowledge.rules.get(rule)
  const threshold = published.rules.get(rule)?.thresholds[key]
  if (own === undefined || threshold === undefined) return knowledge
  const restored = { ...own, thresholds: { ...own.thresholds, [key]: threshold } }
  return { ...knowledge, rules: new Map([...knowledge.rules, [rule, restored]]) }
}
