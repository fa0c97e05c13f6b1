/** Reads the tables of the reference pages, so that tests can hold them against the code. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export function textOf(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

/** The text below one heading, up to the next heading of any level. */
export function section(page: string, heading: string): string {
  const lines = page.split('\n')
  const start = lines.findIndex((line) => /^#+ /u.test(line) && line.replace(/^#+ /u, '') === heading)
  if (start < 0) throw new Error(`no heading "${heading}"`)
  const end = lines.findIndex((line, at) => at > start && /^#+ /u.test(line))
  return lines.slice(start + 1, end < 0 ? undefined : end).join('\n')
}

/** The rows of the one table in a text, without head: cells as written. */
export function rows(text: string): readonly (readonly string[])[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/u)
        .map((cell) => cell.trim()),
    )
}

/** What stands between backticks in one column, in the order of the page. */
export function codes(text: string, column = 0): readonly string[] {
  return rows(text).map((cells) => /`([^`]+)`/u.exec(cells[column] ?? '')?.[1] ?? '')
}

/** The string literals of a union type or a member's type in a source file. */
export function literals(file: string, from: RegExp): readonly string[] {
  const declaration = from.exec(textOf(file))?.[1]
  if (declaration === undefined) throw new Error(`${file}: nothing like ${from.source}`)
  const withoutComments = declaration.replace(/\/\/.*$/gmu, '')
  return [...withoutComments.matchAll(/'([^']+)'/gu)].map(([, literal]) => literal ?? '')
}
