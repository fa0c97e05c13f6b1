import { about, parts, type Statement, withSource } from './statement.ts'
import type { Knowledge, MixUpZone } from './types.ts'

export function analyteStatements({ analytes, spellings, names, notes }: Knowledge): Statement[] {
  const own = [...analytes.values()].flatMap((analyte) =>
    about(`analyte ${analyte.id}`, [
      ['name', `${analyte.name} (${analyte.symbol})`],
      ['about', analyte.about],
      ['molar mass', analyte.molarMass === null ? null : String(analyte.molarMass)],
      ['valence', analyte.valence === null ? null : String(analyte.valence)],
      ['canonical unit', analyte.canonical],
      ['read by rules', analyte.readByRules ? 'yes' : 'no'],
      [
        'own range believed within a factor',
        analyte.rangeFactor === null
          ? 'not tested'
          : withSource(String(analyte.rangeFactor), analyte.rangeFactorSource),
      ],
      [
        'hard limits',
        analyte.hardLimits &&
          `${analyte.hardLimits.low} to ${analyte.hardLimits.high} ${analyte.hardLimits.unit} [${analyte.hardLimits.source}]`,
      ],
      ...[...analyte.units.values()].map(
        ({ unit, comparedIn, shift, factor, decimals, source }): [string, string] => [
          `unit ${unit}`,
          `compared in ${comparedIn}, point moved by ${shift}, factor ${factor} to ${analyte.canonical}, ${decimals} decimals [${source}]`,
        ],
      ),
      ...analyte.allowed.map(({ code, name, part, shownOnly, dialysis, source }): [string, string] => [
        `code ${code}`,
        withSource(
          parts(`allowed: ${name}`, part, shownOnly && 'shown only', dialysis && `${dialysis} dialysis`),
          source,
        ),
      ]),
      ...analyte.refused.map(({ code, name, because, list }): [string, string] => [
        `code ${code}, refused`,
        `${name}: ${because}; ${list ?? 'not listed'}`,
      ]),
      ...analyte.zones.map((zone, index): [string, string] => [
        `mix-up zone ${index + 1}, ${zone.unit}`,
        zoneText(zone),
      ]),
    ]),
  )
  return [
    ...own,
    ...about(
      'analytes, spellings of units',
      [...spellings].map(([spelling, unit]) => [`"${spelling}"`, unit]),
    ),
    ...about(
      'analytes, units',
      [...notes.units].map(([unit, { ucum, note }]) => [unit, parts(`UCUM ${ucum ?? 'none'}`, note)]),
    ),
    ...about('analytes, names of foreign results', [
      ...names.words.map(({ word, whole, analyte }): [string, string] => [
        `"${word}"`,
        parts(analyte, whole && 'whole word'),
      ]),
      ['words that only look like one', names.notWords.join(', ')],
    ]),
  ]
}

function zoneText(zone: MixUpZone): string {
  const said = parts(
    `${zone.low} to ${zone.high} ${zone.unit} could be ${zone.couldBe.map(({ analyte, unit }) => `${analyte} in ${unit}`).join(' or ')}`,
    zone.alwaysAsked && 'always asked',
    zone.skippedWhenClearanceIsLow && 'skipped when clearance is low',
    zone.skippedWithMagnesiumSource && 'skipped with a magnesium source',
  )
  return withSource(said, zone.source)
}
