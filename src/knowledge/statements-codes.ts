import { about, parts, type Statement } from './statement.ts'
import type { ConditionCode, Knowledge } from './types.ts'

export function conditionStatements({ conditions }: Knowledge): Statement[] {
  return [...conditions.values()].flatMap((set) =>
    about(`condition ${set.id}`, [
      ['title', set.title],
      ['counts', set.days === null ? 'without a limit' : `for ${set.days} days`],
      ['holds also', set.includes.join(', ')],
      ['words', set.words.join(', ')],
      ...codes('SNOMED CT', set.snomed),
      ...codes('ICD-10', set.icd10),
      ...codes('procedure', set.procedures),
      ...[...set.exceptSnomed].map((code): [string, string] => [
        `SNOMED CT ${code}, false friend`,
        'never a member',
      ]),
      ...set.exceptIcd10.map(({ code, only }): [string, string] => [
        `ICD-10 ${code}, false friend`,
        parts('never a member', only && `${only} only`),
      ]),
    ]),
  )
}

function codes(system: string, all: readonly ConditionCode[]): [string, string][] {
  return all.map(
    ({ code, display, enabled, onlyWithText, notWithText, days, historyCounts, only, fromAge }) => [
      `${system} ${code}`,
      parts(
        display,
        !enabled && 'never matched',
        onlyWithText && `only with "${onlyWithText}"`,
        notWithText && `not with "${notWithText}"`,
        days !== null && `for ${days} days`,
        historyCounts && 'whatever its status',
        only && `${only} only`,
        fromAge !== null && `from age ${fromAge}`,
      ),
    ],
  )
}

export function drugStatements({ drugs }: Knowledge): Statement[] {
  return [
    ...[...drugs.groups.values()].flatMap((group) =>
      about(`drug group ${group.id}`, [
        ['title', group.title],
        ['ATC', group.atc.join(', ')],
        ['not ATC', group.exceptAtc.join(', ')],
        ['roles', group.roles.join(', ')],
        ['source', group.source],
      ]),
    ),
    ...drugs.drugs.flatMap((drug) =>
      about(`drug ${drug.name}`, [
        ['names', drug.names.join(', ')],
        ['roles', drug.roles.join(', ')],
        ['RxNorm', drug.rxnorm.join(', ')],
        ['ATC', drug.atc.join(', ')],
      ]),
    ),
    ...about('how orders are read', [
      ['false friends', drugs.falseFriends.join(', ')],
      ['local, ATC', drugs.localAtc.join(', ')],
      ['local, routes', [...drugs.localRoutes].join(', ')],
      ['local, words', drugs.localWords.source],
      ['parenteral, routes', [...drugs.parenteralRoutes].join(', ')],
      ['parenteral, words', drugs.parenteralWords.source],
      ['feeding, ATC', drugs.feeding.atc.join(', ')],
      ['feeding, not ATC', drugs.feeding.exceptAtc.join(', ')],
      ['feeding, words', drugs.feeding.words.source],
      ['feeding, words taken out first', drugs.feeding.notWords.source],
    ]),
  ]
}
