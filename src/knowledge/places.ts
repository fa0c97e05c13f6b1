import { isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml'

/** A YAML file with the way back to its lines. */
export interface Lined {
  readonly file: string
  readonly contents: Node | null
  readonly lines: LineCounter
}

/** A part of a merged file that one of the two files wrote whole. */
export interface Origin {
  /** in the merged file */
  readonly path: readonly string[]
  /** where the site's file has it (a row of a list stands elsewhere there); null = the published file wrote it */
  readonly inSite: readonly string[] | null
}

export interface Place {
  readonly file: string
  readonly line: number
}

export interface Places {
  readonly placeOf: (path: readonly PropertyKey[]) => Place
  /** the path as the file of that place has it: rows of a list are counted there */
  readonly pathIn: (path: readonly PropertyKey[]) => readonly PropertyKey[]
  readonly isSites: (path: readonly PropertyKey[]) => boolean
}

/** Whose file a place of the merged one came from, and its line there; a missing key is told at its parent. */
export function placesOf(own: Lined, site: Lined | null, origins: readonly Origin[]): Places {
  const pathIn = (path: readonly PropertyKey[]) => {
    const origin = originOf(path, origins)
    return origin?.inSite ? [...origin.inSite, ...path.slice(origin.path.length)] : path
  }
  const siteLine = (path: readonly PropertyKey[]): number | null => {
    if (site === null) return null
    const origin = originOf(path, origins)
    if (origin) return origin.inSite && lineAt(site, pathIn(path)).line
    // a mapping that both wrote in: the site's, if it names the place
    const { line, whole } = lineAt(site, path)
    return whole && path.length > 0 ? line : null
  }
  return {
    placeOf: (path) => {
      const line = siteLine(path)
      if (site !== null && line !== null) return { file: site.file, line }
      return { file: own.file, line: lineAt(own, path).line }
    },
    pathIn,
    isSites: (path) => siteLine(path) !== null,
  }
}

/** The narrowest part that holds the place. */
function originOf(path: readonly PropertyKey[], origins: readonly Origin[]): Origin | null {
  const holding = origins.filter((origin) => origin.path.every((step, at) => step === String(path[at])))
  return holding.sort((a, b) => b.path.length - a.path.length)[0] ?? null
}

/** The line of the deepest node of the path that exists, and whether all of it does. */
export function lineAt(
  { contents, lines }: Lined,
  path: readonly PropertyKey[],
): { line: number; whole: boolean } {
  let line = 1
  let node: unknown = contents
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      if (!pair) return { line, whole: false }
      if (isScalar(pair.key) && pair.key.range) line = lines.linePos(pair.key.range[0]).line
      node = pair.value
    } else if (isSeq(node)) {
      const item = node.items[Number(step)]
      if (!item) return { line, whole: false }
      line = lines.linePos((item as Node).range?.[0] ?? 0).line
      node = item
    } else return { line, whole: false }
  }
  return { line, whole: true }
}
