import type { Knowledge } from '../knowledge/types.ts'
import { anchor } from './anchor.ts'
import { caveatRow, caveatTable } from './caveat-table.ts'
import { type Content, type Html, html } from './html.ts'
import { sourceRef } from './source.ts'
import { table } from './table.ts'
import { plainWords } from './words.ts'

export function bandTable({ kidney }: Knowledge): Html | null {
  return table(
    'Kidney bands',
    [
      { head: 'Band', kind: 'k' },
      { head: 'Meaning (mL/min/1.73 m2)', kind: 'w' },
    ],
    [...kidney.bands].map(([band, meaning]) => ({ cells: [band, meaning] })),
  )
}

export function methodTable(knowledge: Knowledge): Html | null {
  return table(
    'Reported eGFR',
    [
      { head: 'Code', kind: 'c' },
      { head: 'Method', kind: 'w' },
      { head: 'Rank', kind: 'n' },
      { head: 'Confidence' },
      { head: 'For' },
      { head: 'Source', kind: 'w' },
    ],
    [...knowledge.kidney.methods.values()].map((one) => {
      const { code, method, rank, confidence, sex, children, source } = one
      return {
        cells: [
          code,
          method,
          rank,
          confidence,
          children ? 'children' : sex === null ? 'adults' : `${sex} adults`,
          sourceRef(source, knowledge),
        ],
      }
    }),
  )
}

export function recencyTable(knowledge: Knowledge): Content {
  const { outpatientMonths: months, inpatientHours: hours, source } = knowledge.kidney.recency
  const rows = table(
    'How long an estimate counts',
    [
      { head: 'Setting', kind: 'k' },
      { head: 'eGFR 60 or more', kind: 'n' },
      { head: '30 to below 60', kind: 'n' },
      { head: 'Below 30, transplant or magnesium source', kind: 'n' },
    ],
    [
      {
        cells: [
          'Outpatient',
          `${months.normal} months`,
          `${months.moderate} months`,
          `${months.severe} months`,
        ],
      },
      { cells: ['Inpatient', `${hours.normal} hours`, `${hours.moderate} hours`, `${hours.severe} hours`] },
    ],
  )
  return [rows, html`<p class="quiet">Source: ${sourceRef(source, knowledge)}</p>`]
}

export function caveatSections(knowledge: Knowledge, published: Knowledge | null): Html[] {
  return [...knowledge.kidney.caveats.keys()].map(
    (topic) =>
      html`<article id="${anchor('caveat', topic)}"><h3>Caveats: ${plainWords(topic)}</h3>${caveatTable(topic, 'All bands', knowledge, published)}</article>`,
  )
}

export function phraseTable(knowledge: Knowledge, published: Knowledge | null): Html | null {
  return table(
    'Fixed phrases of the caveats',
    [{ head: 'Phrase', kind: 'k' }, { head: 'Text', kind: 'w' }, { head: 'Source' }],
    Object.entries(knowledge.kidney.phrases).map(([key, phrase]) =>
      caveatRow(key, phrase, published?.kidney.phrases[key], knowledge),
    ),
  )
}
