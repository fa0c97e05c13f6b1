/**
 * The form of every file in cds-hooks/, one definition: the loader checks with it and cds-hooks/schema/ is
 * written from it (knowledge-format.md). Keys are the words a clinician reads; unknown keys are errors.
 */
export * from './forms/advice.ts'
export * from './forms/analytes.ts'
export * from './forms/conditions.ts'
export * from './forms/drugs.ts'
export * from './forms/kidney.ts'
export * from './forms/rules.ts'
export * from './forms/services.ts'
