/** A CSV file (gzip or plain) as rows of named fields. Quotes as in RFC 4180, no line breaks inside a field. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

export type Row = Readonly<Record<string, string>>

export function rowsOf(file: string): Row[] {
  const bytes = readFileSync(file)
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const lines = text.split(/\r?\n/).filter((line) => line !== '')
  const names = fieldsOf(lines[0] ?? '')
  return lines.slice(1).map((line) => {
    const fields = fieldsOf(line)
    return Object.fromEntries(names.map((name, index) => [name, fields[index] ?? '']))
  })
}

function fieldsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(',')
  const fields: string[] = []
  for (const [, quoted, plain] of line.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/g)) {
    fields.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'))
  }
  return fields
}

/** Rows by the value of one field, in their order. */
export function grouped(rows: readonly Row[], field: string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = row[field] ?? ''
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return groups
}
