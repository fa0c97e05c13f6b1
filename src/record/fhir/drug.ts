/**
 * Which drug a medication resource means: a concept, or a reference to a Medication that is contained in it
 * or came along (field case F103: all three say the same).
 */
import type { Coded } from '../record.ts'
import type { Companions } from './companions.ts'
import { codedOf, isUncoded, UNCODED } from './concept.ts'
import type { Held } from './held.ts'
import { type Element, elementOf, elementsOf, isSent, textOf } from './json.ts'
import { modifierOn } from './modifier.ts'

export interface Drug {
  readonly drug: Coded
  readonly ingredients: readonly Coded[]
  readonly form: Coded
}

/** Medications are shared by many orders and read once. */
const read = new WeakMap<Held, Drug>()

/** Null where the resource names no drug that can be read. */
export function drugOf(held: Held, companions: Companions): Drug | null {
  const concept = codedOf(held.body.medicationCodeableConcept)
  if (!isUncoded(concept)) return { drug: concept, ingredients: [], form: UNCODED }
  const reference = elementOf(held.body.medicationReference)
  const medication = companions.find(reference, held)
  const found = medication?.type === 'Medication' ? drugIn(medication, companions) : null
  if (found !== null && !isNameless(found)) return found
  // What the reference is shown as is better than nothing; it is a text, not a code.
  const shown = codedOf(textOf(reference?.display))
  if (found === null && isUncoded(shown)) return null
  return { drug: shown, ingredients: found?.ingredients ?? [], form: found?.form ?? UNCODED }
}

function isNameless({ drug, ingredients }: Drug): boolean {
  return isUncoded(drug) && ingredients.length === 0
}

function drugIn(medication: Held, companions: Companions): Drug {
  const known = read.get(medication)
  if (known !== undefined) return known
  const drug = {
    drug: codedOf(medication.body.code),
    ingredients: elementsOf(medication.body.ingredient)
      .filter((ingredient) => modifierOn(ingredient) === null)
      .map((ingredient) => ingredientOf(ingredient, medication, companions))
      .filter((ingredient) => !isUncoded(ingredient)),
    form: codedOf(medication.body.form),
  }
  read.set(medication, drug)
  return drug
}

/** A concept, or the code of another Medication or a Substance. */
function ingredientOf(ingredient: Element, medication: Held, companions: Companions): Coded {
  const concept = codedOf(ingredient.itemCodeableConcept)
  if (!isUncoded(concept) || !isSent(ingredient.itemReference)) return concept
  const found = companions.find(ingredient.itemReference, medication)
  const code = codedOf(found?.body.code)
  return isUncoded(code) ? codedOf(textOf(elementOf(ingredient.itemReference)?.display)) : code
}
