/** What windows.yaml says. */

/** The uses for which a result's age is limited (windows.yaml). */
export const WINDOWS = [
  'minerals',
  'hormones',
  'critical',
  'criticalVitaminD',
  'companion',
  'pth',
  'qtc',
  'merge',
  'repeats',
] as const
export type WindowName = (typeof WINDOWS)[number]
