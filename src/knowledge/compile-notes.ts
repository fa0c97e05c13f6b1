import type { KnowledgeFiles } from './files.ts'
import type { FileHead, ReviewNotes, WindowName } from './types.ts'

/** What the files say beside the data that is decided with: it is reviewed and signed too (types/review.ts). */
export function notesOf(files: KnowledgeFiles): ReviewNotes {
  return {
    files: headsOf(files),
    units: new Map(
      Object.entries(files.units.value.units).map(([unit, { ucum, note }]) => [
        unit,
        { ucum, note: note ?? null },
      ]),
    ),
    windows: Object.fromEntries(
      Object.entries(files.windows.value.windows).map(([name, { for: use, source }]) => [
        name,
        { for: use, source },
      ]),
    ) as Record<WindowName, { for: string; source: string }>,
    rxnorm: new Map(
      files.drugs.value.drugs.flatMap(({ rxnorm }) =>
        rxnorm.map(({ rxcui, foundIn }): [string, string] => [rxcui, foundIn]),
      ),
    ),
  }
}

interface Headed {
  readonly file: string
  readonly value: {
    readonly about: string
    readonly source?: string | undefined
    readonly review?: string | undefined
  }
}

/** Of every file that is no analyte, condition, rule, service or source: these say it of themselves. */
function headsOf(files: KnowledgeFiles): ReadonlyMap<string, FileHead> {
  const headed: readonly Headed[] = [
    files.units,
    files.names,
    files.concepts,
    files.windows,
    files.wording,
    ...files.ranges,
    files.drugs,
    files.drugGroups,
    files.drugMatching,
    files.kidney,
    files.caveats,
    files.suggestions,
    files.recheck,
    files.overrideReasons,
  ]
  return new Map(
    headed.map(({ file, value: { about, source = null, review = null } }) => [
      file,
      { about, source, review },
    ]),
  )
}
