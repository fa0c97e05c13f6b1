/** The forms of drugs/. */
import { z } from 'zod'
import { someOf, text } from './members.ts'

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
