/** The forms of kidney/. */
import { z } from 'zod'
import { BANDS } from '../types.ts'
import { loinc, text } from './members.ts'

/** kidney/status.yaml */
export const kidneyFile = z.strictObject({
  about: text,
  methods: z.array(
    z.strictObject({
      code: loinc,
      method: text,
      rank: z.int().positive(),
      confidence: z.enum(['high', 'low']),
      sex: z.enum(['male', 'female']).optional(),
      children: z.boolean().default(false),
      source: text,
    }),
  ),
  bands: z.array(z.strictObject({ band: z.enum(BANDS), meaning: text })),
  recency: z.strictObject({
    outpatientMonths: z.strictObject({ normal: z.number(), moderate: z.number(), severe: z.number() }),
    inpatientHours: z.strictObject({ normal: z.number(), moderate: z.number(), severe: z.number() }),
    source: text,
  }),
})

/** kidney/caveats.yaml: topic -> band -> text. `not-applicable` is split into child and pregnancy. */
const caveatBands = z.enum([
  ...BANDS.filter((band) => band !== 'not-applicable'),
  'not-applicable:child',
  'not-applicable:pregnancy',
])
const caveatText = z.strictObject({ text, source: text })
export const caveatsFile = z.strictObject({
  about: text,
  review: text,
  topics: z.record(text, z.partialRecord(caveatBands, caveatText)),
  /** fixed phrases: child lines, transplant lines, "recheck before acting" */
  phrases: z.record(text, caveatText),
})
