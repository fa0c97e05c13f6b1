/** Row TLS-01 of cds-hooks.md 13, and the process itself: start, stop, slow clients, a short soak. */
import { connect, type Socket } from 'node:net'
import { type Caller, caller, cardsIn, SERVICE } from './caller.ts'
import { type FhirStub, fhirStub } from './fhir-stub.ts'
import { testLastRows } from './last-rows.ts'
import { leaksOf } from './markers.ts'
import { person } from './resources.ts'
import { cleanUp, launch, type RunningService, type Settings, startService } from './service.ts'
import { soak } from './soak-run.ts'

let service: RunningService
let ehr: Caller
let slow: readonly Slow[]

/** A connection that sends one byte now and then. */
interface Slow {
  readonly name: string
  /** longest time that it may be kept, ms */
  readonly patience: number
  readonly cut: Promise<{ ms: number; heard: string }>
  readonly end: () => void
}

function slowClient(name: string, head: string, patience: number): Slow {
  const { port } = new URL(service.url)
  const start = performance.now()
  const socket: Socket = connect(Number(port), '127.0.0.1', () => socket.write(head))
  const drip = setInterval(() => head !== '' && socket.writable && socket.write('x'), 400)
  let heard = ''
  socket.on('data', (data) => {
    heard += data.toString()
  })
  socket.on('error', () => undefined)
  const cut = new Promise<{ ms: number; heard: string }>((resolve) => {
    socket.once('close', () => {
      clearInterval(drip)
      resolve({ ms: performance.now() - start, heard })
    })
  })
  return { name, patience, cut, end: () => socket.destroy() }
}

beforeAll(async () => {
  service = await startService()
  ehr = await caller(service)
  const start = `POST ${SERVICE} HTTP/1.1\r\nhost: x\r\n`
  // they run beside all other tests of this file, which must not notice
  slow = [
    slowClient('headers', `${start}x-slow: `, 15_000),
    slowClient(
      'body',
      `${start}content-type: application/json\r\ncontent-length: 100000\r\n\r\n{"x":"`,
      35_000,
    ),
    slowClient('silence', '', 15_000),
  ]
})
afterAll(async () => {
  for (const { end } of slow) end()
  await cleanUp()
})

describe('TLS-01 plain http is for loopback, unless it is said who may call', () => {
  const refusedWith = async (settings: Settings, environment: Record<string, string> = {}) => {
    const { exited, output } = launch(settings, environment)
    const { code } = await exited
    expect(output()).not.toContain('listens')
    expect(output()).not.toMatch(/\n\s+at /u)
    return { code, output: output() }
  }

  test('0.0.0.0 without clients and without open: true is refused, whichever way it is said', async () => {
    for (const [settings, environment] of [
      [{ host: '0.0.0.0' }, {}],
      [{}, { HOST: '0.0.0.0' }],
      [{ host: '::' }, {}],
    ] as const) {
      const { code, output } = await refusedWith(settings, environment)
      expect(code).toBe(2)
      expect(output).toContain('open: true')
    }
  })

  test('with open: true it starts, and says that everybody may call', async () => {
    const open = await startService({ host: '0.0.0.0' }, { APATITE_OPEN: 'true' })
    expect(open.output()).toContain('EVERYBODY')
    expect(await open.stop()).toEqual({ code: 0, signal: null })
  })

  test('a configuration that is wrong is refused whole: exit 2, every problem with its line', async () => {
    const { code, output } = await refusedWith({ host: '0.0.0.0', prot: 1, cors: { origins: 'x' } })
    expect(code).toBe(2)
    expect(output).toMatch(/apatite\.yaml:\d+: prot/u)
    expect(output).toMatch(/apatite\.yaml:\d+: cors\.origins/u)
  })

  test('clients without a public URL, or with a key file that is none: exit 2', async () => {
    const client = { issuer: 'https://ehr.example.org', jwks: './none.json' }
    const { code, output } = await refusedWith({ clients: [client] })
    expect(code).toBe(2)
    expect(output).toContain('publicUrl')
    expect(output).toContain('key file')
  })
})

describe('the end of the process', () => {
  let stub: FhirStub
  beforeAll(async () => {
    stub = await fhirStub(person().held)
  })
  afterAll(() => stub.close())

  const late: FhirStub['behave'] = (url, response) => {
    if (!url.includes('|2601-3')) return false
    setTimeout(() => {
      response.writeHead(200, { 'content-type': 'application/fhir+json' })
      response.end(
        JSON.stringify({ resourceType: 'Bundle', type: 'searchset', entry: person().held.slice(1) }),
      )
    }, 1000)
    return true
  }

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'on %s the call in flight is finished, new ones are refused, and the exit code is 0',
    async (signal) => {
      stub.behave = late
      const ending = await startService({ fhirServers: [stub.base] })
      const client = await caller(ending)
      const inFlight = client.post(client.bare(stub.base))
      await new Promise((resolve) => setTimeout(resolve, 300))
      ending.signal(signal)
      await new Promise((resolve) => setTimeout(resolve, 100))
      await expect(fetch(`${ending.url}/health/live`, { headers: { connection: 'close' } })).rejects.toThrow()
      const start = performance.now()
      const answer = await inFlight
      expect(answer.status).toBe(200)
      expect(cardsIn(answer)).toHaveLength(1)
      expect(await ending.exited).toEqual({ code: 0, signal: null })
      expect(performance.now() - start).toBeLessThan(8000)
      expect(leaksOf(ending)).toEqual([])
    },
  )

  test('with nothing in flight it ends at once, idle connections or not', async () => {
    const ending = await startService()
    await (await caller(ending)).send('/health/ready')
    const start = performance.now()
    expect(await ending.stop()).toEqual({ code: 0, signal: null })
    expect(performance.now() - start).toBeLessThan(1500)
  })

  test('a client that goes away in the middle harms nobody', async () => {
    stub.behave = late
    const shared = await startService({ fhirServers: [stub.base] })
    const client = await caller(shared)
    const gone = Array.from({ length: 10 }, () =>
      fetch(`${shared.url}${SERVICE}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(client.bare(stub.base)),
        signal: AbortSignal.timeout(200),
      }).catch(() => 'gone'),
    )
    expect(await Promise.all(gone)).toEqual(gone.map(() => 'gone'))
    expect((await client.post(client.body())).status).toBe(200)
    expect((await shared.stop()).code).toBe(0)
    expect(leaksOf(shared)).toEqual([])
  })
})

test('what is no HTTP gets a 400 and harms nobody', async () => {
  const { port } = new URL(service.url)
  for (const bytes of [
    '\r\n\r\n',
    'GET\r\n\r\n',
    '\u0016\u0003\u0001',
    `GET /${'x'.repeat(40_000)} HTTP/1.1\r\n\r\n`,
  ]) {
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.end(bytes))
      socket.on('error', () => resolve())
      socket.on('close', () => resolve())
      socket.resume()
    })
  }
  expect((await ehr.post(ehr.body())).status).toBe(200)
})

test('a soak of 1,500 bodies: no 5xx, no crash, no error in the log, nothing of a patient in it', async () => {
  const { faults, sent, statuses } = await soak({ count: 1500, seed: 7 })
  expect(faults).toEqual([])
  expect(sent).toBe(1500)
  expect(statuses['200']).toBeGreaterThan(600)
})

describe('a client that sends by the byte', () => {
  test('others are answered without delay', async () => {
    const { ms, status } = await ehr.post(ehr.body())
    expect(status).toBe(200)
    expect(ms).toBeLessThan(500)
  })

  test.each([0, 1, 2])('is cut off (%i)', async (index) => {
    const one = slow[index]
    if (one === undefined) throw new Error('no such client')
    const { ms, heard } = await one.cut
    expect({ name: one.name, inTime: ms < one.patience }).toEqual({ name: one.name, inTime: true })
    if (heard !== '') expect(heard).toMatch(/^HTTP\/1\.1 4\d\d /u)
  })
})

testLastRows(() => ({ service, caller: ehr }))
