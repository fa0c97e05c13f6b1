import type { ConditionHit, ConditionIndex, ConditionSetId } from '../knowledge/types.ts'
import { remembered } from '../quantity/remembered.ts'

type Edition = 'CM' | 'WHO'

interface IcdHits {
  readonly hits: readonly ConditionHit[]
  readonly excluded: readonly ConditionSetId[]
}

type ByCode = (code: string) => IcdHits

/** The same codes come with every patient: what they hit is kept by index and edition. */
const ICD_HITS = new WeakMap<ConditionIndex, Readonly<Record<Edition, ByCode>>>()
const MOST_CODES = 5000

export function icdHits(index: ConditionIndex, edition: Edition, code: string): IcdHits {
  let known = ICD_HITS.get(index)
  if (known === undefined) {
    const of = (which: Edition) => remembered((code) => hitsOfIcd(code, which, index.icd10), MOST_CODES)
    known = { CM: of('CM'), WHO: of('WHO') }
    ICD_HITS.set(index, known)
  }
  return known[edition](code)
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
