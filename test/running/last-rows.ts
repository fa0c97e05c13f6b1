/** Rows that hold for everything that a test file did: registered as its last tests. */
import type { Caller } from './caller.ts'
import { refusalFault } from './caller.ts'
import { leakIn, leaksOf } from './markers.ts'
import type { RunningService } from './service.ts'

export interface Subject {
  readonly service: RunningService
  readonly caller: Caller
}

export function testLastRows(subject: () => Subject): void {
  test('RESP-05 every 4xx so far carried an OperationOutcome without stack, token or patient; no 5xx came', () => {
    const { answers } = subject().caller
    const failed = answers.filter(({ status }) => status >= 500)
    expect(failed.map(({ status, text }) => `${status} ${text}`)).toEqual([])
    expect(answers.map(refusalFault).filter((fault) => fault !== null)).toEqual([])
  })

  test('SEC-11 TOK-01 nothing of a patient, no token and no JWT is in what the process wrote', async () => {
    const { service, caller } = subject()
    const metrics = await caller.send('/metrics')
    expect(metrics.text).toContain('apatite_hook_calls_total')
    expect(leakIn(metrics.text)).toBeNull()
    expect(service.output()).toContain('"route":"/cds-services/:id","status":200')
    // the whole pattern, of refused calls too
    expect(service.output()).not.toMatch(/"route":"\/(?::|")/u)
    expect(leaksOf(service)).toEqual([])
  })
}
