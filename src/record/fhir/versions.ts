/**
 * One resource sent twice, by two searches, as two versions, or once contained in each feed: which is to be
 * read. Where nothing tells them apart both are, and the rules see two results (rules.md 1.1).
 */
import { again } from '../../quantity/once.ts'
import { readWhen } from '../time.ts'
import { contentOf } from './content.ts'
import type { Held } from './held.ts'
import { elementOf, textOf } from './json.ts'

/** Where a result stands in its life (http://hl7.org/fhir/R4/valueset-observation-status.html). */
const LIFE: ReadonlyMap<string, number> = new Map([
  ['registered', 0],
  ['partial', 1],
  ['preliminary', 2],
  ['final', 3],
  ['amended', 4],
  ['corrected', 5],
  ['cancelled', 6],
  ['entered-in-error', 7],
])
/** Nobody sends more versions of one resource with one patient; a hostile record that does keeps them all */
const MOST_VERSIONS = 200
const RETRACTED = 'entered-in-error'

/** The resources without older versions and exact copies, in the order in which each first came. */
export function latestOf(all: readonly Held[]): readonly Held[] {
  if (haveOwnIds(all)) return all
  const groups = new Map<string, Held[]>()
  for (const held of all) {
    const name = held.reference ?? `${held.type} ${contentOf(held.body)}`
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [held])
    else group.push(held)
  }
  return groups.size === all.length ? all : [...groups.values()].flatMap(unbeaten)
}

/** Most records: each resource has an id that no other has, of whatever type. */
function haveOwnIds(all: readonly Held[]): boolean {
  const ids = new Set<string>()
  for (const { id } of all) if (id !== '') ids.add(id)
  return ids.size === all.length
}

/**
 * Those of one resource's versions that no other replaces. What replaces what need not be consistent in a
 * hostile record; if all are replaced, all are kept. In an order that does not depend on how they came.
 */
function unbeaten(versions: readonly Held[]): readonly Held[] {
  if (versions.length === 1) return versions
  const distinct = new Map<string, Held>()
  for (const held of versions) distinct.set(contentOf(held.body), held)
  const sorted = [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, held]) => held)
  if (sorted.length > MOST_VERSIONS) return sorted
  const kept = sorted.filter((held) => !sorted.some((other) => replaces(other, held)))
  return kept.length > 0 ? kept : sorted
}

/** By meta.lastUpdated, else by a numeric versionId (others are opaque), else by the later status. */
function replaces(newer: Held, older: Held): boolean {
  const order =
    compare(revisedOf(newer), revisedOf(older)) ||
    compare(numericVersion(newer), numericVersion(older)) ||
    compare(stageOf(newer), stageOf(older))
  return order > 0 || (order === 0 && isRetracted(newer) && !isRetracted(older))
}

/** meta.lastUpdated in ms; null if it is absent or no instant. */
function revisedOf({ body }: Held): number | null {
  return instantOf(elementOf(body.meta)?.lastUpdated)
}

/** The same for the results of one record: what was released together was written together. */
export function revisionReader(): (held: Held) => number | null {
  const revisedAt = again(instantOf)
  return ({ body }) => revisedAt(elementOf(body.meta)?.lastUpdated)
}

function instantOf(sent: unknown): number | null {
  const when = readWhen(sent, 'UTC')
  return when?.precision === 'instant' ? when.from : null
}

/** meta.versionId; an opaque text, '' if absent. */
export function versionOf(held: Held): string {
  return textOf(elementOf(held.body.meta)?.versionId)
}

function numericVersion(held: Held): number | null {
  const version = versionOf(held)
  return /^\d{1,15}$/.test(version) ? Number(version) : null
}

function stageOf(held: Held): number | null {
  return LIFE.get(textOf(held.body.status).toLowerCase()) ?? null
}

function isRetracted(held: Held): boolean {
  return textOf(held.body.status).toLowerCase() === RETRACTED
}

function compare(a: number | null, b: number | null): number {
  return a === null || b === null ? 0 : Math.sign(a - b)
}
