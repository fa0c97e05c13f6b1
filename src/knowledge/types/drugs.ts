/** What drugs/ says: named drugs, the groups that rules ask for, and how an order's text is read. */

export type DrugRole = string

/** A named drug with its codes. */
export interface Drug {
  readonly name: string
  /** lower case, matched as whole words in cleaned text; the longest name that fits wins */
  readonly names: readonly string[]
  readonly rxnorm: readonly string[]
  readonly atc: readonly string[]
  /** exact roles of drug-codes.json: "lowers-Mg", "Mg-source", "QT" …; "(shift)", "(case)", "?" forms are named, never counted */
  readonly roles: readonly DrugRole[]
}

/** A class of drugs that a rule asks for: "lowers-mg", "mg-source", "iv-mg" … (rules.md 1.7). */
export interface DrugGroup {
  readonly id: string
  readonly title: string
  readonly atc: readonly string[]
  readonly exceptAtc: readonly string[]
  readonly roles: readonly DrugRole[]
  readonly source: string
}

export interface DrugKnowledge {
  readonly drugs: readonly Drug[]
  readonly byRxnorm: ReadonlyMap<string, Drug>
  readonly byAtc: ReadonlyMap<string, readonly Drug[]>
  /** all names with their drug, longest first */
  readonly byName: readonly { readonly name: string; readonly drug: Drug }[]
  readonly groups: ReadonlyMap<string, DrugGroup>
  /** the groups that a drug may belong to, by listed ATC prefix and by role */
  readonly groupsByAtc: ReadonlyMap<string, readonly DrugGroup[]>
  readonly groupsByRole: ReadonlyMap<string, readonly DrugGroup[]>
  /** texts that look like a drug of ours and are not ("calcium channel blocker"), lower case, matched first */
  readonly falseFriends: readonly string[]
  /** ATC prefixes of topical, eye, ear and inhaled products */
  readonly localAtc: readonly string[]
  /** route codes (SNOMED CT, with names) that never count, and words in form, route or dose text that mean the same */
  readonly localRoutes: ReadonlyMap<string, string>
  /** matches at the beginning of a word */
  readonly localWords: RegExp
  /** route codes and words that mean intravenous or intramuscular */
  readonly parenteralRoutes: ReadonlyMap<string, string>
  /** matches whole words */
  readonly parenteralWords: RegExp
  /** feeding restarted: ATC prefixes with exceptions, and words of an order's text with their false friends */
  readonly feeding: {
    readonly atc: readonly string[]
    readonly exceptAtc: readonly string[]
    /** matches at the beginning of a word */
    readonly words: RegExp
    /** false friends, cut out first */
    readonly notWords: RegExp
  }
}
