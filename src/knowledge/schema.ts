/**
 * The form of every file in cds-hooks/, one definition: the loader checks with it and cds-hooks/schema/ is
 * written from it (knowledge-format.md). Keys are the words a clinician reads; unknown keys are errors.
 */
import { z } from 'zod'
import { ANALYTES, BANDS, WINDOWS } from './types.ts'

const text = z.string().trim().min(1)
const unit = text
const loinc = z.string().regex(/^\d{1,7}-\d$/, 'a LOINC code such as 2601-3')
const analyte = z.enum(ANALYTES)
const byUnit = z.record(unit, z.number())
const edition = z.enum(['CM', 'WHO'])

/** A list without which the program would fall silent: an overlay that empties it is a slip. */
const someOf = <S extends z.ZodType>(what: string, item: S) =>
  z.array(item).min(1, `at least one ${what} is needed`)

/** analytes/units.yaml: canonical unit -> spellings that mean it. */
export const unitsFile = z.strictObject({
  about: text,
  units: z.record(
    unit,
    z.strictObject({ spellings: z.array(text), ucum: text.nullable(), note: text.optional() }),
  ),
})

/** analytes/names.yaml: how a foreign result is recognised as one of ours. */
export const namesFile = z.strictObject({
  about: text,
  source: text,
  words: z.array(z.strictObject({ word: text, whole: z.boolean().default(false), analyte })),
  notWords: z.array(text),
})

/** analytes/<id>.yaml */
export const analyteFile = z.strictObject({
  id: analyte,
  name: text,
  symbol: text,
  about: text,
  /** false: no rule reads it yet; results of it that cannot be used are not listed as not judged */
  readByRules: z.boolean().default(true),
  molarMass: z.number().optional(),
  valence: z.number().optional(),
  canonical: unit,
  units: z.record(
    unit,
    z.strictObject({
      /** to the canonical unit; left out for the canonical unit and for decimal multiples */
      factor: z.number().positive().optional(),
      /** a decimal multiple of this unit, by this power of ten: umol/L is { of: mmol/L, power: -3 } */
      of: unit.optional(),
      power: z.int().optional(),
      decimals: z.int().min(0).max(6),
      source: text,
    }),
  ),
  allowed: z.array(
    z.strictObject({
      code: loinc,
      name: text,
      part: z.enum(['total', 'd3', 'd2']).optional(),
      shownOnly: z.boolean().optional(),
      dialysis: z.enum(['pre', 'post']).optional(),
      source: text,
    }),
  ),
  refused: z.array(
    z.strictObject({
      code: loinc,
      name: text,
      because: text,
      /** how the not-judged list calls it; `nothing` = counted, never listed */
      list: z.enum(['not-serum', 'unlisted-code', 'nothing']),
    }),
  ),
  hardLimits: z.strictObject({ low: z.number(), high: z.number(), unit, source: text }).optional(),
  zones: z
    .array(
      z.strictObject({
        unit,
        low: z.number(),
        high: z.number(),
        couldBe: z.array(z.strictObject({ unit, analyte: analyte.optional() })).min(1),
        alwaysAsked: z.boolean().default(false),
        skippedWhenClearanceIsLow: z.boolean().default(false),
        skippedWithMagnesiumSource: z.boolean().default(false),
        source: text,
      }),
    )
    .default([]),
  rangeFactor: z.strictObject({ factor: z.number().gt(1), source: text }).optional(),
})

/** reference-ranges/*.yaml */
export const rangesFile = z.strictObject({
  about: text,
  applies: z.enum(['adult', 'pregnant', 'child']),
  ranges: z.array(
    z.strictObject({
      analyte,
      years: z.strictObject({ from: z.number().min(0), to: z.number().max(18) }).optional(),
      sex: z.enum(['male', 'female']).optional(),
      low: byUnit.default({}),
      high: byUnit.default({}),
      source: text,
      /** set for rows that a site's overlay gives */
      site: z.boolean().default(false),
    }),
  ),
})

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

/** drugs/drugs.yaml */
export const drugsFile = z.strictObject({
  about: text,
  drugs: someOf(
    'drug',
    z.strictObject({
      drug: text,
      names: z.array(text).min(1),
      roles: z.array(text),
      atc: z.array(text).default([]),
      rxnorm: z.array(z.strictObject({ rxcui: text, foundIn: text })).default([]),
    }),
  ),
})

/** drugs/groups.yaml */
export const drugGroupsFile = z.strictObject({
  about: text,
  groups: z.array(
    z.strictObject({
      id: text,
      title: text,
      atc: z.array(text).default([]),
      exceptAtc: z.array(text).default([]),
      roles: z.array(text).default([]),
      source: text,
    }),
  ),
})

/** drugs/matching.yaml: false friends, routes and feeding. */
export const drugMatchingFile = z.strictObject({
  about: text,
  source: text,
  falseFriends: z.array(text),
  /** classes that are topical, eye, ear, nasal or inhaled as a whole */
  localAtc: z.array(text).default(['D', 'S', 'A01', 'G01', 'R01', 'R02', 'R03A', 'R03B']),
  localRoutes: z.array(z.strictObject({ code: text, display: text })),
  localWords: z.array(text),
  parenteralRoutes: z.array(z.strictObject({ code: text, display: text })),
  parenteralWords: z.array(text),
  feeding: z.strictObject({
    atc: z.array(text),
    exceptAtc: z.array(text),
    words: z.array(text),
    notWords: z.array(text),
  }),
})

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

const codes = z.array(text)

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

/** windows.yaml: how old a result may be for each use (rules.md 1.6). */
export const windowsFile = z.strictObject({
  about: text,
  windows: z.record(z.enum(WINDOWS), z.strictObject({ days: z.int().positive(), for: text, source: text })),
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
