/**
 * Where third-party data lie that are not part of this repository: APATITE_SHARED, or a folder `shared` beside the
 * checkout. Tests that need them skip where they are absent, and say so in one line.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const checkout = fileURLToPath(new URL('..', import.meta.url))

/** The path of the file or folder below shared/data, or null (after one line on stderr) where it is absent. */
export function sharedData(...path: readonly string[]): string | null {
  const root = process.env.APATITE_SHARED ?? join(checkout, '..', 'shared')
  const wanted = join(root, 'data', ...path)
  if (existsSync(wanted)) return wanted
  process.stderr.write(
    `skipped: no ${path.join('/')} in ${join(root, 'data')} (set APATITE_SHARED to the shared folder)\n`,
  )
  return null
}

/** describe, or describe.skip where the data are absent. */
export function describeWith(folder: string | null): jest.Describe {
  return folder === null ? describe.skip : describe
}
