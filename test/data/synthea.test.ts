/** Eight synthetic patients as Synthea exports them: urn:uuid references, 15 decimals, units with and without 1.73 m2. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Bundle, Observation, Resource } from 'fhir/r4'
import type { Assessment } from '../../src/advisories/assessment.ts'
import { assess } from '../../src/assess.ts'
import { recordOf } from '../agreement/run-case.ts'
import { knowledge } from '../loaded-knowledge.ts'
import { describeWith, sharedData } from '../shared-data.ts'
import { countsOf, expectCounts, oddities } from './counting.ts'
import { SYNTHEA } from './expected-counts.ts'

const folder = sharedData('synthea')
const files =
  folder === null
    ? []
    : readdirSync(folder)
        .filter((name) => name.endsWith('.json.gz'))
        .sort()

function entriesOf(file: string): { resource: Resource; fullUrl: string | null }[] {
  const bundle = JSON.parse(gunzipSync(readFileSync(join(folder ?? '', file))).toString('utf8')) as Bundle
  return (bundle.entry ?? []).flatMap(({ resource, fullUrl }) =>
    resource === undefined ? [] : [{ resource, fullUrl: fullUrl ?? null }],
  )
}

describeWith(folder)('8 patients of Synthea', () => {
  const last: Assessment[] = []

  test('are all there', () => {
    expect(files).toHaveLength(8)
  })

  test.each(files)('%s is assessed at several times without a throw', (file) => {
    const sent = entriesOf(file)
    const patient = sent.find(({ resource }) => resource.resourceType === 'Patient')?.resource
    const observations = sent
      .map(({ resource }) => resource)
      .filter((one): one is Observation => one.resourceType === 'Observation')
    const references = new Set(observations.map((one) => `Observation/${one.id}`))
    const times = [...new Set(observations.map((one) => Date.parse(one.effectiveDateTime ?? '')))].sort(
      (a, b) => a - b,
    )
    const record = recordOf({ patientId: patient?.id ?? '', sent, incomplete: [] })
    for (const part of [0.3, 0.6, 1]) {
      const now = new Date(times[Math.ceil(times.length * part) - 1] ?? 0)
      const assessment = assess(record, knowledge, now)
      expect(oddities(assessment, references)).toEqual([])
      if (part === 1) last.push(assessment)
    }
  })

  test('give the counts that are written down', () => {
    expectCounts('SYNTHEA', countsOf(last), SYNTHEA)
  })
})
