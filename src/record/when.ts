/**
 * A point in time as precise as it was sent: an instant, or a whole day, month or year of the source's zone.
 * Nothing is filled in: a day stays a day (rules.md 1.1).
 */
export interface When {
  readonly precision: 'instant' | 'day' | 'month' | 'year'
  /** first and last millisecond of the span (equal for an instant) */
  readonly from: number
  readonly to: number
  /** first and last calendar day of the span, counted from 1970-01-01, as written (no zone applied to them) */
  readonly day: number
  readonly lastDay: number
  /** as it was sent */
  readonly text: string
}
