import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'

/** Plain SQL, oldest first; a migration that has been released is never changed, another one is added. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-cards-and-feedback': {
    up: async (database: Kysely<unknown>) => {
      await sql`
        create table issued_card (
          card text primary key,
          service text not null,
          patient_key text not null,
          rule text not null,
          indicator text not null,
          fingerprint text not null,
          issued_at timestamptz not null
        )`.execute(database)
      await sql`
        create table feedback (
          id bigint generated always as identity primary key,
          digest text not null unique,
          service text not null,
          card text not null,
          outcome text not null check (outcome in ('accepted', 'overridden')),
          accepted_suggestions jsonb not null,
          override_reason jsonb,
          user_comment text,
          outcome_at timestamptz not null,
          received_at timestamptz not null
        )`.execute(database)
      await sql`create index feedback_received on feedback (received_at, id)`.execute(database)
    },
  },
}

/** Brings the tables up to date. @throws what the database refused */
export async function migrate(database: Kysely<never>): Promise<void> {
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => ({ ...MIGRATIONS }) },
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}
