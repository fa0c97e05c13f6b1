import type { Knowledge, SuggestedTest, TestCode } from '../knowledge/types.ts'
import { anchor } from './anchor.ts'
import { type Content, type Html, html, joined } from './html.ts'
import { comparedRow } from './site-mark.ts'
import { table } from './table.ts'
import { plainWords, withPlaceholders } from './words.ts'

/** The words around the rules' own sentences, the same on all cards. */
export function frameTable({ wording }: Knowledge, published: Knowledge | null): Html | null {
  const cellsOf = (key: string, text: string): Content[] => [plainWords(key), withPlaceholders(text)]
  return table(
    'The frame of every card',
    [
      { head: 'Said for', kind: 'k' },
      { head: 'Words', kind: 'w' },
    ],
    Object.entries(wording).map(([key, text]) => {
      const before = published?.wording[key]
      return comparedRow(cellsOf(key, text), before === undefined ? null : cellsOf(key, before))
    }),
  )
}

export function testTable({ suggestions }: Knowledge): Html | null {
  return table(
    'Tests and referrals',
    [
      { head: 'Draft', kind: 'w' },
      { head: 'Codes, molar units' },
      { head: 'Codes, mass units' },
      { head: 'Unit decided by' },
      { head: 'Holds already' },
      { head: 'Text' },
      { head: 'Key', kind: 'k' },
    ],
    [...suggestions].map(([id, test]) => ({
      id: anchor('test', id),
      cells: [
        test.label,
        codes(test.molar),
        isSame(test) ? html`<span class="quiet">the same</span>` : codes(test.mass),
        test.analyte,
        test.covers.join(', '),
        test.textOnly ? 'says to whom' : null,
        id,
      ],
    })),
  )
}

function isSame({ mass, molar }: SuggestedTest): boolean {
  return JSON.stringify(mass) === JSON.stringify(molar)
}

const SYSTEMS = { loinc: 'LOINC', snomed: 'SNOMED CT' } as const

function codes(all: readonly TestCode[]): Content {
  return joined(
    all.map(
      ({ system, code, display }) => html`${SYSTEMS[system]} ${code} <span class="quiet">${display}</span>`,
    ),
    html`<br>`,
  )
}

export function overrideReasonTable({ overrideReasons: { system, reasons } }: Knowledge): Html | null {
  return table(
    `Reasons to put a card aside (${system})`,
    [{ head: 'Code', kind: 'k' }, { head: 'Shown as', kind: 'w' }, { head: 'System' }],
    reasons.map(({ code, display }) => ({ cells: [code, display, system] })),
  )
}

/** Codes and words that are neither results, conditions nor drugs, but decide how these are read. */
export function conceptTable({ concepts }: Knowledge): Html | null {
  const { pregnancyStatus, haemolysed, pregnancyRange, sexRange } = concepts
  const rows: readonly (readonly [string, string])[] = [
    ['Pregnancy status', named(pregnancyStatus)],
    ['Pregnancy status: pregnant', pregnancyStatus.pregnant.join(', ')],
    ['Pregnancy status: not pregnant', pregnancyStatus.notPregnant.join(', ')],
    ['Expected delivery date', named(concepts.expectedDelivery)],
    ['Gestational age', named(concepts.gestationalAge)],
    ['Sample haemolysed, code', named(haemolysed.sample)],
    ['Sample haemolysed, answers', haemolysed.sample.positive.join(', ')],
    ['Haemolysis index', named(haemolysed.index)],
    ['Haemolysis, words', haemolysed.words.join(', ')],
    ['Haemolysis, words taken out first', haemolysed.notWords.join(', ')],
    ['Haemolysis, denied by a word before it', haemolysed.denialsBefore.join(', ')],
    ['Haemolysis, denied by a word after it', haemolysed.denialsAfter.join(', ')],
    ['Haemolysis, condition of the specimen', haemolysed.specimenCondition.join(', ')],
    ['Wrong tube, words', concepts.wrongTubeWords.join(', ')],
    ['Range for pregnancy, codes', pregnancyRange.codes.join(', ')],
    ['Range for pregnancy, words', pregnancyRange.words.join(', ')],
    ['Range for pregnancy, words taken out first', pregnancyRange.notWords.join(', ')],
    ['Range for men', sexRange.male.join(', ')],
    ['Range for women', sexRange.female.join(', ')],
    ['Inpatient, encounter classes', concepts.inpatientClasses.join(', ')],
    ['Intensive care', concepts.intensiveCare.codes.join(', ')],
  ]
  return toldTable('Other codes and words', rows)
}

/** How a result without a listed code is recognised as one of ours, and then listed as not judged. */
export function nameTable({ names }: Knowledge): Html | null {
  const words = names.words.map(
    ({ word, whole, analyte }) => `${word}${whole ? ' (whole word)' : ''}: ${analyte}`,
  )
  return toldTable('Names of results without a listed code', [
    ['Words by which one is recognised', words.join(', ')],
    ['Words that only look like one', names.notWords.join(', ')],
  ])
}

function toldTable(label: string, rows: readonly (readonly [string, string])[]): Html | null {
  return table(
    label,
    [
      { head: 'What', kind: 'k' },
      { head: 'Codes or words', kind: 'w' },
    ],
    rows.map(([what, told]) => ({ cells: [what, told] })),
  )
}

function named({ code, name }: { readonly code: string; readonly name: string }): string {
  return `${code} ${name}`
}
