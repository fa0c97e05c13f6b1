/** The limits of a range that is printed as text. */
import type { RawBound, RawUnit } from '../record/record.ts'

const NUMBER = '(\\d+(?:[.,]\\d+)?)'
const TWO_SIDED = new RegExp(`^\\s*${NUMBER}\\s*(?:-|–|to)\\s*${NUMBER}\\s*(\\S.*)?$`, 'u')
const ONE_SIDED = new RegExp(`^\\s*(<=|>=|<|>|≤|≥)\\s*${NUMBER}\\s*(\\S.*)?$`, 'u')

/** "0.70 - 1.00 mmol/L", "<1,05", ">=0.70": the forms that count (rules.md 1.2). */
export function boundsInText(text: string): { low: RawBound | null; high: RawBound | null } | null {
  if (text === '' || text.length > 60) return null
  const number = (digits: string | undefined) => Number((digits ?? '').replace(',', '.'))
  const unit = (rest: string | undefined): RawUnit => ({ text: rest?.trim() ?? '', code: '', system: '' })
  const two = TWO_SIDED.exec(text)
  if (two) {
    if (/^[.,\d]/u.test(two[3] ?? '')) return null
    return {
      low: { value: number(two[1]), unit: unit(two[3]) },
      high: { value: number(two[2]), unit: unit(two[3]) },
    }
  }
  const one = ONE_SIDED.exec(text)
  if (!one || /^[.,\d]/u.test(one[3] ?? '')) return null
  const limit = { value: number(one[2]), unit: unit(one[3]) }
  return /^[<≤]/u.test(one[1] ?? '') ? { low: null, high: limit } : { low: limit, high: null }
}
