/** The forms of rules/ and evidence/, and of windows.yaml. */
import { z } from 'zod'
import { WINDOWS } from '../types.ts'
import { byUnit, text } from './members.ts'

const limit = z
  .strictObject({
    below: byUnit.optional(),
    atMost: byUnit.optional(),
    above: byUnit.optional(),
    atLeast: byUnit.optional(),
    /** id of an evidence record, or "default" for our own judgement */
    source: text,
    /** what a reviewer should know about the number */
    note: text.optional(),
  })
  .refine(
    (value) =>
      [value.below, value.atMost, value.above, value.atLeast].filter((side) => side !== undefined).length ===
      1,
    'exactly one of below, atMost, above, atLeast',
  )

const sentence = z.union([text, z.strictObject({ text, source: text })])

/** rules/<ID>.yaml */
export const ruleFile = z.strictObject({
  id: text,
  title: text,
  purpose: text,
  use: text,
  misuse: text,
  review: z.strictObject({ state: text, by: text.nullable(), on: text.nullable() }),
  sources: z.array(text),
  enabled: z.boolean().default(true),
  thresholds: z.record(text, limit).default({}),
  sentences: z.record(text, sentence).default({}),
  suggestions: z.array(text).default([]),
  overrideReasons: z.array(text).default([]),
})

/** evidence/<id>.yaml: one record per source that a rule, range or caveat cites. */
export const evidenceFile = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  citation: text,
  link: z.url().nullable(),
  kind: z.enum([
    'guideline',
    'label',
    'laboratory',
    'review',
    'study',
    'textbook',
    'safety notice',
    'web page',
    'judgement',
  ]),
  /** what it supports here, in one or two sentences */
  supports: text,
  /** how strong it is, in plain words */
  grade: text,
  /** read whole, read as an excerpt or in a copy, or not reached (to be verified) */
  read: z.enum(['whole', 'excerpt', 'not reached']),
  problems: z.array(text).default([]),
  /** true: no effect size of it may be quoted */
  internallyInconsistent: z.boolean().default(false),
})

/** windows.yaml: how old a result may be for each use (rules.md 1.6). */
export const windowsFile = z.strictObject({
  about: text,
  windows: z.record(z.enum(WINDOWS), z.strictObject({ days: z.int().positive(), for: text, source: text })),
})
