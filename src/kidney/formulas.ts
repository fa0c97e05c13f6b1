/**
 * Published estimates of kidney function. Plain numbers in the units named; which of them counts is status.ts's
 * business. None is valid in pregnancy, in acute kidney injury or on dialysis.
 */

export type FormulaSex = 'male' | 'female'

/**
 * CKD-EPI 2021, creatinine, adults (kidney.org; formula-vectors.md).
 *
 * @param creatinine mg/dL
 * @param age years
 * @returns mL/min/1.73 m2, unrounded
 */
export function ckdEpi2021(creatinine: number, age: number, sex: FormulaSex): number {
  const [kappa, alpha] = sex === 'female' ? [0.7, -0.241] : [0.9, -0.302]
  const ratio = creatinine / kappa
  return (
    142 *
    Math.min(ratio, 1) ** alpha *
    Math.max(ratio, 1) ** -1.2 *
    0.9938 ** age *
    (sex === 'female' ? 1.012 : 1)
  )
}

/**
 * CKD-EPI 2012, cystatin C, adults.
 *
 * @param cystatin mg/L
 * @returns mL/min/1.73 m2
 */
export function ckdEpi2012Cystatin(cystatin: number, age: number, sex: FormulaSex): number {
  const ratio = cystatin / 0.8
  return (
    133 *
    Math.min(ratio, 1) ** -0.499 *
    Math.max(ratio, 1) ** -1.328 *
    0.996 ** age *
    (sex === 'female' ? 0.932 : 1)
  )
}

/**
 * CKD-EPI 2021, creatinine and cystatin C, adults.
 *
 * @param creatinine mg/dL
 * @param cystatin mg/L
 * @returns mL/min/1.73 m2
 */
export function ckdEpi2021Combined(
  creatinine: number,
  cystatin: number,
  age: number,
  sex: FormulaSex,
): number {
  const [kappa, alpha] = sex === 'female' ? [0.7, -0.219] : [0.9, -0.144]
  const scr = creatinine / kappa
  const scys = cystatin / 0.8
  return (
    135 *
    Math.min(scr, 1) ** alpha *
    Math.max(scr, 1) ** -0.544 *
    Math.min(scys, 1) ** -0.323 *
    Math.max(scys, 1) ** -0.778 *
    0.9961 ** age *
    (sex === 'female' ? 0.963 : 1)
  )
}

/**
 * Bedside Schwartz, children of 1 to 18 years, IDMS creatinine.
 *
 * @param height cm
 * @param creatinine mg/dL
 * @returns mL/min/1.73 m2
 */
export function bedsideSchwartz(height: number, creatinine: number): number {
  return (0.413 * height) / creatinine
}

/**
 * Cockcroft-Gault: only where a drug label asks for creatinine clearance (orders.md 1.2).
 *
 * @param creatinine mg/dL
 * @param age completed years
 * @param weight actual weight, kg
 * @returns mL/min, not normalised
 */
export function cockcroftGault(creatinine: number, age: number, weight: number, sex: FormulaSex): number {
  return (((140 - age) * weight) / (72 * creatinine)) * (sex === 'female' ? 0.85 : 1)
}
