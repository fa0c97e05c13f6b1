import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { clockOf, recordFromBundle } from './api/assess.ts'
import type { Card } from './cards/card.ts'
import type { PrefetchKey } from './knowledge/types.ts'
import { loadPublished } from './published.ts'
import { entriesOf } from './record/fhir/entries.ts'
import { createApp, listen } from './server.ts'

const FIXTURES = fileURLToPath(new URL('../fixtures/patients', import.meta.url))
const WIDTH = 96

/**
 * Starts the service on a free port, sends each patient as an EHR would (patient-view, full prefetch) and
 * prints the cards as an EHR would show them.
 *
 * @param paths FHIR Bundles; none = the fixture patients
 * @param instant the clock of the calls; fixtures are judged at the instant that they name themselves
 */
export async function demo(paths: readonly string[], instant?: string): Promise<void> {
  const files = paths.length > 0 ? paths : fixtureFiles()
  const knowledge = loadPublished()
  const service = knowledge.services.get('mineral-review')
  if (!service) throw new Error('the service mineral-review is not published')
  let now = new Date()
  const listening = await listen(createApp({ knowledge, now: () => now }), '127.0.0.1', 0)
  try {
    for (const file of files) {
      const bundle: unknown = JSON.parse(readFileSync(file, 'utf8'))
      now = clockOf(instant ?? namedInstant(bundle), () => new Date())
      const { patient } = recordFromBundle(bundle, 'UTC', [])
      const response = await fetch(`${listening.url}/cds-services/mineral-review`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          hook: service.hook,
          hookInstance: crypto.randomUUID(),
          context: { userId: 'Practitioner/demo', patientId: patient.id },
          prefetch: prefetchOf(bundle, service.prefetch),
        }),
      })
      const body = (await response.json()) as { cards?: Card[] }
      process.stdout.write(`${'='.repeat(WIDTH)}\n${titleOf(bundle, file)}\n`)
      if (!body.cards) process.stdout.write(`HTTP ${response.status}: ${JSON.stringify(body)}\n`)
      else if (body.cards.length === 0)
        process.stdout.write('\n  (no card: nothing that deserves attention was found)\n')
      for (const card of body.cards ?? []) process.stdout.write(shownCard(card))
      process.stdout.write('\n')
    }
  } finally {
    await listening.close()
  }
}

function fixtureFiles(): string[] {
  return readdirSync(FIXTURES)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => path.join(FIXTURES, name))
}

interface Tagged {
  readonly meta?: {
    readonly tag?: readonly { readonly system?: string; readonly code?: string; readonly display?: string }[]
  }
}

/** Fixtures say in a tag what they are about and at which instant they are meant to be judged. */
function tagOf(bundle: unknown, system: string): string | undefined {
  const tag = (bundle as Tagged).meta?.tag?.find((one) => one.system === system)
  return tag?.display ?? tag?.code
}

function namedInstant(bundle: unknown): string | undefined {
  return tagOf(bundle, 'urn:apatite:fixture:now')
}

function titleOf(bundle: unknown, file: string): string {
  return tagOf(bundle, 'urn:apatite:fixture:story') ?? path.basename(file)
}

/** What the EHR's FHIR server would answer to the advertised templates. */
export function prefetchOf(bundle: unknown, keys: readonly PrefetchKey[]): Readonly<Record<string, unknown>> {
  const read = entriesOf(bundle)
  const resources = read.ok
    ? read.resources.map(({ resource, fullUrl }) => ({ resource: resource as FhirResource, fullUrl }))
    : []
  const prefetch: Record<string, unknown> = {}
  for (const { key, template } of keys) {
    const type = template.split(/[/?]/u, 1)[0]
    const codes = /[?&]code=([^&]*)/u.exec(template)?.[1]?.split(',')
    const hits = resources.filter(({ resource }) => {
      if (resource.resourceType !== type) return false
      if (codes === undefined) return true
      return (resource.code?.coding ?? []).some(({ system, code }) => codes.includes(`${system}|${code}`))
    })
    const companions = type?.startsWith('Medication')
      ? resources.filter(({ resource }) => resource.resourceType === 'Medication')
      : []
    if (type === 'Patient') prefetch[key] = hits[0]?.resource ?? null
    else {
      prefetch[key] = {
        resourceType: 'Bundle',
        type: 'searchset',
        entry: [...hits, ...companions].map(({ resource, fullUrl }) => ({
          ...(fullUrl ? { fullUrl } : {}),
          resource,
        })),
      }
    }
  }
  return prefetch
}

interface FhirResource {
  readonly resourceType?: string
  readonly code?: { readonly coding?: readonly { readonly system?: string; readonly code?: string }[] }
}

const MARKS = { critical: '!! CRITICAL', warning: ' ! WARNING', info: ' i INFO' } as const

/** A card as text: the Markdown's marks dropped, lines wrapped. */
function shownCard({ indicator, summary, detail, source }: Card): string {
  const plain = detail.replaceAll('**', '').replace(/\\([\\`*_[\]|~<&:.@])/gu, '$1')
  const lines = plain.split('\n').flatMap((line) => wrapped(line, WIDTH - 4))
  return [
    '',
    `  ${MARKS[indicator]}  ${summary}`,
    `  ${'-'.repeat(WIDTH - 4)}`,
    ...lines.map((line) => `  ${line}`),
    `  [${source.label} · ${source.topic.code}]`,
    '',
  ].join('\n')
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}
