/** The knowledge folder of this checkout, loaded once for each test file. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadKnowledge } from '../src/knowledge/load.ts'

export const knowledgeFolder = join(fileURLToPath(new URL('..', import.meta.url)), 'cds-hooks')

export const knowledge = loadKnowledge({ folder: knowledgeFolder })
