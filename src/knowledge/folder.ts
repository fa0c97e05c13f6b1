import { fileURLToPath } from 'node:url'

/** The published rule book that came with this program. */
export const KNOWLEDGE_FOLDER = fileURLToPath(new URL('../../cds-hooks', import.meta.url))
