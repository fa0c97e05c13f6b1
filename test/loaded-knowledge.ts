/** The knowledge folder of this checkout, loaded once for each test file. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadKnowledge } from '../src/knowledge/load.ts'
import { LABORATORY_RULES } from '../src/rules/catalogue.ts'

export const knowledgeFolder = join(fileURLToPath(new URL('..', import.meta.url)), 'cds-hooks')

export const knowledge = loadKnowledge({ folder: knowledgeFolder, rules: LABORATORY_RULES })
