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
  const calls = tally({
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
  const triggers = tally({
    name: 'apatite_hook_triggers_total',
    help: 'Calls by the trigger action that the EHR names (Epic)',
    labelNames: ['trigger'],
    registers,
  })
  const cards = tally({
    name: 'apatite_cards_total',
    help: 'Cards by leading rule and indicator',
    labelNames: ['rule', 'indicator'],
    registers,
  })
  const notJudged = tally({
    name: 'apatite_not_judged_total',
    help: 'Entries of not-judged lists by reason',
    labelNames: ['reason'],
    registers,
  })
  const completions = tally({
    name: 'apatite_completion_fetches_total',
    help: 'Prefetch keys fetched from FHIR servers',
    labelNames: ['key', 'outcome'],
    registers,
  })
  const failures = tally({
    name: 'apatite_trust_failures_total',
    help: 'Calls that were not let in, by kind of failure',
    labelNames: ['kind'],
    registers,
  })
  const feedback = tally({
    name: 'apatite_feedback_items_total',
    help: 'Feedback items received',
    labelNames: ['outcome'],
    registers,
  })
  return {
    registry,
    call: (service, status, seconds) => {
      calls([service, String(status)])
      latency.observe({ service }, seconds)
    },
    trigger: (trigger) => triggers([trigger]),
    cards: (shown) => {
      for (const { rule, indicator } of shown) cards([rule, indicator])
    },
    notJudged: (reasons) => {
      for (const reason of reasons) notJudged([reason])
    },
    completion: (key, outcome) => completions([key, outcome]),
    trustFailure: (kind) => failures([kind]),
    feedback: (outcome, count) => {
      if (count > 0) feedback([outcome], count)
    },
  }
}

interface Counted {
  readonly name: string
  readonly help: string
  readonly labelNames: readonly string[]
  readonly registers: Registry[]
}

/**
 * A counter whose counts are handed to the registry when somebody asks for them: a call counts a dozen things, and
 * prom-client puts all labels of each together, every time.
 *
 * @returns counts one event by the values of its labels, in the order of their names
 */
function tally(counted: Counted): (values: readonly string[], count?: number) => void {
  const counts = new Map<string, { readonly values: readonly string[]; count: number }>()
  new Counter({
    ...counted,
    collect() {
      for (const one of counts.values()) {
        if (one.count > 0) this.labels(...one.values).inc(one.count)
        one.count = 0
      }
    },
  })
  return (values, count = 1) => {
    const key = values.join('\n')
    const one = counts.get(key)
    if (one === undefined) counts.set(key, { values, count })
    else one.count += count
  }
}
