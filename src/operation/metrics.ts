import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** What an operator watches. Labels are rule ids, reasons and kinds: never anything of a patient or a client. */
export interface Metrics {
  readonly registry: Registry
  readonly call: (service: string, status: number, seconds: number) => void
  /** which action of the reader called, where the EHR says so */
  readonly trigger: (code: string) => void
  readonly cards: (cards: readonly { readonly rule: string; readonly indicator: string }[]) => void
  readonly notJudged: (reasons: readonly string[]) => void
  readonly completion: (key: string, outcome: 'ok' | 'failed') => void
  readonly trustFailure: (kind: string) => void
  readonly feedback: (outcome: 'stored' | 'repeated' | 'unmatched', count: number) => void
}

/** A registry of its own for each app, so that two apps in one process (tests) do not add up. */
export function createMetrics(options: { process: boolean } = { process: false }): Metrics {
  const registry = new Registry()
  const registers = [registry]
  if (options.process) collectDefaultMetrics({ register: registry, prefix: 'apatite_' })
  const calls = new Counter({
    name: 'apatite_hook_calls_total',
    help: 'Calls of CDS services by status',
    labelNames: ['service', 'status'],
    registers,
  })
  const latency = new Histogram({
    name: 'apatite_hook_seconds',
    help: 'Time from the arrival of a call to its answer',
    labelNames: ['service'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const triggers = new Counter({
    name: 'apatite_hook_triggers_total',
    help: 'Calls by the trigger action that the EHR names (Epic)',
    labelNames: ['trigger'],
    registers,
  })
  const cards = new Counter({
    name: 'apatite_cards_total',
    help: 'Cards by leading rule and indicator',
    labelNames: ['rule', 'indicator'],
    registers,
  })
  const notJudged = new Counter({
    name: 'apatite_not_judged_total',
    help: 'Entries of not-judged lists by reason',
    labelNames: ['reason'],
    registers,
  })
  const completions = new Counter({
    name: 'apatite_completion_fetches_total',
    help: 'Prefetch keys fetched from FHIR servers',
    labelNames: ['key', 'outcome'],
    registers,
  })
  const failures = new Counter({
    name: 'apatite_trust_failures_total',
    help: 'Calls that were not let in, by kind of failure',
    labelNames: ['kind'],
    registers,
  })
  const feedback = new Counter({
    name: 'apatite_feedback_items_total',
    help: 'Feedback items received',
    labelNames: ['outcome'],
    registers,
  })
  return {
    registry,
    call: (service, status, seconds) => {
      calls.inc({ service, status: String(status) })
      latency.observe({ service }, seconds)
    },
    trigger: (trigger) => triggers.inc({ trigger }),
    cards: (shown) => {
      for (const { rule, indicator } of shown) cards.inc({ rule, indicator })
    },
    notJudged: (reasons) => {
      for (const reason of reasons) notJudged.inc({ reason })
    },
    completion: (key, outcome) => completions.inc({ key, outcome }),
    trustFailure: (kind) => failures.inc({ kind }),
    feedback: (outcome, count) => {
      if (count > 0) feedback.inc({ outcome }, count)
    },
  }
}
