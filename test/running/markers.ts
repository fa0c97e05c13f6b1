/** Recognisable values in place of everything of a patient, so that a leak can be searched for. */
import { filesIn, type RunningService } from './service.ts'

export const NAME = 'ZZNAME'
export const RECORD_NUMBER = 'ZZMRN'
export const NOTE = 'ZZTEXT'
export const TOKEN = 'ZZTOKEN'
/** every id of a patient's resources begins so */
export const ID = 'ZZID'
/** the decimals of the marked results; no threshold and no knowledge file has them */
export const DECIMALS = '1937'

/** Markers, and anything that is a JWT. */
const OF_A_PATIENT = /ZZ(?:NAME|MRN|TEXT|ID)|\d\.\d1937/u
const OF_ACCESS = /ZZTOKEN|eyJ[\w-]{8,}\./u

/** The first marker in a text, or null: error bodies and what the process writes must have none. */
export function leakIn(text: string): string | null {
  return OF_A_PATIENT.exec(text)?.[0] ?? OF_ACCESS.exec(text)?.[0] ?? null
}

export function accessLeakIn(text: string): string | null {
  return OF_ACCESS.exec(text)?.[0] ?? null
}

/** Where a marker stands in what a service wrote: "stdout" or a path. The database may hold what feedback needs, never access. */
export function leaksOf({ output, dataDir }: Pick<RunningService, 'output' | 'dataDir'>): readonly string[] {
  const said = leakIn(output())
  const files = filesIn(dataDir).flatMap(({ path, isDatabase, text }) => {
    const leak = isDatabase ? accessLeakIn(text) : leakIn(text)
    return leak === null ? [] : [`${path}: ${leak}`]
  })
  return [...(said === null ? [] : [`stdout or stderr: ${said}`]), ...files]
}
