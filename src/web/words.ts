import type { Direction } from '../quantity/limit.ts'
import { type Content, html } from './html.ts'

/** Abbreviations that a key of the knowledge files spells in small letters. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  femg: 'FEMg',
  pth: 'PTH',
  ecg: 'ECG',
  mg: 'Mg',
  ca: 'Ca',
  p: 'phosphate',
  qt: 'QT',
  igm: 'IgM',
  alp: 'ALP',
}

/** A key as words: "criticalAdjusted" is "Critical adjusted", "longQTc" is "Long QTc". */
export function plainWords(key: string): string {
  const words = key
    .replace(/([a-z\d])([A-Z])/gu, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z]{2,})/gu, '$1 $2')
    .replace(/[-_]/gu, ' ')
    .split(' ')
    .map(
      (word) =>
        ABBREVIATIONS[word.toLowerCase()] ?? (/^[A-Z][a-z]+$/u.test(word) ? word.toLowerCase() : word),
    )
    .join(' ')
  return capital(words)
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export const DIRECTIONS: Readonly<Record<Direction, string>> = {
  below: 'below',
  atMost: 'at or below',
  above: 'above',
  atLeast: 'at or above',
}

/** A band, or a key of the caveats, as a clinician says it (rules.md 3). */
const BAND_WORDS: Readonly<Record<string, string>> = {
  '>=60': 'eGFR 60 or more',
  '45-59': 'eGFR 45 to below 60',
  '30-44': 'eGFR 30 to below 45',
  '15-29': 'eGFR 15 to below 30',
  '<15': 'eGFR below 15, not on dialysis',
  dialysis: 'On dialysis',
  unstable: 'Kidney function changing',
  'not-applicable': 'No eGFR applies',
  'not-applicable:child': 'Child without an estimate',
  'not-applicable:pregnancy': 'Pregnant or just delivered',
  unknown: 'No kidney function on file',
}

export function bandWords(band: string): string {
  return BAND_WORDS[band] ?? plainWords(band)
}

/** A sentence with its placeholders set apart. */
export function withPlaceholders(text: string): Content {
  return text
    .split(/(\{\w+\})/u)
    .map((part) => (/^\{\w+\}$/u.test(part) ? html`<span class="ph">${part}</span>` : part))
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
