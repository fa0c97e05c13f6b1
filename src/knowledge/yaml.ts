import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { z } from 'zod'

/** One thing that is wrong with the knowledge, where a human can find it. */
export interface KnowledgeProblem {
  readonly file: string
  readonly line: number
  readonly reason: string
}

/** Bad knowledge: the service does not start on it. Holds every problem found, not only the first. */
export class KnowledgeError extends Error {
  override readonly name = 'KnowledgeError'
  readonly code = 'KNOWLEDGE_REFUSED'
  readonly problems: readonly KnowledgeProblem[]
  constructor(problems: readonly KnowledgeProblem[]) {
    super(problems.map(({ file, line, reason }) => `${file}:${line}: ${reason}`).join('\n'))
    this.problems = problems
  }
}

export interface KnowledgeFile<T> {
  readonly file: string
  readonly value: T
  /** the line of a place in the file: lineOf(['units', 'mg/dL', 'factor']) */
  readonly lineOf: (path: readonly PropertyKey[]) => number
}

/**
 * One YAML file read and checked against its form.
 *
 * @returns the file's content with a way back to its lines, or the problems: YAML that does not parse,
 *   duplicate keys, wrong types, unknown or missing keys, each with its line
 */
export function readKnowledgeFile<S extends z.ZodType>(
  file: string,
  source: string,
  schema: S,
): { ok: true; value: KnowledgeFile<z.output<S>> } | { ok: false; problems: KnowledgeProblem[] } {
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines, uniqueKeys: true, version: '1.2' })
  if (document.errors.length > 0) {
    return {
      ok: false,
      problems: document.errors.map((error) => ({
        file,
        line: lines.linePos(error.pos[0]).line,
        reason: error.message.split('\n')[0] ?? 'not YAML',
      })),
    }
  }
  const lineOf = (path: readonly PropertyKey[]) => lineAt(document.contents, path, lines)
  const parsed = schema.safeParse(document.toJS())
  if (parsed.success) return { ok: true, value: { file, value: parsed.data, lineOf } }
  return {
    ok: false,
    problems: parsed.error.issues.map((issue) => ({
      file,
      line: lineOf(issue.path),
      reason: `${issue.path.map(String).join('.') || 'file'}: ${issue.message}`,
    })),
  }
}

/** The line of the deepest node of the path that exists: a missing key is reported at its parent. */
function lineAt(root: Node | null, path: readonly PropertyKey[], lines: LineCounter): number {
  let line = 1
  let node: unknown = root
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      if (!pair) break
      if (isScalar(pair.key) && pair.key.range) line = lines.linePos(pair.key.range[0]).line
      node = pair.value
    } else if (isSeq(node)) {
      const item = node.items[Number(step)]
      if (!item) break
      if ((item as Node).range) line = lines.linePos((item as Node).range?.[0] ?? 0).line
      node = item
    } else break
  }
  return line
}
