/** Whatever comes in: no 5xx, no crash, and no echo of what was sent in an error. */
import fc from 'fast-check'
import { recordFromBundle } from '../../src/api/assess.ts'
import { assess } from '../../src/assess.ts'
import { Problem } from '../../src/hooks/problem.ts'
import { asFhir } from '../cases/as-fhir.ts'
import { boundary, vignettes } from '../cases/case-files.ts'
import { knowledge } from '../loaded-knowledge.ts'
import { callOf, post } from './ehr.ts'
import { anything, damaged } from './mutations.ts'

const RUNS = Number(process.env.APATITE_FUZZ_RUNS ?? 2000)

const stories = [...vignettes.cases, ...boundary.cases].filter(({ hook }) => hook === 'patient-view')
const bundles = stories.map((story) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: asFhir(story, boundary.now).sent.map(({ resource }) => ({ resource })),
}))
const someBundle = fc.constantFrom(...bundles)

test('nothing that is done to a Bundle makes assess throw, and its words can be read', () => {
  fc.assert(
    fc.property(someBundle.chain(damaged), (bundle) => {
      let record: ReturnType<typeof recordFromBundle>
      try {
        record = recordFromBundle(bundle, 'UTC', [])
      } catch (error) {
        // refused with a place, before anything is judged
        expect(error).toBeInstanceOf(Problem)
        return
      }
      const assessment = assess(record, knowledge, boundary.now)
      expect(JSON.parse(JSON.stringify(assessment)).verdicts).toHaveLength(18)
    }),
    { numRuns: RUNS },
  )
})

test('nothing that is done to a hook call gives a 5xx', async () => {
  const bodies = bundles.map(({ entry }) => callOf(entry.map(({ resource }) => resource)))
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...bodies).chain(damaged), async (body) => {
      const response = await post(body)
      expect(response.status).toBeLessThan(500)
    }),
    { numRuns: Math.ceil(RUNS / 4) },
  )
})

test('a prefetch value of any shape gives 200, 400 or 412', async () => {
  const [first] = bundles
  const body = callOf((first?.entry ?? []).map(({ resource }) => resource))
  const keys = Object.keys(body.prefetch as object)
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...keys), anything, async (key, value) => {
      const response = await post({ ...body, prefetch: { ...(body.prefetch as object), [key]: value } })
      expect([200, 400, 412]).toContain(response.status)
    }),
    { numRuns: Math.ceil(RUNS / 4) },
  )
})
