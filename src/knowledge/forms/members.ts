/** What the members of the files are made of. */
import { z } from 'zod'
import { ANALYTES } from '../types.ts'

export const text = z.string().trim().min(1)
export const unit = text
export const loinc = z.string().regex(/^\d{1,7}-\d$/, 'a LOINC code such as 2601-3')
export const analyte = z.enum(ANALYTES)
export const byUnit = z.record(unit, z.number())
export const edition = z.enum(['CM', 'WHO'])

/** A list without which the program would fall silent: an overlay that empties it is a slip. */
export const someOf = <S extends z.ZodType>(what: string, item: S) =>
  z.array(item).min(1, `at least one ${what} is needed`)
export const codes = z.array(text)
