import { about, byUnit, parts, type Statement, withSource } from './statement.ts'
import { type Knowledge, WINDOWS } from './types.ts'

const DIRECTIONS = { below: 'below', atMost: 'at most', above: 'above', atLeast: 'at least' } as const

export function ruleStatements({ rules, recheck }: Knowledge): Statement[] {
  const all = [...rules.values()].flatMap((rule) =>
    about(`rule ${rule.id}`, [
      ['rule', rule.enabled ? 'on' : 'off'],
      ['title', rule.title],
      ['purpose', rule.purpose],
      ['use', rule.use],
      ['misuse', rule.misuse],
      [
        'review',
        parts(
          rule.review.state,
          rule.review.by && `by ${rule.review.by}`,
          rule.review.on && `on ${rule.review.on}`,
        ),
      ],
      ...Object.entries(rule.thresholds).flatMap(([key, limit]): [string, string | null][] => [
        ...Object.entries(limit.values).map(([unit, value]): [string, string] => [
          `threshold ${key}, ${unit}`,
          `${DIRECTIONS[limit.direction]} ${value} ${unit}`,
        ]),
        [`threshold ${key}, source`, limit.source],
        [`threshold ${key}, note`, limit.note],
      ]),
      ...Object.entries(rule.sentences).map(([key, { text, source }]): [string, string] => [
        `sentence ${key}`,
        withSource(text, source),
      ]),
      ['suggestions', rule.suggestions.join(', ')],
      ['override reasons', rule.overrideReasons.join(', ')],
      ['sources', rule.sources.join(', ')],
    ]),
  )
  const rechecks = recheck.flatMap(({ rules: of, indicator, ...row }) => {
    const which = `${of.join(', ')}${indicator === undefined ? '' : `, ${indicator}`}`
    const settings = [
      ['inpatient', row.inpatient?.normal],
      ['inpatient, low clearance', row.inpatient?.low],
      ['outpatient', row.outpatient?.normal],
      ['outpatient, moderate clearance', row.outpatient?.moderate],
      ['outpatient, low clearance', row.outpatient?.low],
      ['dialysis', row.dialysis],
    ] as const
    return about(
      'recheck',
      settings.map(([setting, interval]) => [
        `${which}: ${setting}`,
        interval
          ? parts(
              interval.text,
              interval.unit !== undefined &&
                `draft from ${interval.from ?? 'now'} to ${interval.to ?? 'open'} ${interval.unit}`,
            )
          : 'not given',
      ]),
    )
  })
  return [...all, ...rechecks]
}

export function rangeStatements({ ranges }: Knowledge): Statement[] {
  return ranges.flatMap(({ analyte, applies, years, sex, low, high, source, site }) => {
    const which = [analyte, years && `${years.from} to under ${years.to} years`, sex]
      .filter(Boolean)
      .join(', ')
    return about(`reference ranges, ${applies}`, [
      [`${which}: from`, byUnit(low) || 'open'],
      [`${which}: to`, byUnit(high) || 'open'],
      [`${which}: source`, parts(source, site && "the site's own")],
    ])
  })
}

export function windowStatements({ windows, notes }: Knowledge): Statement[] {
  return about(
    'windows',
    WINDOWS.flatMap((name): [string, string][] => [
      [name, `${windows[name]} days`],
      [`${name}, for`, withSource(notes.windows[name].for, notes.windows[name].source)],
    ]),
  )
}
