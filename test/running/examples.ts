/** The example bodies of the shared folder, or null (after one line on stderr) where it is absent. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const checkout = fileURLToPath(new URL('../..', import.meta.url))

export interface Example {
  /** "spec-2.0.1/02-request-patient-view.json" */
  readonly name: string
  readonly text: string
  /** null where it is not JSON */
  readonly json: unknown
}

/** The same folder as test/shared-data.ts looks in. */
export function exampleBodies(): readonly Example[] | null {
  const shared = process.env.APATITE_SHARED ?? join(checkout, '..', 'shared')
  const folder = join(shared, 'interop', 'examples')
  if (!existsSync(folder)) {
    process.stderr.write(
      `skipped: no example bodies in ${folder} (set APATITE_SHARED to the shared folder)\n`,
    )
    return null
  }
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:json|txt)$/u.test(name))
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8')
      return { name: name.replace(/^cds-hooks\//u, ''), text, json: parsed(text) }
    })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
