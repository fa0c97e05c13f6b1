import fc from 'fast-check'
import { inert, oneLine } from '../../src/advisories/escape.ts'

/** What Markdown of the GitHub flavour, and HTML in it, could make of a text: each needs one of these unescaped. */
function isInert(text: string): boolean {
  // an escaped ASCII punctuation mark is that mark and nothing else
  const bare = text.replace(/\\[!-/:-@[-`{-~]/gu, '·')
  return (
    !/[`*_[\]|~\\]/u.test(bare) && // code, emphasis, links, images, tables, strikethrough, a stray escape
    !/<[a-z/!?]/iu.test(bare) && // tags, comments, autolinks
    !/&(?:[a-z][a-z0-9]*|#x?[0-9a-f]+);/iu.test(bare) && // entities
    !/:\/\/|\bwww\.|@/iu.test(bare) && // bare links and addresses
    !/[\n\r\u2028\u2029]/u.test(bare)
  )
}

describe('a string from outside', () => {
  test('whatever it is', () => {
    const dangerous = fc.constantFrom(
      ...'`*_[]|~\\<>&@:/#!-+.()"\'=$^{};\n\r\t ',
      '<b>',
      '</',
      '<!--',
      '://',
      'www.',
      '&lt;',
      '&#60;',
      '\u2028',
      '\u202e',
      '\u200b',
      'a',
      'B',
      '0',
      'ä',
    )
    const text = fc.array(fc.oneof(dangerous, fc.string({ unit: 'grapheme', maxLength: 3 })), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(text, (parts) => {
        expect(isInert(inert(parts.join('')))).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('is one whole text: no half of a character is left where it was cut', () => {
    expect(oneLine('\u{1f600}'.repeat(100)).isWellFormed()).toBe(true)
  })
})
