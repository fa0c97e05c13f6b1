import type { ColumnType, Generated } from 'kysely'

/** The tables of migrations.ts as kysely knows them. */
export interface Tables {
  readonly issued_card: {
    readonly card: string
    readonly service: string
    readonly patient_key: string
    readonly rule: string
    readonly indicator: string
    readonly fingerprint: string
    readonly issued_at: Date
  }
  readonly feedback: {
    readonly id: Generated<string>
    readonly digest: string
    readonly service: string
    readonly card: string
    readonly outcome: 'accepted' | 'overridden'
    readonly accepted_suggestions: ColumnType<readonly string[], string, never>
    readonly override_reason: ColumnType<unknown, string | null, never>
    readonly user_comment: string | null
    readonly outcome_at: Date
    readonly received_at: Date
  }
}
