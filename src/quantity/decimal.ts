/**
 * Arithmetic on printed digits. A clinical number is carried as the double nearest to the decimal that
 * was printed; up to 15 significant digits that is exact for comparing, but not for arithmetic
 * (1.2 - 0.9 is 0.29999… in binary). These functions go back to the digits, so that a rise from 0.9 to
 * 1.2 mg/dL is 0.3 (rules.md 1.3).
 */

interface Digits {
  /** a whole number; a bigint only where it does not fit into a double exactly */
  coefficient: number | bigint
  /** the value is coefficient / 10 ** scale */
  scale: number
}

const POWERS = Array.from({ length: 16 }, (_, power) => 10 ** power)

/** 10 ** 15 is the largest power below which a product with a two-digit number stays exact; above it bigint takes over */
function digitsOf(value: number): Digits {
  if (Number.isInteger(value)) {
    return { coefficient: Number.isSafeInteger(value) ? value : BigInt(value), scale: 0 }
  }
  // few decimals, as nearly all results have: found without making a text of the number. The quotient of two exact
  // numbers is rounded once, so equality means that these are its shortest digits.
  for (let scale = 1; scale <= 4; scale += 1) {
    const power = POWERS[scale] ?? 1
    const coefficient = Math.round(value * power)
    if (coefficient / power === value && Math.abs(coefficient) < 1e15) return { coefficient, scale }
  }
  const text = String(value)
  const exponentAt = text.indexOf('e')
  const mantissa = exponentAt < 0 ? text : text.slice(0, exponentAt)
  const point = mantissa.indexOf('.')
  const decimals = point < 0 ? 0 : mantissa.length - point - 1
  const digits = point < 0 ? mantissa : mantissa.slice(0, point) + mantissa.slice(point + 1)
  const scale = decimals - (exponentAt < 0 ? 0 : Number(text.slice(exponentAt + 1)))
  const coefficient = Number(digits)
  if (Number.isSafeInteger(coefficient) && scale >= 0) return { coefficient, scale }
  return scale >= 0
    ? { coefficient: BigInt(digits), scale }
    : { coefficient: BigInt(digits) * 10n ** BigInt(-scale), scale: 0 }
}

function numberOf({ coefficient, scale }: Digits): number {
  if (scale === 0) return Number(coefficient) + 0 // no negative zero
  const power = POWERS[scale]
  // the quotient of two exact doubles is rounded once: it is the double nearest to the decimal
  if (typeof coefficient === 'number' && power !== undefined) return coefficient / power + 0
  return Number(`${coefficient}e${-scale}`)
}

/** The coefficient at a greater scale; exact. */
function raised({ coefficient, scale }: Digits, to: number): number | bigint {
  if (scale === to) return coefficient
  const power = POWERS[to - scale]
  if (typeof coefficient === 'number' && power !== undefined) {
    const product = coefficient * power
    if (Number.isSafeInteger(product)) return product
  }
  return BigInt(coefficient) * 10n ** BigInt(to - scale)
}

/** a + b on the printed digits. Both finite. */
export function plus(a: number, b: number): number {
  const x = digitsOf(a)
  const y = digitsOf(b)
  const scale = Math.max(x.scale, y.scale)
  const [p, q] = [raised(x, scale), raised(y, scale)]
  if (typeof p === 'number' && typeof q === 'number' && Number.isSafeInteger(p + q)) {
    return numberOf({ coefficient: p + q, scale })
  }
  return numberOf({ coefficient: BigInt(p) + BigInt(q), scale })
}

/** a - b on the printed digits. Both finite. */
export function minus(a: number, b: number): number {
  return plus(a, -b)
}

/** a * b on the printed digits. Both finite. */
export function times(a: number, b: number): number {
  const x = digitsOf(a)
  const y = digitsOf(b)
  const scale = x.scale + y.scale
  if (typeof x.coefficient === 'number' && typeof y.coefficient === 'number') {
    const product = x.coefficient * y.coefficient
    if (Number.isSafeInteger(product)) return numberOf({ coefficient: product, scale })
  }
  return numberOf({ coefficient: BigInt(x.coefficient) * BigInt(y.coefficient), scale })
}

/** The value with its decimal point moved: `shift(712.3, -3)` is 0.7123, exactly. */
export function shift(value: number, places: number): number {
  if (places === 0 || !Number.isFinite(value)) return value
  const { coefficient, scale } = digitsOf(value)
  const to = scale - places
  return to >= 0
    ? numberOf({ coefficient, scale: to })
    : numberOf({ coefficient: raised({ coefficient, scale: to }, 0), scale: 0 })
}

/** Rounded half up (away from zero for a negative value) to so many decimals. */
export function roundHalfUp(value: number, decimals: number): number {
  if (!Number.isFinite(value)) return value
  const digits = digitsOf(value)
  if (digits.scale <= decimals) return value
  const power = POWERS[digits.scale - decimals]
  if (typeof digits.coefficient === 'number' && power !== undefined) {
    const size = Math.abs(digits.coefficient)
    const whole = Math.floor(size / power)
    const up = (size - whole * power) * 2 >= power ? 1 : 0
    return numberOf({ coefficient: Math.sign(digits.coefficient) * (whole + up), scale: decimals })
  }
  const coefficient = BigInt(digits.coefficient)
  const divisor = 10n ** BigInt(digits.scale - decimals)
  const magnitude = coefficient < 0n ? -coefficient : coefficient
  const rounded = (magnitude * 2n + divisor) / (divisor * 2n)
  return numberOf({ coefficient: coefficient < 0n ? -rounded : rounded, scale: decimals })
}

/** How many decimals the value needs: 0.845 has 3, 12 has 0. */
export function decimalsOf(value: number): number {
  // String() prints the shortest digits, so there are no zeros to take off
  return Number.isInteger(value) ? 0 : digitsOf(value).scale
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
