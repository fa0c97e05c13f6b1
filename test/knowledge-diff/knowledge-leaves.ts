import { knowledge } from '../loaded-knowledge.ts'
import { type Leaf, leavesOf } from './leaves.ts'

/** Made from other parts by the loader: what they say is said where it was read. */
const DERIVED = [
  'version',
  'codes',
  'conditionIndex',
  'drugs.byRxnorm',
  'drugs.byAtc',
  'drugs.byName',
  'drugs.groupsByAtc',
  'drugs.groupsByRole',
]

/** One of each kind of value that the program holds once it has read the rule book. */
export const knowledgeLeaves: readonly Leaf[] = leavesOf(knowledge, {
  except: DERIVED,
  keyed: /(?:^|\.)(?:thresholds|sentences|values|low|high|wording|phrases|notes\.windows)$/u,
})
