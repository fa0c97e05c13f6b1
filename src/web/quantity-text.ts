import type { Analyte, Knowledge } from '../knowledge/types.ts'
import type { Unit } from '../quantity/limit.ts'
import { type Content, html } from './html.ts'

/** Units of time are words on the page; everything else is as laboratories print it. */
const TIMES: Readonly<Record<string, readonly [string, string]>> = {
  h: ['hour', 'hours'],
  d: ['day', 'days'],
  a: ['year', 'years'],
}

export function quantityText(value: number, unit: Unit, decimals = 0): string {
  const time = TIMES[unit]
  if (time) return `${value} ${value === 1 ? time[0] : time[1]}`
  const [, written = ''] = String(value).split('.')
  return `${written.length < decimals ? value.toFixed(decimals) : value} ${unit.replace('(24.h)', '24 h')}`
}

/** Every unit on its own line, so that no number stands without its unit. */
export function quantities(
  values: Readonly<Record<Unit, number>>,
  decimalsOf: (unit: Unit) => number,
): Content {
  return Object.entries(values).map(
    ([unit, value]) => html`<span class="q">${quantityText(value, unit, decimalsOf(unit))}</span> `,
  )
}

export function decimalsOfAnalyte(analyte: Analyte | undefined): (unit: Unit) => number {
  return (unit) => analyte?.units.get(unit)?.decimals ?? 0
}

/**
 * A threshold does not say of which analyte it is. Kept in several units it is of one that has them all, and these
 * agree on their decimals; kept in one unit it is shown as written.
 */
export function decimalsOfLimit(
  values: Readonly<Record<Unit, number>>,
  { analytes }: Knowledge,
): (unit: Unit) => number {
  const units = Object.keys(values)
  if (units.length < 2) return () => 0
  return decimalsOfAnalyte([...analytes.values()].find((one) => units.every((unit) => one.units.has(unit))))
}
