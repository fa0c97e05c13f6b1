import { readConfig } from './config.ts'
import { loadPublished } from './published.ts'
import { createApp, listen } from './server.ts'

/** Starts the service from the environment and stops it in good order on SIGTERM and SIGINT. */
export async function serve(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  const config = readConfig(environment)
  const knowledge = loadPublished()
  const app = createApp({ knowledge, zone: config.timeZone, bodyLimit: config.bodyLimit })
  const listening = await listen(app, config.host, config.port)
  process.stdout.write(
    `Apatite listens on ${listening.url} (knowledge ${knowledge.version}, not reviewed by a licensed clinician)\n` +
      `  ${listening.url}/cds-services   CDS Hooks discovery\n` +
      `  ${listening.url}/api/assess     POST a FHIR Bundle of one patient\n`,
  )
  const stop = () => {
    void listening.close().then(() => process.exit(0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}
