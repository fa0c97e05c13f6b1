import { ANALYTES, type Knowledge } from '../knowledge/types.ts'
import { analyteSection } from './analyte-section.ts'
import { anchor, ruleAnchor } from './anchor.ts'
import { conditionSection } from './condition-section.ts'
import { drugGroupTable, drugTable, matchingTable } from './drug-section.ts'
import { evidenceSection } from './evidence-section.ts'
import { fileHead } from './file-head.ts'
import { type Content, html } from './html.ts'
import { bandTable, caveatSections, methodTable, phraseTable, recencyTable } from './kidney-section.ts'
import { rangeSections } from './range-section.ts'
import { inCatalogueOrder } from './rule-order.ts'
import { ruleSection } from './rule-section.ts'
import { serviceSection } from './service-section.ts'
import { siteChanges } from './site-changes.ts'
import { unitTable } from './unit-section.ts'
import { windowTable } from './window-section.ts'
import { conceptTable, frameTable, nameTable, overrideReasonTable, testTable } from './wording-section.ts'
import type { CasebookResults } from './worked-cases.ts'

/** A chapter of the page. */
export interface PagePart {
  readonly id: string
  readonly title: string
  readonly about: string
  readonly content: Content
  /** what the contents list names below it */
  readonly entries: readonly { readonly anchor: string; readonly name: string }[]
}

/** Short articles that have no anchor of their own: title, content, and the file whose head stands above it. */
function articles(knowledge: Knowledge, parts: readonly (readonly [string, Content, string?])[]): Content {
  return parts.map(
    ([title, content, file]) =>
      html`<article><h3>${title}</h3>${file === undefined ? null : fileHead(file, knowledge)}${content}</article>`,
  )
}

/** All chapters, in the order in which a reviewer reads: what is decided, on what, and why it may be believed. */
export function knowledgeParts(
  knowledge: Knowledge,
  casebook: CasebookResults | null,
  published: Knowledge | null,
): readonly PagePart[] {
  const { conditions, evidence, services } = knowledge
  const analytes = ANALYTES.map((id) => knowledge.analytes.get(id)).filter((one) => one !== undefined)
  const rules = inCatalogueOrder(knowledge)
  return [
    ...siteChanges(published, knowledge),
    {
      id: 'rules',
      title: 'Rules',
      about:
        'What each rule says, at which numbers, in which words and on whose authority. Which facts a rule combines is written in the program; every number and word is here.',
      content: rules.map((rule) => ruleSection(rule, knowledge, casebook, published)),
      entries: rules.map(({ id }) => ({ anchor: ruleAnchor(id), name: id })),
    },
    {
      id: 'analytes',
      title: 'Analytes',
      about:
        'Which laboratory codes are which analyte, how units are read, and which values cannot be right.',
      content: [
        analytes.map((analyte) => analyteSection(analyte, knowledge)),
        articles(knowledge, [
          ['Units and their spellings', unitTable(knowledge), 'analytes/units.yaml'],
          ['Names of results without a listed code', nameTable(knowledge), 'analytes/names.yaml'],
        ]),
      ],
      entries: analytes.map(({ id, name }) => ({ anchor: anchor('analyte', id), name })),
    },
    {
      id: 'ranges',
      title: 'Reference ranges',
      about:
        "Used only where a result brings no range of its own that can be accepted. A child or a pregnant patient is never judged on an adult's range. A value equal to a limit is in range.",
      content: rangeSections(knowledge, published),
      entries: [],
    },
    {
      id: 'windows',
      title: 'Windows',
      about: 'How old a result may be for each use; a result exactly that old still counts.',
      content: [fileHead('windows.yaml', knowledge), windowTable(knowledge, published)],
      entries: [],
    },
    {
      id: 'conditions',
      title: 'Conditions and procedures',
      about:
        'Which coded problems and procedures count as what. An ICD-10 code holds every code below it. A struck-out code is kept for review and never matched.',
      content: [...conditions.values()].map((set) => conditionSection(set, knowledge)),
      entries: [],
    },
    {
      id: 'drugs',
      title: 'Drugs',
      about:
        'Which drugs belong to the groups that the rules ask for. Roles with "(shift)", "(case)" or "?" are named on a card and never counted.',
      content: articles(knowledge, [
        ['Groups', drugGroupTable(knowledge), 'drugs/groups.yaml'],
        ['Drugs', drugTable(knowledge), 'drugs/drugs.yaml'],
        ['How orders are read', matchingTable(knowledge), 'drugs/matching.yaml'],
      ]),
      entries: [],
    },
    {
      id: 'kidneys',
      title: 'Kidney function and caveats',
      about:
        'Which reported estimate wins, how long it counts, and the sentence about the kidneys that a card carries. Unknown kidney function is never treated as normal.',
      content: [
        articles(knowledge, [
          ['Bands', bandTable(knowledge), 'kidney/status.yaml'],
          ['Reported estimates, lowest rank first', methodTable(knowledge)],
          ['How long an estimate counts', recencyTable(knowledge)],
        ]),
        fileHead('kidney/caveats.yaml', knowledge),
        caveatSections(knowledge, published),
        articles(knowledge, [['Fixed phrases', phraseTable(knowledge, published)]]),
      ],
      entries: [],
    },
    {
      id: 'cards',
      title: 'Words and actions that cards share',
      about:
        'The frame around the sentences of the rules, the drafts a card may offer, and how it may be put aside.',
      content: articles(knowledge, [
        ['Frame', frameTable(knowledge, published), 'wording.yaml'],
        ['Tests and referrals', testTable(knowledge), 'suggestions.yaml'],
        ['When to measure again', html`<p>The times themselves stand with each rule.</p>`, 'recheck.yaml'],
        ['Reasons to put a card aside', overrideReasonTable(knowledge), 'override-reasons.yaml'],
        ['Other codes and words', conceptTable(knowledge), 'concepts.yaml'],
      ]),
      entries: [],
    },
    {
      id: 'services',
      title: 'Services',
      about: 'What an EHR finds when it asks which services there are.',
      content: [...services.values()].map(serviceSection),
      entries: [],
    },
    {
      id: 'evidence',
      title: 'Evidence',
      about:
        'One record for every source: what it supports here, how strong it is, what is wrong with it, and whether it was read at all.',
      content: [...evidence.values()].map((record) => evidenceSection(record, knowledge)),
      entries: [],
    },
  ]
}
