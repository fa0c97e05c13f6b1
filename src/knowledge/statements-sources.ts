import { about, parts, type Statement, withSource } from './statement.ts'
import type { Knowledge } from './types.ts'

export function kidneyStatements({ kidney }: Knowledge): Statement[] {
  const { outpatientMonths: months, inpatientHours: hours } = kidney.recency
  return [
    ...about('kidney bands', [...kidney.bands]),
    ...about(
      'kidney, reported estimates',
      [...kidney.methods.values()].map(({ code, method, rank, confidence, sex, children, source }) => [
        code,
        withSource(
          parts(method, `rank ${rank}`, `${confidence} confidence`, sex, children && 'children'),
          source,
        ),
      ]),
    ),
    ...about('kidney, how long an estimate counts', [
      [
        'outpatient',
        `${months.normal}, ${months.moderate}, ${months.severe} months (normal, moderate, severe)`,
      ],
      ['inpatient', `${hours.normal}, ${hours.moderate}, ${hours.severe} hours (normal, moderate, severe)`],
      ['source', kidney.recency.source],
    ]),
    ...[...kidney.caveats].flatMap(([topic, bands]) =>
      about(
        `kidney caveats, ${topic}`,
        [...bands].map(([band, { text, source }]) => [band, withSource(text, source)]),
      ),
    ),
    ...about(
      'kidney caveats, fixed phrases',
      Object.entries(kidney.phrases).map(([key, { text, source }]) => [key, withSource(text, source)]),
    ),
  ]
}

export function serviceStatements({ services }: Knowledge): Statement[] {
  return [...services.values()].flatMap(({ id, hook, title, description, usage, prefetch }) =>
    about(`service ${id}`, [
      ['hook', hook],
      ['title', title],
      ['description', description],
      ['usage', usage],
      ...prefetch.map(({ key, template, essential, purpose, coversDays }): [string, string] => [
        `prefetch ${key}`,
        parts(
          template,
          essential && 'essential',
          purpose,
          coversDays !== undefined && `covers ${coversDays} days`,
        ),
      ]),
    ]),
  )
}

export function evidenceStatements({ evidence }: Knowledge): Statement[] {
  return [...evidence.values()].flatMap((record) =>
    about(`evidence ${record.id}`, [
      ['citation', record.citation],
      ['link', record.link],
      ['kind', record.kind],
      ['supports', record.supports],
      ['grade', record.grade],
      ['read', record.read],
      ['consistency', record.internallyInconsistent ? 'internally inconsistent' : 'no contradiction known'],
      ...record.problems.map((problem): [string, string] => [`problem: ${problem}`, 'known']),
    ]),
  )
}

/** What the shared files say of themselves. */
export function headStatements({ notes }: Knowledge): Statement[] {
  return [...notes.files].flatMap(([file, head]) =>
    about(`file ${file}`, [
      ['about', head.about],
      ['source', head.source],
      ['review', head.review],
    ]),
  )
}
