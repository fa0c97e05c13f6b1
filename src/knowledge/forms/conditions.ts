/** The forms of conditions/ and concepts.yaml. */
import { z } from 'zod'
import { codes, edition, loinc, text } from './members.ts'

const conditionCode = z.strictObject({
  code: text,
  display: text,
  enabled: z.boolean().default(true),
  onlyWithText: text.optional(),
  notWithText: text.optional(),
  days: z.int().positive().optional(),
  historyCounts: z.boolean().default(false),
  only: edition.optional(),
  fromAge: z.int().positive().optional(),
})

/** conditions/<id>.yaml */
export const conditionFile = z.strictObject({
  id: text,
  title: text,
  usedBy: text,
  source: text,
  review: text,
  snomed: z.array(conditionCode).default([]),
  icd10: z.array(conditionCode).default([]),
  /** procedure codes (SNOMED CT, CPT, ICD-10-PCS) */
  procedures: z.array(conditionCode).default([]),
  not: z
    .strictObject({
      snomed: z.array(z.strictObject({ code: text, display: text })).default([]),
      icd10: z.array(z.strictObject({ code: text, display: text, only: edition.optional() })).default([]),
      why: text.optional(),
    })
    .optional(),
  includes: z.array(text).default([]),
  days: z.int().positive().optional(),
  words: z.array(text).default([]),
})

/** concepts.yaml */
export const conceptsFile = z.strictObject({
  about: text,
  source: text,
  pregnancyStatus: z.strictObject({ code: loinc, name: text, pregnant: codes, notPregnant: codes }),
  expectedDelivery: z.strictObject({ code: loinc, name: text }),
  gestationalAge: z.strictObject({ code: loinc, name: text }),
  haemolysed: z.strictObject({
    sample: z.strictObject({ code: loinc, name: text, positive: codes }),
    index: z.strictObject({ code: loinc, name: text }),
    specimenCondition: codes,
    words: codes,
    notWords: codes,
    denialsBefore: codes,
    denialsAfter: codes,
  }),
  wrongTubeWords: codes,
  pregnancyRange: z.strictObject({ codes, words: codes, notWords: codes }),
  sexRange: z.strictObject({ male: codes, female: codes }),
  inpatientClasses: codes,
  intensiveCare: z.strictObject({ codes }),
})
