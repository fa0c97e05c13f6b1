import type { ServiceKnowledge } from '../knowledge/types.ts'
import { Problem } from './problem.ts'

/** A CDS Hooks request, read as far as this service uses it (cds-hooks.md 2). Unknown members are ignored. */
export interface HookCall {
  readonly hookInstance: string
  readonly context: PatientViewContext
  readonly prefetch: Readonly<Record<string, unknown>>
  readonly fhirServer: string | null
  readonly token: string | null
  /** what the reader did, where the EHR says so: Epic's trigger action ("60" opens a chart, "23" signs orders) */
  readonly trigger: string | null
}

export interface PatientViewContext {
  readonly userId: string
  /** the bare id */
  readonly patientId: string
  readonly encounterId: string | null
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu

type Body = Readonly<Record<string, unknown>>

/**
 * Reads the body of a call to a service.
 *
 * @param body anything that came as JSON
 * @throws Problem 400 naming the member that is missing or wrong
 */
export function readHookCall(body: unknown, service: ServiceKnowledge): HookCall {
  if (!isObject(body)) throw new Problem('body-invalid', 'the body must be a JSON object')
  const hook = text(body, 'hook')
  const hookInstance = text(body, 'hookInstance')
  if (!UUID.test(hookInstance))
    throw new Problem('body-invalid', 'hookInstance must be a UUID', 'hookInstance')
  if (hook !== service.hook) {
    throw new Problem('hook-mismatch', `this service answers the hook ${service.hook}`, 'hook')
  }
  const { context, prefetch } = body
  if (!isObject(context)) throw new Problem('context-invalid', 'context must be an object', 'context')
  if (prefetch !== undefined && prefetch !== null && !isObject(prefetch)) {
    throw new Problem('body-invalid', 'prefetch must be an object of key and resource', 'prefetch')
  }
  return {
    hookInstance,
    context: {
      userId: contextText(context, 'userId'),
      patientId: bareId(contextText(context, 'patientId')),
      encounterId: typeof context.encounterId === 'string' ? context.encounterId : null,
    },
    prefetch: prefetch ?? {},
    ...fhirAccess(body),
    trigger: triggerOf(body),
  }
}

const TRIGGER = 'com.epic.cdshooks.request.bpa-trigger-action'

/** patient-view stands for actions without a hook of their own, too (cds-hooks.md 6); anything but a short number is none. */
function triggerOf({ extension }: Body): string | null {
  const sent = isObject(extension) ? extension[TRIGGER] : undefined
  return typeof sent === 'string' && /^\d{1,3}$/u.test(sent) ? sent : null
}

/** A token without a server is unusable; a server without a token may be open. */
function fhirAccess({ fhirServer, fhirAuthorization }: Body): Pick<HookCall, 'fhirServer' | 'token'> {
  const server = typeof fhirServer === 'string' && fhirServer !== '' ? fhirServer : null
  const token =
    isObject(fhirAuthorization) && typeof fhirAuthorization.access_token === 'string'
      ? fhirAuthorization.access_token
      : null
  return { fhirServer: server, token: server === null ? null : token }
}

function text(body: Body, member: string): string {
  const value = body[member]
  if (typeof value !== 'string' || value === '') {
    throw new Problem('body-invalid', `${member} must be a non-empty string`, member)
  }
  return value
}

function contextText(context: Body, member: string): string {
  const value = context[member]
  if (typeof value !== 'string' || value.trim() === '') {
    throw new Problem('context-invalid', `${member} must be a non-empty string`, `context.${member}`)
  }
  return value
}

/** patientId is a bare id; "Patient/p1" is met in the wild and means the same. */
function bareId(id: string): string {
  return id.startsWith('Patient/') ? id.slice('Patient/'.length) : id
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
