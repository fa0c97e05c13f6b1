import { checkKnowledge, type KnowledgeUses, type RuleDeclaration } from './check.ts'
import { compileKnowledge } from './compile.ts'
import { readKnowledgeFiles } from './files.ts'
import type { Knowledge } from './types.ts'
import { KnowledgeError } from './yaml.ts'

export type { RuleDeclaration } from './check.ts'
export { KnowledgeError, type KnowledgeProblem } from './yaml.ts'

/**
 * Reads, checks and compiles a knowledge folder (cds-hooks/).
 *
 * @param overlay a site's folder of the same form with only what differs
 * @param rules what the rules' code says it uses: thresholds and sentences are compared both ways
 * @throws KnowledgeError with every problem found: file, line and reason. There is no partial knowledge.
 */
export function loadKnowledge(options: {
  folder: string
  rules: readonly RuleDeclaration[]
  overlay?: string | null
  uses?: KnowledgeUses
}): Knowledge {
  const read = readKnowledgeFiles(options.folder, options.overlay ?? null)
  if (!read.ok) throw new KnowledgeError(read.problems)
  const problems = checkKnowledge(read.files, options.rules, options.uses)
  if (problems.length > 0) throw new KnowledgeError(problems)
  return compileKnowledge(read.files)
}
