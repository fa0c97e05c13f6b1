import type { ConditionHit, ConditionIndex, ConditionSetId } from '../knowledge/types.ts'
import { oncePer } from '../quantity/once.ts'
import { remembered } from '../quantity/remembered.ts'

type Edition = 'CM' | 'WHO'

interface IcdHits {
  readonly hits: readonly ConditionHit[]
  readonly excluded: readonly ConditionSetId[]
}

const MOST_CODES = 5000

/** The same codes come with every patient: what they hit is kept by index and edition. */
const byEdition = oncePer((index: ConditionIndex) => ({
  CM: remembered((code) => hitsOfIcd(code, 'CM', index.icd10), MOST_CODES),
  WHO: remembered((code) => hitsOfIcd(code, 'WHO', index.icd10), MOST_CODES),
}))

export function icdHits(index: ConditionIndex, edition: Edition, code: string): IcdHits {
  return byEdition(index)[edition](code)
}

/** A set holds a code by its longest listed prefix, unless a false friend is at least as long a prefix. */
function hitsOfIcd(code: string, edition: Edition, index: ConditionIndex['icd10']): IcdHits {
  const plain = code.replaceAll('.', '').toUpperCase()
  const hits = new Map<ConditionSetId, ConditionHit>()
  for (let length = plain.length; length >= 2; length -= 1) {
    for (const hit of index.get(plain.slice(0, length)) ?? []) {
      if (hit.code.only !== null && hit.code.only !== edition) continue
      if (!hits.has(hit.set.id)) hits.set(hit.set.id, hit)
    }
  }
  const excluded = [...hits].filter(([, hit]) =>
    hit.set.exceptIcd10.some(
      ({ code: prefix, only }) =>
        (only === null || only === edition) &&
        plain.startsWith(prefix) &&
        prefix.length >= hit.code.code.length,
    ),
  )
  for (const [id] of excluded) hits.delete(id)
  return { hits: [...hits.values()], excluded: excluded.map(([id]) => id) }
}
