/**
 * A string that came from outside (a drug's name, a unit, a laboratory note) made inert in GitHub-flavoured
 * Markdown: no emphasis, code, link, image, table, HTML or entity can come of it, and it stays one line. What
 * is harmless is left as it is, so that the text also reads well where Markdown is shown as plain text:
 * "<0.30" stays, because no tag begins with a digit.
 */
export function inert(text: string): string {
  if (PLAIN.test(text)) return text
  return oneLine(text)
    .replace(/[\\`*_[\]|~]/gu, '\\$&')
    .replace(/<(?=[a-z/!?])/giu, '\\<')
    .replace(/&(?=[a-z#])/giu, '\\&')
    .replace(/:\/\//gu, '\\://')
    .replace(/www\./giu, 'www\\.')
    .replace(/@/gu, '\\@')
}

const LONGEST = 160

/** Most texts: short, on one line, letters, digits and harmless marks, no "www." and no "://". */
const PLAIN = /^(?!.*(?:www\.| {2}|:\/))(?:[\p{L}\p{N}>=.,:;%()/+ -]|<(?=[\d=])){0,100}$/u

/** For plain text: no line breaks, no control or invisible direction marks, no endless strings. */
export function oneLine(text: string): string {
  if (PLAIN.test(text)) return text.trim()
  const plain = text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
  if (plain.length <= LONGEST) return plain
  // never half of a surrogate pair
  return `${plain.slice(0, LONGEST - 1).replace(/[\ud800-\udbff]$/u, '')}…`
}
