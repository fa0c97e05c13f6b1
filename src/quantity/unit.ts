/**
 * A sender's unit text reduced to what matters for recognising it: case, blanks, the micro sign and UCUM
 * annotations in braces do not ("mg/dL{Mg}" is mg/dL); "{1.73_m2}" is part of its unit and stays.
 * Recognition itself is a table look-up (cds-hooks/analytes/units.yaml); nothing is parsed or guessed.
 */
export function foldedSpelling(text: string): string {
  // in small letters first: the micro sign in capitals is a Greek capital mu, which looks like an M and is none
  const plain = text
    .toLowerCase()
    .replace(/[\u00b5\u03bc]/g, 'u')
    .replace(/\s+/g, '')
  if (!plain.includes('{')) return plain
  const bare = plain.replace(/\{(?!1\.73_m2\})[^{}]*\}/g, '')
  return bare === '' ? plain : bare
}
