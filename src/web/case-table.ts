import { type Content, html, joined } from './html.ts'
import { table } from './table.ts'
import { counted } from './words.ts'
import type { CasebookResults, CaseShown } from './worked-cases.ts'

/** What a rule says to made-up patients, and whether it said so when last run. */
export function casesOf(rule: string, casebook: CasebookResults | null): Content {
  if (casebook === null) return html`<p class="quiet">The worked cases were not run for this page.</p>`
  const own = casebook.rules.find((one) => one.rule === rule)
  if (!own) return html`<p class="quiet">There are no worked cases of this rule.</p>`
  const failed = own.cases.filter(({ problems }) => problems.length > 0)
  return html`<p>${own.about}</p>${
    failed.length > 0 &&
    html`<p class="off-note"><strong>${counted(failed.length, 'case')} of ${own.cases.length} did not give what is expected.</strong></p>`
  }${table(
    `${rule}: worked cases`,
    [
      { head: 'Case', kind: 'w' },
      { head: 'Patient and results', kind: 'w' },
      { head: 'Expected', kind: 'w' },
      { head: 'Gave' },
    ],
    own.cases.map((one) => ({
      cells: [
        one.name,
        one.told === '' ? html`<span class="quiet">as said above</span>` : one.told,
        joined(one.expected, html`<br>`),
        gave(one),
      ],
      mark: one.problems.length > 0 ? ('bad' as const) : undefined,
    })),
  )}`
}

function gave({ problems, patients }: CaseShown): Content {
  if (patients === 0) return html`<span class="quiet">not run</span>`
  if (problems.length === 0)
    return patients === 1 ? 'as expected' : `as expected, ${counted(patients, 'patient')}`
  return joined(problems, html`<br>`)
}
