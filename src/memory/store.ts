import path from 'node:path'
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely'
import { type Feedback, feedbackOf } from './feedback.ts'
import { type IssuedCards, issuedCards } from './issued.ts'
import { lockDirectory } from './lock.ts'
import { migrate } from './migrations.ts'
import { installationSecret, patientKeyOf } from './secret.ts'
import type { Tables } from './tables.ts'

export interface StoreOptions {
  /** the embedded database and the installation's secret */
  readonly dataDir: string
  /** a PostgreSQL instead of the embedded database */
  readonly databaseUrl: string | null
  /** told of what fails behind the answers */
  readonly failed: (error: unknown) => void
}

/** What the service remembers. Patients are in it as keyed hashes only. */
export interface Store {
  readonly patientKey: (patientId: string) => string
  readonly issued: IssuedCards
  readonly feedback: Feedback
  /** does the database answer? never rejects */
  readonly ready: () => Promise<boolean>
  /** writes what is waiting and lets go of the database */
  readonly close: () => Promise<void>
}

/**
 * Opens PostgreSQL, or the PostgreSQL that runs inside this process (PGlite), and brings its tables up to date.
 *
 * @throws StoreError if it cannot be had
 */
export async function openStore({ dataDir, databaseUrl, failed }: StoreOptions): Promise<Store> {
  let unlock = () => {}
  try {
    const secret = installationSecret(dataDir)
    if (databaseUrl === null) unlock = lockDirectory(dataDir)
    const database = new Kysely<Tables>({
      dialect: await (databaseUrl === null
        ? embedded(path.join(dataDir, 'database'))
        : server(databaseUrl, failed)),
    })
    await migrate(database as unknown as Kysely<never>)
    const issued = issuedCards(database, failed)
    return {
      patientKey: (patientId) => patientKeyOf(secret, patientId),
      issued,
      feedback: feedbackOf(database),
      ready: async () => {
        try {
          await sql`select 1`.execute(database)
          return true
        } catch {
          return false
        }
      },
      close: async () => {
        await issued.flush().catch(failed)
        await database.destroy()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw new StoreError(databaseUrl === null ? 'dataDir' : 'databaseUrl', error)
  }
}

/** The database cannot be had; the text never holds the URL, which may hold a password. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code = 'STORE_UNAVAILABLE'
  constructor(key: string, cause: unknown) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const reason = code || (cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : 'unknown')
    super(`${key}: the database cannot be opened (${reason})`)
  }
}

async function embedded(folder: string): Promise<PGliteDialect> {
  const { PGlite } = await import('@electric-sql/pglite')
  return new PGliteDialect({ pglite: await PGlite.create(folder) })
}

async function server(connectionString: string, failed: (error: unknown) => void): Promise<PostgresDialect> {
  const { Pool } = (await import('pg')).default
  const pool = new Pool({ connectionString, max: 5, connectionTimeoutMillis: 5000 })
  // an idle connection that breaks must not end the process
  pool.on('error', failed)
  return new PostgresDialect({ pool })
}
