/** What is kept for who reviews and signs the files. */
import type { Unit } from '../../quantity/limit.ts'
import type { WindowName } from './windows.ts'

/** What a file says of itself as a whole. */
export interface FileHead {
  readonly about: string
  readonly source: string | null
  readonly review: string | null
}

/**
 * What the files say for who reviews and signs them and no rule decides with. It stands apart where the thing that it
 * is about is a bare number or code to the program.
 */
export interface ReviewNotes {
  /** by file: "windows.yaml" */
  readonly files: ReadonlyMap<string, FileHead>
  readonly units: ReadonlyMap<Unit, { readonly ucum: string | null; readonly note: string | null }>
  readonly windows: Readonly<Record<WindowName, { readonly for: string; readonly source: string }>>
  /** RxNorm number -> the public files in which it was found */
  readonly rxnorm: ReadonlyMap<string, string>
}
