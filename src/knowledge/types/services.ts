/** What services/ says: the CDS services and what they ask the EHR for. */

/** One published CDS service: what discovery answers. */
export interface ServiceKnowledge {
  readonly id: string
  readonly hook: string
  readonly title: string
  readonly description: string
  readonly usage: string
  readonly prefetch: readonly PrefetchKey[]
}

export interface PrefetchKey {
  readonly key: string
  readonly template: string
  readonly essential: boolean
  readonly purpose: string
  readonly coversDays?: number | undefined
}
