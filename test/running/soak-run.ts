/** The soak: many odd bodies through one keep-alive client; nothing may fail, and nothing may be told. */
import { Agent, request } from 'node:http'
import { SERVICE } from './caller.ts'
import { leakIn, leaksOf } from './markers.ts'
import { type RunningService, startService } from './service.ts'
import { soakBodies } from './soak-bodies.ts'

export interface Soaked {
  readonly sent: number
  readonly seconds: number
  readonly statuses: Readonly<Record<string, number>>
  /** what must not be; empty when all is well */
  readonly faults: readonly string[]
}

export interface SoakOptions {
  readonly count: number
  readonly seed: number
  readonly progress?: (sent: number, seconds: number) => void
}

const CONNECTIONS = 6
const MOST_FAULTS = 20
/** after every so many bodies progress is told */
const STEP = 10_000

export async function soak({ count, seed, progress = () => undefined }: SoakOptions): Promise<Soaked> {
  const service = await startService()
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const statuses: Record<string, number> = {}
  const faults: string[] = []
  const start = performance.now()
  const seconds = () => (performance.now() - start) / 1000
  let sent = 0
  try {
    const templates = await templatesOf(service)
    const bodies = soakBodies(templates, seed)
    const worker = async () => {
      while (sent < count && faults.length < MOST_FAULTS) {
        sent += 1
        const number = sent
        const body = bodies.next()
        const { status, text } = await post(agent, `${service.url}${SERVICE}`, body)
        statuses[status] = (statuses[status] ?? 0) + 1
        const leak = status >= 400 ? leakIn(text) : null
        if (status >= 500 || status === 0) faults.push(`${status}: ${body.slice(0, 4000)}`)
        else if (leak !== null) faults.push(`${status} tells ${leak}: ${body.slice(0, 4000)}`)
        if (number % STEP === 0) progress(number, seconds())
      }
    }
    await Promise.all(Array.from({ length: CONNECTIONS }, worker))
    const exit = await service.stop()
    if (exit.code !== 0) faults.push(`the process ended with ${JSON.stringify(exit)}`)
    faults.push(...leaksOf(service))
    if (/unhandled|uncaught|"level":50|\n\s+at /iu.test(service.output()))
      faults.push('the process wrote of an error')
  } finally {
    agent.destroy()
    service.signal('SIGKILL')
  }
  return { sent, seconds: seconds(), statuses, faults }
}

async function templatesOf({ url }: RunningService): Promise<Readonly<Record<string, string>>> {
  const { services } = (await (await fetch(`${url}/cds-services`)).json()) as {
    services: readonly { prefetch?: Record<string, string> }[]
  }
  return services[0]?.prefetch ?? {}
}

/** status 0: no answer came */
function post(agent: Agent, url: string, body: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const outgoing = request(
      url,
      {
        agent,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
        )
        response.on('error', (error) => resolve({ status: 0, text: error.message }))
      },
    )
    outgoing.on('error', (error) => resolve({ status: 0, text: error.message }))
    outgoing.end(body)
  })
}
