import type { Knowledge } from '../knowledge/types.ts'

/** What GET /cds-services answers (cds-hooks.md 1): the published services, without empty members. */
export function discovery({ services }: Knowledge): Readonly<Record<string, unknown>> {
  return {
    services: [...services.values()].map(({ id, hook, title, description, usage, prefetch }) => ({
      hook,
      title,
      description,
      id,
      usageRequirements: usage,
      ...(prefetch.length > 0
        ? { prefetch: Object.fromEntries(prefetch.map(({ key, template }) => [key, template])) }
        : {}),
    })),
  }
}
