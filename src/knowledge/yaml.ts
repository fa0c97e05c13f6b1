import { isScalar, LineCounter, parseDocument, visit } from 'yaml'
import type { z } from 'zod'
import { merged } from './overlay.ts'
import { type Lined, lineAt, type Places, placesOf } from './places.ts'

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

/** Its places are asked by path, placeOf(['units', 'mg/dL', 'factor']), and stand in the site's file where that says it. */
export interface KnowledgeFile<T> extends Places {
  readonly file: string
  readonly value: T
}

export interface KnowledgeSource {
  /** as it is shown: "rules/MG-LOW.yaml", "site/rules/MG-LOW.yaml" */
  readonly file: string
  readonly text: string
}

interface Parsed extends KnowledgeSource, Lined {
  readonly value: unknown
}

/**
 * One YAML file, with what a site's file of the same name changes in it, checked against its form.
 *
 * @returns the content with a way back to its lines, or the problems: YAML that does not parse, duplicate keys,
 *   wrong types, unknown or missing keys, each with file and line
 */
export function readKnowledgeFile<S extends z.ZodType>(
  base: KnowledgeSource,
  schema: S,
  site: KnowledgeSource | null = null,
): { ok: true; value: KnowledgeFile<z.output<S>> } | { ok: false; problems: KnowledgeProblem[] } {
  const problems: KnowledgeProblem[] = []
  const own = parse(base, problems)
  const changes = site === null ? null : parse(site, problems)
  if (problems.length > 0) return { ok: false, problems }
  const merging = merged(own.value, changes?.value ?? null)
  const places = placesOf(own, changes, merging.origins)
  if (changes) {
    for (const { path, reason } of merging.problems) {
      problems.push({
        file: changes.file,
        line: lineAt(changes, path).line,
        reason: `${path.join('.')}: ${reason}`,
      })
    }
  }
  const parsed = schema.safeParse(merging.value)
  if (!parsed.success) {
    problems.push(
      ...parsed.error.issues.map((issue) => ({
        ...places.placeOf(
          issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path,
        ),
        reason: `${places.pathIn(issue.path).map(String).join('.') || 'file'}: ${issue.message}`,
      })),
    )
  }
  if (!parsed.success || problems.length > 0) return { ok: false, problems }
  return { ok: true, value: { file: base.file, value: parsed.data, ...places } }
}

function parse(source: KnowledgeSource, problems: KnowledgeProblem[]): Parsed {
  const lines = new LineCounter()
  const document = parseDocument(source.text, { lineCounter: lines, uniqueKeys: true, version: '1.2' })
  for (const error of document.errors) {
    problems.push({
      file: source.file,
      line: lines.linePos(error.pos[0]).line,
      reason: error.message.split('\n')[0] ?? 'not YAML',
    })
  }
  visit(document, {
    Pair: (_, { key }) => {
      // JavaScript takes it for no key of the object: it would pass every check unseen
      if (!isScalar(key) || key.value !== '__proto__') return
      const { line } = lines.linePos(key.range?.[0] ?? 0)
      problems.push({ file: source.file, line, reason: 'Unrecognized key: "__proto__"' })
    },
  })
  const value = document.errors.length > 0 ? null : madeValue(document, source, problems)
  return { ...source, value, contents: document.contents, lines }
}

/** An alias without its anchor, or one that grows without end, is found only when the values are made. */
function madeValue(
  document: ReturnType<typeof parseDocument>,
  { file }: KnowledgeSource,
  problems: KnowledgeProblem[],
): unknown {
  try {
    return document.toJS()
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''
    problems.push({ file, line: 1, reason: reason || 'not YAML' })
    return null
  }
}
