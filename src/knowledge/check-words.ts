import type { Report } from './check.ts'
import type { KnowledgeFiles } from './files.ts'

/**
 * Words that no card may hold (rules.md 8): whole words, any case. Purposes, sources, patients' data and the
 * laboratory's texts are not card sentences.
 */
export const FORBIDDEN = [
  'improves bone density',
  'reduces fracture',
  'optimal',
  'safe',
  'natural',
  'all clear',
  'administer now',
] as const

const FORBIDDEN_WORDS = new RegExp(`(?<![\\p{L}\\p{N}])(?:${FORBIDDEN.join('|')})(?![\\p{L}\\p{N}])`, 'iu')

/** A digit that is not part of a placeholder or of a name such as 25(OH)D: an overlay would make it false. */
const NAMES_WITH_DIGITS = /25\(OH\)D\d?|1,25\(OH\)2D|CKD-EPI 20\d\d|SGLT2|FGF23/gu

function bareNumber(text: string): string | null {
  const rest = text.replace(/\{\w+\}/gu, '').replace(NAMES_WITH_DIGITS, '')
  // of any script, and fractions: "½" is a number too
  return /\p{N}+(?:[.,]\p{N}+)?/u.exec(rest)?.[0] ?? null
}

export function forbiddenWord(text: string): string | null {
  return FORBIDDEN_WORDS.exec(text)?.[0] ?? null
}

/** Sentences: no bare number, no forbidden phrase, and the same keys in code and knowledge. */
export function checkWords(
  files: KnowledgeFiles,
  rules: readonly { readonly id: string; readonly sentences: readonly string[] }[],
  report: Report,
): void {
  for (const file of files.rules) {
    const rule = rules.find(({ id }) => id === file.value.id)
    for (const [key, sentence] of Object.entries(file.value.sentences)) {
      const text = typeof sentence === 'string' ? sentence : sentence.text
      const path = ['sentences', key]
      const number = bareNumber(text)
      if (number !== null) report(file, path, `${key}: the bare number ${number}; use a {placeholder}`)
      const word = forbiddenWord(text)
      if (word !== null) report(file, path, `${key}: the forbidden phrase "${word}"`)
      if (rule && !rule.sentences.includes(key)) report(file, path, `${key}: nothing uses this sentence`)
    }
    for (const key of rule?.sentences ?? []) {
      if (file.value.sentences[key] === undefined)
        report(file, ['sentences'], `the rule needs the sentence ${key}`)
    }
  }
  for (const [key, text] of Object.entries(files.wording.value.sentences)) {
    const number = bareNumber(text)
    if (number !== null)
      report(files.wording, ['sentences', key], `${key}: the bare number ${number}; use a {placeholder}`)
    const word = forbiddenWord(text)
    if (word !== null) report(files.wording, ['sentences', key], `${key}: the forbidden phrase "${word}"`)
  }
}
