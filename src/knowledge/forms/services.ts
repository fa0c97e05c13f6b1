/** The forms of services/, of an overlay's name and of the version. */
import { z } from 'zod'
import { someOf, text } from './members.ts'

/** services/<id>.yaml */
export const serviceFile = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9._~-]+$/),
  hook: text,
  title: text,
  description: text,
  usage: text,
  prefetch: someOf(
    'query',
    z.strictObject({
      key: text,
      template: text,
      essential: z.boolean(),
      purpose: text,
      /** the window that a full page must reach back to; a shorter one is told as incomplete (prefetch.md) */
      coversDays: z.int().positive().optional(),
    }),
  ),
})

/** site.yaml of an overlay: what the site calls it. */
export const siteFile = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]{1,40}$/, 'small letters, digits and hyphens'),
  about: text,
})

/** version.yaml */
export const versionFile = z.strictObject({
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'semver such as 1.0.0'),
})
