import type { Report } from './check.ts'
import type { KnowledgeFiles } from './files.ts'

/** A number of our own judgement, not a published one. */
const OWN_JUDGEMENT = 'default'

/** The five papers that started this product are kept although no rule may cite them (rules.md 8). */
const FOUNDING = ['sari-darma-2025', 'shi-2026', 'ali-2025', 'castiglioni-2013', 'web-article-forms']

/** References between the files: sources, tests, override reasons; nothing dangling, nothing unused. */
export function checkReferences(files: KnowledgeFiles, report: Report): void {
  checkSources(files, report)
  checkTests(files, report)
  checkOverrideReasons(files, report)
  checkRecheck(files, report)
}

function checkSources(files: KnowledgeFiles, report: Report): void {
  const known = new Set(files.evidence.map(({ value }) => value.id))
  const used = new Set<string>()
  const cite = (file: Parameters<Report>[0], path: PropertyKey[], id: string) => {
    used.add(id)
    if (!known.has(id) && id !== OWN_JUDGEMENT) report(file, path, `no evidence record ${id}`)
  }
  for (const file of files.rules) {
    const { sources, thresholds, sentences, id } = file.value
    if (sources.length === 0 && Object.keys(thresholds).length + Object.keys(sentences).length > 0) {
      report(file, ['sources'], `${id} has no source`)
    }
    sources.forEach((source, index) => {
      cite(file, ['sources', index], source)
    })
    for (const [key, limit] of Object.entries(thresholds))
      cite(file, ['thresholds', key, 'source'], limit.source)
    for (const [key, sentence] of Object.entries(sentences)) {
      if (typeof sentence !== 'string') cite(file, ['sentences', key, 'source'], sentence.source)
    }
  }
  for (const file of files.evidence) {
    if (`evidence/${file.value.id}.yaml` !== file.file)
      report(file, ['id'], 'the file is named after another id')
    const { id } = file.value
    const isCited = used.has(id) || FOUNDING.includes(id) || citesByTag(files, file.value.citation)
    if (!isCited) report(file, ['id'], `nothing cites ${id}`)
  }
}

/** Renal caveats and ranges cite by the tags of the reference ("W21"), which the citation repeats. */
function citesByTag({ caveats, ranges, analytes }: KnowledgeFiles, citation: string): boolean {
  const tags = citation.match(/\b(?:W\d+b?|GK|DJ|PROP|[A-Z][A-Z0-9-]{1,9})\b/gu) ?? []
  const texts = [
    ...Object.values(caveats.value.topics).flatMap((bands) =>
      Object.values(bands).map((caveat) => caveat?.source ?? ''),
    ),
    ...ranges.flatMap(({ value }) => value.ranges.map(({ source }) => source)),
    ...analytes.flatMap(({ value }) => [
      value.hardLimits?.source ?? '',
      ...value.zones.map(({ source }) => source),
    ]),
  ].join(' ')
  return tags.some((tag) => texts.includes(tag))
}

function checkTests(files: KnowledgeFiles, report: Report): void {
  const { suggestions } = files
  const known = Object.keys(suggestions.value.suggestions)
  const used = new Set<string>()
  for (const file of files.rules) {
    file.value.suggestions.forEach((id, index) => {
      used.add(id)
      if (!known.includes(id)) report(file, ['suggestions', index], `no test ${id} in suggestions.yaml`)
    })
  }
  for (const [id, { covers }] of Object.entries(suggestions.value.suggestions)) {
    for (const other of covers) {
      used.add(other)
      if (!known.includes(other)) report(suggestions, ['suggestions', id, 'covers'], `no test ${other}`)
    }
  }
}

function checkOverrideReasons(files: KnowledgeFiles, report: Report): void {
  const known = files.overrideReasons.value.reasons.map(({ code }) => code)
  for (const file of files.rules) {
    file.value.overrideReasons.forEach((code, index) => {
      if (!known.includes(code)) report(file, ['overrideReasons', index], `no override reason ${code}`)
    })
  }
}

function checkRecheck(files: KnowledgeFiles, report: Report): void {
  const rules = files.rules.map(({ value }) => value.id)
  files.recheck.value.rows.forEach((row, index) => {
    for (const rule of row.rules) {
      if (!rules.includes(rule)) report(files.recheck, ['rows', index, 'rules'], `no rule ${rule}`)
    }
  })
}
