import { KNOWLEDGE_FOLDER } from './knowledge/folder.ts'
import { loadKnowledge } from './knowledge/load.ts'
import type { Knowledge } from './knowledge/types.ts'
import { LABORATORY_RULES } from './rules/catalogue.ts'

/**
 * The rule book together with the rules of this program.
 *
 * @throws KnowledgeError with every problem found
 */
export function loadPublished(folder: string = KNOWLEDGE_FOLDER): Knowledge {
  return loadKnowledge({ folder, rules: LABORATORY_RULES })
}
