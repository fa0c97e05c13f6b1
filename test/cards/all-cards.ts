/** Every card of every fixture and patient-view case, and the same patients with hostile names, drugs and notes. */
import { readdirSync, readFileSync } from 'node:fs'
import { recordFromBundle } from '../../src/api/assess.ts'
import { assess } from '../../src/assess.ts'
import { type Card, cardsOf } from '../../src/cards/card.ts'
import { asFhir } from '../cases/as-fhir.ts'
import { boundary, vignettes } from '../cases/case-files.ts'
import { knowledge } from '../loaded-knowledge.ts'

export interface Sent {
  readonly name: string
  readonly bundle: unknown
}

const folder = new URL('../../fixtures/patients/', import.meta.url)

export const patients: readonly Sent[] = [
  ...readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ name, bundle: JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as unknown })),
  ...[...vignettes.cases, ...boundary.cases]
    .filter(({ hook }) => hook === 'patient-view')
    .map((story) => ({
      name: story.id,
      bundle: {
        resourceType: 'Bundle',
        type: 'collection',
        entry: asFhir(story, boundary.now).sent.map(({ resource }) => ({ resource })),
      },
    })),
]

export function cardsFor(bundle: unknown): readonly Card[] {
  const record = recordFromBundle(bundle, 'UTC', [])
  return cardsOf(assess(record, knowledge, boundary.now), { publicUrl: 'https://cds.example.org' })
}

export const HOSTILE =
  '**x** <img src=x onerror=1> [a](javascript:1) ![i](http://evil.example/i.png) `c` | t | www.evil.example me@evil.example &lt;b&gt; <!-- --> \n\n# h\n- l\n1. o\n> q ~~s~~ \u202eabc'

/** The same facts with every free text behind its recognised word made hostile. */
export function hostile(bundle: unknown): unknown {
  return JSON.parse(JSON.stringify(bundle), (key, value: unknown) => {
    if (typeof value !== 'string') return value
    if (key === 'display' || key === 'text' || key === 'family' || key === 'given')
      return `${value} ${HOSTILE}`
    return value
  })
}
