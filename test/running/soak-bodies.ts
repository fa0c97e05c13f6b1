/** Bodies for the soak: valid calls, the example bodies, and both damaged at random. */
import fc from 'fast-check'
import { damaged } from '../hooks/mutations.ts'
import { ESSENTIAL } from './caller.ts'
import { exampleBodies } from './examples.ts'
import { fixturePatients, type Json } from './resources.ts'
import { prefetchOf } from './search.ts'

export interface SoakBodies {
  /** a body as it is sent; the same seed and number give the same body */
  readonly next: () => string
  readonly kinds: number
}

/** Bodies made in one go: fast-check's own cost for one sample is far above that of one body. */
const BATCH = 200

export function soakBodies(templates: Readonly<Record<string, string>>, seed: number): SoakBodies {
  const calls = fixturePatients().map((who) =>
    callOf(templates, who.id, prefetchOf(templates, who.held, who.id)),
  )
  const examples = (exampleBodies() ?? []).map(({ json }) => json).filter((json) => typeof json === 'object')
  const contexts = examples.map((json) => ({ ...calls[0], context: json }))
  // most bodies are damaged calls: only they reach the rules
  const body = fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom<unknown>(...calls, ...examples, ...contexts) },
    { weight: 8, arbitrary: fc.constantFrom(...calls).chain(damagedPart) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(...calls, ...examples, null).chain(damaged) },
  )
  const text = fc.oneof(
    { weight: 40, arbitrary: body.map((one) => JSON.stringify(one) ?? 'null') },
    { weight: 1, arbitrary: fc.constantFrom(...calls).chain(damagedText) },
  )
  const ready: string[] = []
  let batch = 0
  return {
    kinds: calls.length + examples.length,
    next: () => {
      if (ready.length === 0) {
        batch += 1
        ready.push(...fc.sample(text, { numRuns: BATCH, seed: seed + batch }))
      }
      return ready.pop() ?? ''
    },
  }
}

function callOf(templates: Readonly<Record<string, string>>, patientId: string, prefetch: Json): Json {
  return {
    hook: 'patient-view',
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    context: { userId: 'Practitioner/doc-1', patientId },
    prefetch: Object.fromEntries(Object.keys(templates).map((key) => [key, prefetch[key] ?? null])),
  }
}

/** Damages inside the prefetch values, so that the envelope stays good and the resources are judged. */
function damagedPart(call: Json): fc.Arbitrary<unknown> {
  const prefetch = call.prefetch as Json
  const filled = Object.keys(prefetch).filter((key) => JSON.stringify(prefetch[key]).length > 60)
  return fc
    .constantFrom(...(filled.length > 0 ? filled : ESSENTIAL))
    .chain((key) =>
      damaged(prefetch[key]).map((value) => ({ ...call, prefetch: { ...prefetch, [key]: value } })),
    )
}

/** Cut off somewhere, or with a part nested deeper than any resource. */
function damagedText(call: Json): fc.Arbitrary<string> {
  const text = JSON.stringify(call)
  return fc.oneof(
    fc.nat(text.length).map((length) => text.slice(0, length)),
    fc
      .nat(3000)
      .map((depth) =>
        text.replace('"prefetch":{', `"prefetch":{"x":${'['.repeat(depth)}${']'.repeat(depth)},`),
      ),
  )
}
