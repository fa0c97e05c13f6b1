import { about, parts, type Statement, withSource } from './statement.ts'
import type { ConditionCode, Knowledge } from './types.ts'

export function conditionStatements({ conditions }: Knowledge): Statement[] {
  return [...conditions.values()].flatMap((set) =>
    about(`condition ${set.id}`, [
      ['title', set.title],
      ['used by', set.usedBy],
      ['source', set.source],
      ['review', set.review],
      ['counts', set.days === null ? 'without a limit' : `for ${set.days} days`],
      ['holds also', set.includes.join(', ')],
      ['words', set.words.join(', ')],
      ...codes('SNOMED CT', set.snomed),
      ...codes('ICD-10', set.icd10),
      ...codes('procedure', set.procedures),
      ...[...set.exceptSnomed].map(([code, display]): [string, string] => [
        `SNOMED CT ${code}, false friend`,
        `${display}: never a member`,
      ]),
      ...set.exceptIcd10.map(({ code, display, only }): [string, string] => [
        `ICD-10 ${code}, false friend`,
        parts(`${display}: never a member`, only && `${only} only`),
      ]),
      ['why false friends are none', set.exceptWhy],
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

export function drugStatements({ drugs, notes }: Knowledge): Statement[] {
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
        ['RxNorm', drug.rxnorm.map((code) => withSource(code, notes.rxnorm.get(code) ?? null)).join(', ')],
        ['ATC', drug.atc.join(', ')],
      ]),
    ),
    ...about('how orders are read', [
      ['false friends', drugs.falseFriends.join(', ')],
      ['local, ATC', drugs.localAtc.join(', ')],
      ['local, routes', routes(drugs.localRoutes)],
      ['local, words', drugs.localWords.source],
      ['parenteral, routes', routes(drugs.parenteralRoutes)],
      ['parenteral, words', drugs.parenteralWords.source],
      ['feeding, ATC', drugs.feeding.atc.join(', ')],
      ['feeding, not ATC', drugs.feeding.exceptAtc.join(', ')],
      ['feeding, words', drugs.feeding.words.source],
      ['feeding, words taken out first', drugs.feeding.notWords.source],
    ]),
  ]
}

function routes(all: ReadonlyMap<string, string>): string {
  return [...all].map(([code, display]) => `${code} ${display}`).join(', ')
}
