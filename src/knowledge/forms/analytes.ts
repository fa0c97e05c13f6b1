/** The forms of analytes/ and reference-ranges/. */
import { z } from 'zod'
import { analyte, byUnit, loinc, text, unit } from './members.ts'

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
