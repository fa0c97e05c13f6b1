/** The forms of what a card offers and says around it: suggestions, rechecks, override reasons, wording. */
import { z } from 'zod'
import { analyte, someOf, text } from './members.ts'

const codingList = z
  .array(z.strictObject({ system: z.enum(['loinc', 'snomed']), code: text, display: text }))
  .min(1)

/**
 * suggestions.yaml: tests that a card may offer as drafts (value-sets.md 6). `mass` codes where the site reports
 * the analyte in mg/dL, ng/mL or pg/mL, `molar` codes else; one list where they do not differ.
 */
export const suggestionsFile = z.strictObject({
  about: text,
  source: text,
  suggestions: z.record(
    text,
    z.strictObject({
      label: text,
      /** whose unit decides between mass and molar codes */
      analyte: analyte.optional(),
      codes: z.union([codingList, z.strictObject({ mass: codingList, molar: codingList })]),
      /** tests that this one already holds: they are not offered beside it */
      covers: z.array(text).default([]),
      /** a referral: its text says to whom */
      textOnly: z.boolean().default(false),
    }),
  ),
})

const interval = z.strictObject({
  /** as the card says it: "within 12-24 hours" */
  text,
  /** for the draft's timing, counted from now; left out where only words fit ("next session") */
  from: z.number().positive().optional(),
  to: z.number().positive().optional(),
  unit: z.enum(['h', 'd', 'wk', 'mo']).optional(),
})

/** recheck.yaml: when to measure again, by rule, level, setting and kidney band (value-sets.md 7). */
export const recheckFile = z.strictObject({
  about: text,
  source: text,
  rows: someOf(
    'row',
    z.strictObject({
      rules: z.array(text).min(1),
      /** only for findings at this level; left out: all others */
      indicator: z.literal('critical').optional(),
      inpatient: z.strictObject({ normal: interval, low: interval }).nullable(),
      outpatient: z.strictObject({ normal: interval, moderate: interval, low: interval }).nullable(),
      dialysis: interval.nullable(),
    }),
  ),
})

/** override-reasons.yaml: why a user may put a card aside (value-sets.md 8), in the order in which they are shown. */
export const overrideReasonsFile = z.strictObject({
  about: text,
  source: text,
  system: z.url().or(z.string().startsWith('urn:')),
  reasons: z.array(z.strictObject({ code: z.string().regex(/^[a-z-]+$/), display: text })),
})

/** wording.yaml: the frame of all cards. */
export const wordingFile = z.strictObject({ about: text, source: text, sentences: z.record(text, text) })
