/** One way from sent resources to an assessment, for all tests. */
import type { Assessment } from '../../src/advisories/assessment.ts'
import { assess } from '../../src/assess.ts'
import { recordFromResources } from '../../src/record/fhir/bundle.ts'
import type { PatientRecord } from '../../src/record/record.ts'
import type { Sent } from '../cases/as-fhir.ts'
import { knowledge } from '../loaded-knowledge.ts'

export interface Run {
  readonly patientId: string
  readonly sent: readonly Sent[]
  readonly incomplete: readonly string[]
  readonly now: Date
}

/** The record of what was sent; the times of the cases all name their offset, so the zone is UTC. */
export function recordOf({ patientId, sent, incomplete }: Omit<Run, 'now'>): PatientRecord {
  const answer = recordFromResources([...sent], {
    patientId,
    zone: 'UTC',
    incomplete: [...incomplete],
    unitsVerified: false,
  })
  if (!answer.ok) throw new Error(`the resources of ${patientId} were refused: ${JSON.stringify(answer)}`)
  return answer.record
}

export function assessmentOf(run: Run): Assessment {
  return assess(recordOf(run), knowledge, run.now)
}
