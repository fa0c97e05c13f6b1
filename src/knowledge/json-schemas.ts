import { z } from 'zod'
import * as files from './schema.ts'

/** Which form a file has: the first pattern that fits its path. */
const FORMS: readonly (readonly [name: string, pattern: RegExp, form: z.ZodType])[] = [
  ['version', /^version\.yaml$/u, files.versionFile],
  ['units', /^analytes\/units\.yaml$/u, files.unitsFile],
  ['names', /^analytes\/names\.yaml$/u, files.namesFile],
  ['analyte', /^analytes\//u, files.analyteFile],
  ['ranges', /^reference-ranges\//u, files.rangesFile],
  ['condition', /^conditions\//u, files.conditionFile],
  ['drugs', /^drugs\/drugs\.yaml$/u, files.drugsFile],
  ['drug-groups', /^drugs\/groups\.yaml$/u, files.drugGroupsFile],
  ['drug-matching', /^drugs\/matching\.yaml$/u, files.drugMatchingFile],
  ['kidney', /^kidney\/status\.yaml$/u, files.kidneyFile],
  ['caveats', /^kidney\/caveats\.yaml$/u, files.caveatsFile],
  ['rule', /^rules\/(?!.*\.cases\.yaml$)/u, files.ruleFile],
  ['evidence', /^evidence\//u, files.evidenceFile],
  ['service', /^services\//u, files.serviceFile],
  ['concepts', /^concepts\.yaml$/u, files.conceptsFile],
  ['windows', /^windows\.yaml$/u, files.windowsFile],
  ['wording', /^wording\.yaml$/u, files.wordingFile],
  ['suggestions', /^suggestions\.yaml$/u, files.suggestionsFile],
  ['recheck', /^recheck\.yaml$/u, files.recheckFile],
  ['override-reasons', /^override-reasons\.yaml$/u, files.overrideReasonsFile],
  ['site', /^site\.yaml$/u, files.siteFile],
]

/**
 * The JSON Schemas of cds-hooks/schema/, for the editors of who changes YAML. They say what the zod forms say as far as
 * JSON Schema can; `knowledge check` has the last word.
 *
 * @returns file name ("rule.schema.json") and content
 */
export function jsonSchemas(): ReadonlyMap<string, string> {
  return new Map(
    FORMS.map(([name, , form]) => [
      `${name}.schema.json`,
      `${JSON.stringify(z.toJSONSchema(form, { io: 'input', unrepresentable: 'any' }), null, 2)}\n`,
    ]),
  )
}

/** The schema of a knowledge file by its path, null for one without (worked cases). */
export function schemaFor(file: string): string | null {
  const form = FORMS.find(([, pattern]) => pattern.test(file))
  return form === undefined ? null : `${form[0]}.schema.json`
}
