import type { KnowledgeFiles } from './files.ts'
import type { ConditionCode, ConditionHit, ConditionIndex, ConditionSet } from './types.ts'

/** A file of conditions/ as the core reads it. */
export function conditionSetOf(file: KnowledgeFiles['conditions'][number]['value']): ConditionSet {
  const codeOf = (code: (typeof file.snomed)[number]): ConditionCode => ({
    code: code.code,
    display: code.display,
    enabled: code.enabled,
    onlyWithText: code.onlyWithText ?? null,
    notWithText: code.notWithText ?? null,
    days: code.days ?? null,
    historyCounts: code.historyCounts,
    only: code.only ?? null,
    fromAge: code.fromAge ?? null,
  })
  return {
    id: file.id,
    title: file.title,
    usedBy: file.usedBy,
    source: file.source,
    review: file.review,
    snomed: file.snomed.map(codeOf),
    icd10: file.icd10.map((code) => ({ ...codeOf(code), code: withoutDots(code.code) })),
    procedures: file.procedures.map(codeOf),
    exceptSnomed: new Map(file.not?.snomed.map(({ code, display }) => [code, display])),
    exceptIcd10: (file.not?.icd10 ?? []).map(({ code, display, only }) => ({
      code: withoutDots(code),
      display,
      only: only ?? null,
    })),
    exceptWhy: file.not?.why ?? null,
    includes: file.includes,
    days: file.days ?? null,
    words: file.words,
  }
}

/** From each enabled code to the sets that hold it, by themselves or by another set that they include. */
export function conditionIndexOf(sets: ReadonlyMap<string, ConditionSet>): ConditionIndex {
  const index = { snomed: new Map(), icd10: new Map(), procedures: new Map() } satisfies Record<
    string,
    Map<string, ConditionHit[]>
  >
  const add = (map: Map<string, ConditionHit[]>, set: ConditionSet, codes: readonly ConditionCode[]) => {
    for (const code of codes.filter(({ enabled }) => enabled)) {
      const hits = map.get(code.code)
      if (hits) hits.push({ set, code })
      else map.set(code.code, [{ set, code }])
    }
  }
  for (const set of sets.values()) {
    for (const part of [
      set,
      ...set.includes.map((id) => sets.get(id)).filter((other) => other !== undefined),
    ]) {
      const asSet = part === set ? set : { ...set, days: part.days, exceptIcd10: part.exceptIcd10 }
      add(index.snomed, asSet, part.snomed)
      add(index.icd10, asSet, part.icd10)
      add(index.procedures, asSet, part.procedures)
    }
  }
  return index
}

function withoutDots(code: string): string {
  return code.replaceAll('.', '').toUpperCase()
}
