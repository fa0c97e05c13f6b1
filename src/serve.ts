import { isLoopback, readConfig } from './config.ts'
import { createTrust, type TrustEvent } from './hooks/trust/trust.ts'
import { openStore } from './memory/store.ts'
import { createLog } from './operation/log.ts'
import { createMetrics } from './operation/metrics.ts'
import { loadPublished, workedCases } from './published.ts'
import { createApp, listen } from './server.ts'
import { knowledgePage } from './web/knowledge-page.ts'
import { casebookResults } from './web/worked-cases.ts'

/** Starts the service from the environment and stops it in good order on SIGTERM and SIGINT. */
export async function serve(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  const config = readConfig(environment)
  const { overlay } = config
  const knowledge = loadPublished({ overlay })
  const { casebook, results } = workedCases(knowledge, { overlay })
  const log = createLog(config.logLevel)
  const now = () => new Date()
  const trust =
    config.clients.length === 0
      ? null
      : createTrust({
          clients: config.clients,
          now,
          log: (event) => log[isRoutine(event) ? 'debug' : 'warn']({ trust: event }, 'client trust'),
        })
  const store = await openStore({
    dataDir: config.dataDir,
    databaseUrl: config.databaseUrl,
    failed: (error) => log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'store'),
  })
  const app = createApp({
    store,
    knowledgePage: knowledgePage(
      knowledge,
      casebookResults(casebook, results),
      overlay === null ? null : loadPublished(),
    ),
    knowledge,
    now,
    zone: config.timeZone,
    bodyLimit: config.bodyLimit,
    publicUrl: config.publicUrl,
    corsOrigins: config.corsOrigins,
    trust,
    fhirServers: config.fhirServers,
    callTimeout: config.callTimeout,
    log,
    metrics: createMetrics({ process: true }),
  })
  const listening = await listen(app, config.host, config.port)
  const stop = () => {
    void listening
      .close()
      .then(() => store.close())
      .then(() => process.exit(0))
  }
  // before the line that says where it listens: who reads it may end the service at once
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  const openness =
    trust !== null
      ? `${config.clients.length} trusted client(s)`
      : isLoopback(config.host)
        ? 'NO client trust: everybody on this machine may call'
        : 'NO client trust and open: true: EVERYBODY who reaches this address may call'
  process.stdout.write(
    `Apatite listens on ${listening.url} (knowledge ${knowledge.version}, not reviewed by a licensed clinician)\n` +
      `  ${openness}\n` +
      `  ${listening.url}/cds-services   CDS Hooks discovery\n` +
      `  ${listening.url}/knowledge      the rule book, to read and print\n` +
      `  ${listening.url}/api/assess     POST a FHIR Bundle of one patient\n`,
  )
}

/** What happens on every good day; all else is for the operator's eyes. */
function isRoutine(event: TrustEvent): boolean {
  return event.kind === 'accepted' || (event.kind === 'keys' && event.outcome === 'fetched')
}
