/** Servers in processes of their own and calls to them, for the benches of the hook. */
import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import manifest from '../package.json' with { type: 'json' }
import { prefetchOf } from '../src/demo.ts'
import { loadPublished } from '../src/published.ts'
import { asSent } from './as-sent.ts'
import { type Calls, calls, type Limit } from './calls.ts'
import { bundle, NOW } from './patients.ts'

const service = loadPublished().services.get('mineral-review')
if (!service) throw new Error('mineral-review is not published')

const call = {
  hook: 'patient-view',
  hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
  context: { userId: 'Practitioner/bench', patientId: 'bench' },
}
/** 60 results, 10 medicines, 8 conditions */
const patient = bundle(60, true)
const bodyOf = (sent: unknown) => JSON.stringify({ ...call, prefetch: prefetchOf(sent, service.prefetch) })
/** as EHRs send it, and with little else than what is read */
export const fullBody = bodyOf(asSent(patient))
export const leanBody = bodyOf(patient)
/** without prefetch: everything must be fetched */
export const bareBody = (fhirServer: string) =>
  JSON.stringify({ ...call, fhirServer, fhirAuthorization: { access_token: 'bench', token_type: 'Bearer' } })

export const ISSUER = 'https://ehr.example.org'
export const PUBLIC_URL = 'https://cds.example.org'
const SERVICE = '/cds-services/mineral-review'

export interface Peer {
  readonly name: string
  readonly child: ChildProcess
  readonly url: string
}

/** Every server runs with the flags that `npm start` gives to Node. */
const NODE_FLAGS = manifest.scripts.start.split(' ').filter((word) => word.startsWith('--'))

export async function started(
  name: string,
  kind: 'apatite' | 'guarded' | 'bare',
  message: Readonly<Record<string, unknown>> = {},
): Promise<Peer> {
  const child = fork(new URL('./hook-server.ts', import.meta.url), [kind], {
    execArgv: ['--expose-gc', ...NODE_FLAGS],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  child.send(message)
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (answer) => resolve((answer as { port: number }).port))
    child.once('exit', () => reject(new Error(`${name} did not start`)))
  })
  return { name, child, url: `http://127.0.0.1:${port}${SERVICE}` }
}

export const headers = { 'content-type': 'application/json' }

/** @param tokens one for each call; none = no Authorization header */
export function load(
  { url }: Peer,
  limit: Limit,
  tokens: Iterator<string> | null = null,
  body: string = fullBody,
): Promise<Calls> {
  return calls(url, Buffer.from(body), limit, tokens)
}

export interface Signer {
  readonly jwks: Readonly<Record<string, unknown>>
  readonly sign: () => Promise<string>
}

export async function signer(alg: 'RS384'): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const now = Math.floor(Date.parse(NOW) / 1000)
  return {
    jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: alg, alg, use: 'sig' }] },
    sign: () =>
      new SignJWT({
        iss: ISSUER,
        aud: `${PUBLIC_URL}${SERVICE}`,
        iat: now,
        exp: now + 3000,
        jti: randomUUID(),
      })
        .setProtectedHeader({ alg, kid: alg, typ: 'JWT' })
        .sign(privateKey),
  }
}

export const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
