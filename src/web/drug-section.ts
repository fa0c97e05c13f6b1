import { groupsOf } from '../drugs/groups.ts'
import type { Drug, DrugGroup, Knowledge } from '../knowledge/types.ts'
import { anchor, linkTo } from './anchor.ts'
import { type Content, type Html, html, joined } from './html.ts'
import { sourceRef } from './source.ts'
import { table } from './table.ts'

/** The groups that the rules ask for, with the listed drugs that the program counts as members. */
export function drugGroupTable(knowledge: Knowledge): Html | null {
  const members = Map.groupBy(
    knowledge.drugs.drugs.flatMap((drug) => groupsOfDrug(drug, knowledge).map((group) => ({ drug, group }))),
    ({ group }) => group.id,
  )
  return table(
    'Drug groups',
    [
      { head: 'Group', kind: 'k' },
      { head: 'Belongs to it by', kind: 'ww' },
      { head: 'Listed drugs in it', kind: 'ww' },
      { head: 'Source' },
    ],
    [...knowledge.drugs.groups.values()].map((group) => ({
      id: anchor('drugs', group.id),
      cells: [
        html`${group.title}<br><span class="quiet">${group.id}</span>`,
        membership(group),
        (members.get(group.id) ?? []).map(({ drug }) => drug.name).join(', '),
        sourceRef(group.source, knowledge),
      ],
    })),
  )
}

function membership({ atc, exceptAtc, roles }: DrugGroup): Content {
  const told = [
    ['ATC', atc],
    ['not ATC', exceptAtc],
    ['role', roles],
  ] as const
  return joined(
    told.flatMap(([how, codes]) =>
      codes.length > 0 ? [html`<span class="quiet">${how}</span> ${codes.join(', ')}`] : [],
    ),
    html`<br>`,
  )
}

/** A drug as an order would give it by its listed codes; the route of a real order may add to it. */
function groupsOfDrug(drug: Drug, { drugs }: Knowledge): readonly DrugGroup[] {
  return groupsOf({ drugs: [drug], atc: [] }, drugs)
}

export function drugTable(knowledge: Knowledge): Html | null {
  return table(
    'Drugs',
    [
      { head: 'Drug', kind: 'k' },
      { head: 'Names matched in text', kind: 'w' },
      { head: 'Roles' },
      { head: 'RxNorm (found in)' },
      { head: 'ATC' },
      { head: 'Groups', kind: 'w' },
    ],
    knowledge.drugs.drugs.map((drug) => ({
      cells: [
        drug.name,
        drug.names.join(', '),
        drug.roles.join(', '),
        drug.rxnorm.map((code) => foundIn(code, knowledge)).join(', '),
        drug.atc.join(', '),
        joined(groupsOfDrug(drug, knowledge).map(({ id }) => linkTo(anchor('drugs', id), id))),
      ],
    })),
  )
}

/** The letters are told in the head of the file. */
function foundIn(code: string, { notes }: Knowledge): string {
  const files = notes.rxnorm.get(code)
  return files === undefined ? code : `${code} (${files})`
}

/** How the text, route and form of an order are read. */
export function matchingTable({ drugs }: Knowledge): Html | null {
  const rows: readonly (readonly [string, Content])[] = [
    ['Texts that look like a drug and are none', drugs.falseFriends.join(', ')],
    ['Never counts, by ATC (topical, eye, ear, inhaled)', drugs.localAtc.join(', ')],
    ['Never counts, by route (SNOMED CT)', routes(drugs.localRoutes)],
    ['Never counts, by words', wordsOf(drugs.localWords)],
    ['Intravenous or intramuscular, by route (SNOMED CT)', routes(drugs.parenteralRoutes)],
    ['Intravenous or intramuscular, by words', wordsOf(drugs.parenteralWords)],
    ['Feeding, by ATC', drugs.feeding.atc.join(', ')],
    ['Feeding, but not by ATC', drugs.feeding.exceptAtc.join(', ')],
    ['Feeding, by words', wordsOf(drugs.feeding.words)],
    ['Feeding, words taken out first', wordsOf(drugs.feeding.notWords)],
  ]
  return table(
    'How orders are read',
    [
      { head: 'What', kind: 'k' },
      { head: 'Codes or words', kind: 'w' },
    ],
    rows.map(([what, content]) => ({ cells: [what, content] })),
  )
}

function routes(all: ReadonlyMap<string, string>): string {
  return [...all].map(([code, display]) => `${code} ${display}`).join(', ')
}

/** The loader keeps a word list as one pattern of alternatives; a reader wants the words. */
function wordsOf({ source }: RegExp): string {
  const inner = /\(\?:(.*)\)(?:\(\?!.*)?$/u.exec(source)?.[1] ?? source
  return inner
    .split('|')
    .map((word) => word.replace(/\\(.)/gu, '$1'))
    .join(', ')
}
