import { about, parts, type Statement } from './statement.ts'
import type { Knowledge, TestCode } from './types.ts'

export function cardStatements(knowledge: Knowledge): Statement[] {
  const { wording, suggestions, overrideReasons } = knowledge
  return [
    ...about('wording', Object.entries(wording)),
    ...[...suggestions].flatMap(([id, test]) =>
      about(`suggestion ${id}`, [
        ['label', test.label],
        ['unit decided by', test.analyte],
        ['codes, molar', codes(test.molar)],
        ['codes, mass', codes(test.mass)],
        ['holds already', test.covers.join(', ')],
        ['text', test.textOnly ? 'says to whom' : null],
      ]),
    ),
    ...about('override reasons', [
      ['system', overrideReasons.system],
      ...overrideReasons.reasons.map(({ code, display }): [string, string] => [code, display]),
      ['order', overrideReasons.reasons.map(({ code }) => code).join(', ')],
    ]),
    ...conceptStatements(knowledge),
  ]
}

function codes(all: readonly TestCode[]): string {
  return parts(...all.map(({ system, code, display }) => `${system} ${code} ${display}`))
}

function conceptStatements({ concepts }: Knowledge): Statement[] {
  const { pregnancyStatus, haemolysed, pregnancyRange, sexRange } = concepts
  return about('concepts', [
    ['pregnancy status', named(pregnancyStatus)],
    ['pregnancy status, pregnant', pregnancyStatus.pregnant.join(', ')],
    ['pregnancy status, not pregnant', pregnancyStatus.notPregnant.join(', ')],
    ['expected delivery', named(concepts.expectedDelivery)],
    ['gestational age', named(concepts.gestationalAge)],
    ['haemolysed sample', `${named(haemolysed.sample)}: ${haemolysed.sample.positive.join(', ')}`],
    ['haemolysis index', named(haemolysed.index)],
    ['haemolysis, words', haemolysed.words.join(', ')],
    ['haemolysis, words taken out first', haemolysed.notWords.join(', ')],
    ['haemolysis, denied before the word', haemolysed.denialsBefore.join(', ')],
    ['haemolysis, denied after the word', haemolysed.denialsAfter.join(', ')],
    ['haemolysis, condition of the specimen', haemolysed.specimenCondition.join(', ')],
    ['wrong tube, words', concepts.wrongTubeWords.join(', ')],
    ['pregnancy range, codes', pregnancyRange.codes.join(', ')],
    ['pregnancy range, words', pregnancyRange.words.join(', ')],
    ['pregnancy range, words taken out first', pregnancyRange.notWords.join(', ')],
    ['range for men', sexRange.male.join(', ')],
    ['range for women', sexRange.female.join(', ')],
    ['inpatient classes', concepts.inpatientClasses.join(', ')],
    ['intensive care', concepts.intensiveCare.codes.join(', ')],
  ])
}

function named({ code, name }: { readonly code: string; readonly name: string }): string {
  return `${code} ${name}`
}
