import type { DrugGroup, DrugKnowledge } from '../knowledge/types.ts'
import type { RawMedication } from '../record/record.ts'
import type { Matched } from './match.ts'

/**
 * Is the drug of the group, by an ATC code or an exact role, without being one of its exceptions?
 * A drug whose sent ATC code says what it is is judged by that code, not by the other ATC codes of its ingredient.
 */
export function isOfGroup({ drugs, atc }: Pick<Matched, 'drugs' | 'atc'>, group: DrugGroup): boolean {
  const codes = atc.length > 0 ? atc : drugs.flatMap((drug) => drug.atc)
  const isExcepted = (code: string) => group.exceptAtc.some((prefix) => code.startsWith(prefix))
  // an exception speaks for its own code only: another ingredient of the order may still be a member
  if (codes.length > 0 && codes.every(isExcepted)) return false
  return (
    drugs.some((drug) => drug.roles.some((role) => group.roles.includes(role))) ||
    codes.some((code) => !isExcepted(code) && group.atc.some((prefix) => code.startsWith(prefix)))
  )
}

/** All groups that the drug belongs to. */
export function groupsOf(
  matched: Pick<Matched, 'drugs' | 'atc'>,
  knowledge: DrugKnowledge,
): readonly DrugGroup[] {
  const { drugs, atc } = matched
  const candidates = new Set<DrugGroup>()
  for (const code of atc.length > 0 ? atc : drugs.flatMap((drug) => drug.atc)) {
    for (let length = code.length; length > 0; length -= 1) {
      for (const group of knowledge.groupsByAtc.get(code.slice(0, length)) ?? []) candidates.add(group)
    }
  }
  for (const { roles } of drugs) {
    for (const role of roles)
      for (const group of knowledge.groupsByRole.get(role) ?? []) candidates.add(group)
  }
  return [...candidates].filter((group) => isOfGroup(matched, group))
}

/** Topical, eye, ear, nasal and inhaled forms never count (rules.md 1.7); no route counts. */
export function isLocal(medication: RawMedication, { atc }: Matched, knowledge: DrugKnowledge): boolean {
  if (atc.length > 0 && atc.every((code) => knowledge.localAtc.some((prefix) => code.startsWith(prefix))))
    return true
  if (medication.route.codings.some(({ code }) => knowledge.localRoutes.has(code))) return true
  const text = textsOf(medication)
  return text.search(knowledge.localWords) >= 0
}

/** Intravenous or intramuscular, by ATC (B05X, V04CC02), route, form or text. */
export function isParenteral(medication: RawMedication, { atc }: Matched, knowledge: DrugKnowledge): boolean {
  if (atc.some((code) => code.startsWith('B05X') || code === 'V04CC02')) return true
  if (medication.route.codings.some(({ code }) => knowledge.parenteralRoutes.has(code))) return true
  const text = textsOf(medication)
  return text.search(knowledge.parenteralWords) >= 0
}

export function textsOf({ drug, form, route, doseText }: RawMedication): string {
  let texts = ''
  for (const { text, codings } of [drug, form, route]) {
    texts += `${text} `
    for (const { display } of codings) texts += `${display} `
  }
  return `${texts}${doseText}`.slice(0, 2000).toLowerCase()
}
