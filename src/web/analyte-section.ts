import type { AllowedCode, Analyte, Knowledge, MixUpZone } from '../knowledge/types.ts'
import { anchor } from './anchor.ts'
import { type Content, type Html, html } from './html.ts'
import { decimalsOfAnalyte, quantityText } from './quantity-text.ts'
import { sourceRef } from './source.ts'
import { part, table } from './table.ts'
import { otherSpellings } from './unit-section.ts'

/** One analyte: which codes are it and which are not, how its units are read, and what cannot be right. */
export function analyteSection(analyte: Analyte, knowledge: Knowledge): Html {
  const { id, name, symbol, about, canonical, readByRules, rangeFactor, rangeFactorSource } = analyte
  return html`<article class="analyte" id="${anchor('analyte', id)}">
<h3>${name}${symbol !== name && html` <span class="quiet">${symbol}</span>`}</h3>
<p>${about}</p>
<p>Compared in ${canonical} where its own unit holds no limit.${
    readByRules ? null : ' No rule reads it yet; a result of it that cannot be used is not listed.'
  }${
    rangeFactor !== null &&
    html` A laboratory's own range is believed only if each limit is within a factor ${rangeFactor} of the built-in adult one <span class="quiet">(source: ${sourceRef(rangeFactorSource, knowledge)})</span>.`
  }${madeFrom(analyte)} <span class="quiet">Key: ${id}</span></p>
${part('Units', units(analyte, knowledge))}
${part('Codes allowed (LOINC)', allowed(analyte, knowledge))}
${part('Codes refused (LOINC)', refused(analyte))}
${part('Hard limits', hardLimits(analyte, knowledge))}
${part('Values that look like another unit or analyte', zones(analyte, knowledge))}
</article>`
}

/** What whoever checks the factors needs. */
function madeFrom({ molarMass, valence }: Analyte): Content {
  if (molarMass === null && valence === null) return null
  const told = [
    molarMass === null ? null : `molar mass ${molarMass} g/mol`,
    valence === null ? null : `valence ${valence}`,
  ].filter((text) => text !== null)
  return ` Its factors rest on ${told.join(' and ')}.`
}

function units({ id, units: all, canonical }: Analyte, knowledge: Knowledge): Content {
  return table(
    `${id}: units`,
    [
      { head: 'Unit', kind: 'k' },
      { head: 'Compared in' },
      { head: `Factor to ${canonical}`, kind: 'n' },
      { head: 'Shown decimals', kind: 'n' },
      { head: 'Other spellings (case, blanks ignored)', kind: 'w' },
      { head: 'Source', kind: 'w' },
    ],
    [...all.values()].map(({ unit, comparedIn, shift, factor, decimals, source }) => ({
      cells: [
        unit,
        shift === 0 ? comparedIn : `${comparedIn} (decimal point moved by ${shift})`,
        shift === 0 ? factor : `${factor} after that`,
        decimals,
        otherSpellings(unit, knowledge),
        sourceRef(source, knowledge),
      ],
    })),
  )
}

const PARTS = {
  total: 'total',
  d3: 'vitamin D3 only',
  d2: 'vitamin D2, never judged alone',
} as const

function allowed({ id, allowed: codes }: Analyte, knowledge: Knowledge): Content {
  const use = ({ part: of, shownOnly, dialysis }: AllowedCode): string =>
    [
      of === null ? null : PARTS[of],
      shownOnly ? 'shown, never judged' : null,
      dialysis === null ? null : `drawn ${dialysis} dialysis: renal replacement evidence`,
    ]
      .filter((text) => text !== null)
      .join('; ')
  return table(
    `${id}: codes allowed`,
    [
      { head: 'Code', kind: 'c' },
      { head: 'Name', kind: 'w' },
      { head: 'Use' },
      { head: 'Source', kind: 'w' },
    ],
    codes.map((code) => ({
      cells: [code.code, code.name, use(code), sourceRef(code.source, knowledge)],
    })),
  )
}

const LISTS = {
  'not-serum': 'listed: not serum',
  'unlisted-code': 'listed: unlisted code',
} as const

function refused({ id, refused: codes }: Analyte): Content {
  return table(
    `${id}: codes refused`,
    [
      { head: 'Code', kind: 'c' },
      { head: 'Name', kind: 'w' },
      { head: 'Refused because', kind: 'w' },
      { head: 'Then' },
    ],
    codes.map(({ code, name, because, list }) => ({
      cells: [code, name, because, list === null ? 'counted, not listed' : LISTS[list]],
    })),
  )
}

function hardLimits(analyte: Analyte, knowledge: Knowledge): Content {
  if (!analyte.hardLimits) return null
  const { low, high, unit, source } = analyte.hardLimits
  const decimals = decimalsOfAnalyte(analyte)(unit)
  return html`<p>A value below ${quantityText(low, unit, decimals)} or above ${quantityText(high, unit, decimals)} cannot be right and is not judged. <span class="quiet">Source: ${sourceRef(source, knowledge)}</span></p>`
}

function zones(analyte: Analyte, knowledge: Knowledge): Content {
  const decimalsOf = decimalsOfAnalyte(analyte)
  const couldBe = ({ couldBe: others }: MixUpZone) =>
    others
      .map(({ unit, analyte: other }) =>
        other === analyte.id ? unit : `${knowledge.analytes.get(other)?.name ?? other} in ${unit}`,
      )
      .join(' or ')
  const asked = (zone: MixUpZone) =>
    [
      zone.alwaysAsked ? 'always, whatever confirms the unit' : 'unless the unit is confirmed',
      zone.skippedWhenClearanceIsLow ? 'not with eGFR below 30, dialysis or changing function' : null,
      zone.skippedWithMagnesiumSource ? 'not with a recent magnesium source' : null,
    ]
      .filter((text) => text !== null)
      .join('; ')
  return table(
    `${analyte.id}: mix-up zones`,
    [{ head: 'Reported', kind: 'n' }, { head: 'Could be' }, { head: 'Asked', kind: 'w' }, { head: 'Source' }],
    analyte.zones.map((zone) => ({
      cells: [
        `${quantityText(zone.low, '', decimalsOf(zone.unit)).trim()} to ${quantityText(zone.high, zone.unit, decimalsOf(zone.unit))}`,
        couldBe(zone),
        asked(zone),
        sourceRef(zone.source, knowledge),
      ],
    })),
  )
}
