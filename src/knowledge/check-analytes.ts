import type { Opposite, Report } from './check.ts'
import type { KnowledgeFiles } from './files.ts'
import { ANALYTES } from './types.ts'

/** LOINC's mod-10 check digit. */
export function hasLoincCheckDigit(code: string): boolean {
  const [number = '', check = ''] = code.split('-')
  const odd = [...number]
    .reverse()
    .filter((_, place) => place % 2 === 0)
    .reverse()
    .join('')
  const even = [...number]
    .reverse()
    .filter((_, place) => place % 2 === 1)
    .reverse()
    .join('')
  const digits = even + String(Number(odd) * 2)
  const sum = [...digits].reduce((total, digit) => total + Number(digit), 0)
  return (10 - (sum % 10)) % 10 === Number(check)
}

/** Codes that stand twice or are mistyped; units without a way to the canonical one. */
export function checkAnalytes({ analytes, units, names }: KnowledgeFiles, report: Report) {
  const places = new Map<string, Opposite & { name: string }>()
  for (const id of ANALYTES) {
    if (!analytes.some(({ value }) => value.id === id)) {
      report(names, [], `analyte ${id} has no file in analytes/`)
    }
  }
  for (const file of analytes) {
    const { value } = file
    const canonical = { file, path: ['canonical'] }
    // a site could else take an analyte off the list of what was not judged
    if (file.isSites(['readByRules']))
      report(
        file,
        ['readByRules'],
        'which analytes the rules read is settled by the program; no site changes it',
      )
    for (const list of ['allowed', 'refused'] as const) {
      value[list].forEach(({ code }, index) => {
        const path = [list, index, 'code']
        const other = places.get(code)
        if (other) {
          const reason = `${code} stands in ${file.file} too`
          report(file, path, `${code} stands in ${other.name} already`, { ...other, reason })
        }
        places.set(code, { file, path, name: file.file })
        if (!hasLoincCheckDigit(code)) report(file, path, `${code} fails the LOINC check digit`)
      })
    }
    if (!value.units[value.canonical])
      report(file, ['canonical'], `${value.canonical} is not among the units`)
    for (const [unit, { of, factor, power }] of Object.entries(value.units)) {
      if (!units.value.units[unit]) report(file, ['units', unit], `${unit} is not in analytes/units.yaml`)
      if (of !== undefined && !value.units[of]) report(file, ['units', unit], `${of} is not among the units`)
      if (of !== undefined && factor !== undefined)
        report(file, ['units', unit], 'either a factor or a multiple')
      if (of !== undefined && power === undefined)
        report(file, ['units', unit], 'a multiple needs its power of ten')
      if (of === undefined && factor === undefined && unit !== value.canonical) {
        report(file, ['units', unit], `${unit} has no factor to the canonical unit`, {
          ...canonical,
          reason: `${unit} has no factor to the canonical unit ${value.canonical}`,
        })
      }
      if (unit === value.canonical && factor !== undefined && factor !== 1)
        report(
          file,
          ['units', unit],
          `${unit} is the canonical unit, but its factor leads to another`,
          canonical,
        )
    }
    value.zones.forEach((zone, index) => {
      zone.couldBe.forEach((other, at) => {
        const of = analytes.find((one) => one.value.id === (other.analyte ?? value.id))?.value
        if (!of?.units[other.unit])
          report(file, ['zones', index, 'couldBe', at], `${other.unit} is no unit of ${of?.id ?? 'it'}`)
      })
      if (!value.units[zone.unit]) report(file, ['zones', index], `${zone.unit} is not among the units`)
      if (zone.low >= zone.high) report(file, ['zones', index], 'low is not below high')
    })
    if (value.hardLimits && value.hardLimits.unit !== value.canonical) {
      report(file, ['hardLimits', 'unit'], `hard limits are kept in ${value.canonical}`, canonical)
    }
  }
}
