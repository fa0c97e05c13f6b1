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
  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '</details><h1>hello',
    '<!-- comment',
    '<?xml version="1.0"?>',
    '[click](javascript:alert(1))',
    '![x](http://evil.example/p.png)',
    '[ref]: http://evil.example',
    '**bold** __bold__ *it* _it_ ~~gone~~',
    '`code` ``code``',
    '| a | b |\n|---|---|',
    'http://evil.example/ https://evil.example www.evil.example WWW.evil.example',
    'ftp://evil.example mailto:a@evil.example a@evil.example',
    '&lt;b&gt; &amp; &#60;b&#62; &#x3c;b&#x3e;',
    'a\\*b\\',
    '\\<b>',
    'first\n\n# second\n- third',
    'one\r\ntwo\u2028three\u2029four\u0085five',
    'left \u202e right \u2066 hidden\u200b',
    '\u0000\u0007\u001b[31mred',
    '$$x$$ ^[note] [^1]',
  ])('%j is inert', (text) => {
    expect(isInert(inert(text))).toBe(true)
  })

  test.each([
    '0.62 mmol/L',
    '<0.30 mmol/L',
    '>=60',
    'omeprazole 20 mg (since 1 Sep 2022)',
    'Mg 0.85 mmol/L on 19 Nov 2026',
    'Crohn’s disease',
    'mL/min/{1.73m2}',
    'unit 3 & 4',
    '1,25-dihydroxyvitamin D; 25(OH)D',
  ])('%j reads as it was', (text) => {
    expect(inert(text)).toBe(text)
  })
})

describe('a string on one line', () => {
  test('has no breaks, no control characters and no direction marks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(oneLine(text)).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u)
        expect(oneLine(text)).toBe(oneLine(text).trim())
      }),
    )
  })

  test('is at most 160 long, and says where it was cut', () => {
    expect(oneLine('x'.repeat(160))).toBe('x'.repeat(160))
    expect(oneLine('x'.repeat(161))).toBe(`${'x'.repeat(159)}…`)
    expect(oneLine('x'.repeat(100_000)).length).toBe(160)
  })

  test('keeps words apart where something was taken out', () => {
    expect(oneLine('one\u0000two\n\n three')).toBe('one two three')
  })
})
