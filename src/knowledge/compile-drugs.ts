import type { KnowledgeFiles } from './files.ts'
import type { Drug, DrugKnowledge } from './types.ts'

/** The drugs with every way in which an order may name them. */
export function drugsOf(files: KnowledgeFiles): DrugKnowledge {
  const drugs: Drug[] = files.drugs.value.drugs.map(({ drug, names, roles, atc, rxnorm }) => ({
    name: drug,
    names,
    roles,
    atc,
    rxnorm: rxnorm.map(({ rxcui }) => rxcui),
  }))
  const byAtc = new Map<string, Drug[]>()
  for (const drug of drugs) for (const code of drug.atc) byAtc.set(code, [...(byAtc.get(code) ?? []), drug])
  const matching = files.drugMatching.value
  return {
    drugs,
    byRxnorm: new Map(drugs.flatMap((drug) => drug.rxnorm.map((code): [string, Drug] => [code, drug]))),
    byAtc,
    byName: drugs
      .flatMap((drug) => drug.names.map((name) => ({ name: name.toLowerCase(), drug })))
      .sort((a, b) => b.name.length - a.name.length || (a.name < b.name ? -1 : 1)),
    groups: new Map(files.drugGroups.value.groups.map((group) => [group.id, group])),
    groupsByAtc: indexed(files.drugGroups.value.groups, ({ atc }) => atc),
    groupsByRole: indexed(files.drugGroups.value.groups, ({ roles }) => roles),
    falseFriends: matching.falseFriends.map((text) => text.toLowerCase()),
    localAtc: matching.localAtc,
    localRoutes: named(matching.localRoutes),
    localWords: wordsPattern(matching.localWords, { whole: false }),
    parenteralRoutes: named(matching.parenteralRoutes),
    parenteralWords: wordsPattern(matching.parenteralWords, { whole: true }),
    feeding: {
      ...matching.feeding,
      words: wordsPattern(matching.feeding.words, { whole: false }),
      notWords: wordsPattern(matching.feeding.notWords, { whole: false }),
    },
  }
}

/** One pattern for a list of words in lower-case text: from the beginning of a word, or the whole word. */
function wordsPattern(words: readonly string[], { whole }: { whole: boolean }): RegExp {
  if (words.length === 0) return /(?!)/u
  const escaped = [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.toLowerCase().replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'))
  const end = whole ? '(?![\\p{L}\\p{N}])' : ''
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})${end}`, 'gu')
}

function indexed<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): Map<string, T[]> {
  const index = new Map<string, T[]>()
  for (const item of items) for (const key of keysOf(item)) index.set(key, [...(index.get(key) ?? []), item])
  return index
}

function named(codes: readonly { readonly code: string; readonly display: string }[]): Map<string, string> {
  return new Map(codes.map(({ code, display }) => [code, display]))
}
