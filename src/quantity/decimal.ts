/**
 * Arithmetic on printed digits. A clinical number is carried as the double nearest to the decimal that
 * was printed; up to 15 significant digits that is exact for comparing, but not for arithmetic
 * (1.2 - 0.9 is 0.29999… in binary). These functions go back to the digits, so that a rise from 0.9 to
 * 1.2 mg/dL is 0.3 (rules.md 1.3).
 */

interface Digits {
  coefficient: bigint
  /** the value is coefficient / 10 ** scale */
  scale: number
}

function digitsOf(value: number): Digits {
  const [mantissa = '0', exponent = '0'] = String(value).split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  const scale = fraction.length - Number(exponent)
  const coefficient = BigInt(whole + fraction)
  return scale >= 0 ? { coefficient, scale } : { coefficient: coefficient * 10n ** BigInt(-scale), scale: 0 }
}

function numberOf({ coefficient, scale }: Digits): number {
  return Number(`${coefficient}e${-scale}`)
}

function aligned(a: Digits, b: Digits): [bigint, bigint, number] {
  const scale = Math.max(a.scale, b.scale)
  return [
    a.coefficient * 10n ** BigInt(scale - a.scale),
    b.coefficient * 10n ** BigInt(scale - b.scale),
    scale,
  ]
}

/** a + b on the printed digits. Both finite. */
export function plus(a: number, b: number): number {
  const [x, y, scale] = aligned(digitsOf(a), digitsOf(b))
  return numberOf({ coefficient: x + y, scale })
}

/** a - b on the printed digits. Both finite. */
export function minus(a: number, b: number): number {
  return plus(a, -b)
}

/** a * b on the printed digits. Both finite. */
export function times(a: number, b: number): number {
  const x = digitsOf(a)
  const y = digitsOf(b)
  return numberOf({ coefficient: x.coefficient * y.coefficient, scale: x.scale + y.scale })
}

/** The value with its decimal point moved: `shift(712.3, -3)` is 0.7123, exactly. */
export function shift(value: number, places: number): number {
  if (places === 0 || !Number.isFinite(value)) return value
  const { coefficient, scale } = digitsOf(value)
  return numberOf({ coefficient, scale: scale - places })
}

/** Rounded half up (away from zero for a negative value) to so many decimals. */
export function roundHalfUp(value: number, decimals: number): number {
  if (!Number.isFinite(value)) return value
  const { coefficient, scale } = digitsOf(value)
  if (scale <= decimals) return value
  const divisor = 10n ** BigInt(scale - decimals)
  const magnitude = coefficient < 0n ? -coefficient : coefficient
  const rounded = (magnitude * 2n + divisor) / (divisor * 2n)
  return numberOf({ coefficient: coefficient < 0n ? -rounded : rounded, scale: decimals })
}

/** How many decimals the value needs: 0.845 has 3, 12 has 0. */
export function decimalsOf(value: number): number {
  let { coefficient, scale } = digitsOf(value)
  while (scale > 0 && coefficient % 10n === 0n) {
    coefficient /= 10n
    scale -= 1
  }
  return scale
}

/** The value as text with at least so many decimals, never cut: `padded(0.7, 2)` is "0.70", `padded(0.845, 2)` "0.845". */
export function padded(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return String(value)
  const own = decimalsOf(value)
  if (own > 20 || Math.abs(value) >= 1e21) return String(value)
  return value.toFixed(Math.max(own, decimals))
}

/** The fall from `before` to `after` in percent of `before`, to one decimal (rules.md 4, REFEEDING). `before` is not 0. */
export function percentFall(before: number, after: number): number {
  return roundHalfUp(times(minus(before, after), 100) / before, 1)
}
