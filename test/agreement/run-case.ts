/** One way from sent resources to an assessment, for every test of this folder. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Assessment } from '../../src/advisories/assessment.ts'
import { assess } from '../../src/assess.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import { recordFromResources } from '../../src/record/fhir/bundle.ts'
import type { Sent } from '../cases/as-fhir.ts'

export const knowledge = loadKnowledge({
  folder: join(fileURLToPath(new URL('../..', import.meta.url)), 'cds-hooks'),
})

export interface Run {
  readonly patientId: string
  readonly sent: readonly Sent[]
  readonly incomplete: readonly string[]
  readonly now: Date
}

/** The assessment of what was sent; the times of the cases all name their offset, so the zone is UTC. */
export function assessmentOf({ patientId, sent, incomplete, now }: Run): Assessment {
  const answer = recordFromResources([...sent], {
    patientId,
    zone: 'UTC',
    incomplete: [...incomplete],
    unitsVerified: false,
  })
  if (!answer.ok) throw new Error(`the resources of ${patientId} were refused: ${JSON.stringify(answer)}`)
  return assess(answer.record, knowledge, now)
}
