/**
 * What goes wrong at the HTTP doors, as a class with a stable code (docs/reference/errors.md). The text names
 * the place and what was expected there, never a value that was sent (no patient data in errors).
 */
export const PROBLEMS = {
  'body-not-json': { status: 400, issue: 'structure' },
  'body-invalid': { status: 400, issue: 'structure' },
  'hook-mismatch': { status: 400, issue: 'value' },
  'context-invalid': { status: 400, issue: 'required' },
  'patient-mismatch': { status: 400, issue: 'conflict' },
  'query-invalid': { status: 400, issue: 'value' },
  // answered with an empty body
  unauthorized: { status: 401, issue: 'security' },
  'service-unknown': { status: 404, issue: 'not-found' },
  'not-found': { status: 404, issue: 'not-found' },
  'method-not-allowed': { status: 405, issue: 'not-supported' },
  'prefetch-missing': { status: 412, issue: 'processing' },
  'body-too-large': { status: 413, issue: 'too-long' },
  'media-type': { status: 415, issue: 'not-supported' },
  'bundle-invalid': { status: 422, issue: 'structure' },
  'request-timeout': { status: 408, issue: 'timeout' },
  internal: { status: 500, issue: 'exception' },
} as const
export type ProblemCode = keyof typeof PROBLEMS

export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  /** where in the request: "context.patientId", "prefetch.minerals", "Bundle.entry[3].resource" */
  readonly places: readonly string[]
  constructor(code: ProblemCode, detail: string, ...places: readonly string[]) {
    super(detail)
    this.code = code
    this.places = places
  }
  get status(): number {
    return PROBLEMS[this.code].status
  }
}

/** The FHIR R4 OperationOutcome that a problem answers with. */
export function operationOutcome(problem: Problem): Readonly<Record<string, unknown>> {
  const { issue } = PROBLEMS[problem.code]
  const { places } = problem
  return {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: 'error',
        code: issue,
        details: {
          coding: [{ system: 'urn:apatite:error', code: problem.code }],
          text: problem.message,
        },
        ...(places.length === 0 ? {} : { diagnostics: places.join(', '), expression: places }),
      },
    ],
  }
}
