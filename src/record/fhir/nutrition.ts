/** NutritionOrder (http://hl7.org/fhir/R4/nutritionorder.html): that feeding was ordered, and by which way. */
import type { RawNutrition, Refused } from '../record.ts'
import { readWhen } from '../time.ts'
import { notesOf } from './annotation.ts'
import { codedOf, conceptsOf } from './concept.ts'
import type { Context } from './context.ts'
import { type Held, refusal } from './held.ts'
import { elementOf, elementsOf, textOf } from './json.ts'
import { modifierOn } from './modifier.ts'

export function readNutrition(
  held: Held,
  { zone }: Context,
  nutrition: RawNutrition[],
  refused: Refused[],
): void {
  const { body } = held
  const formula = elementOf(body.enteralFormula)
  const diet = elementOf(body.oralDiet)
  const supplements = elementsOf(body.supplement)
  const parts = [formula, diet, ...supplements].filter((part) => part !== null)
  if (parts.some((part) => modifierOn(part) !== null)) {
    const detail = 'NutritionOrder has a part with a modifier extension that is not understood'
    refused.push(refusal(held, 'modifier-not-understood', detail))
    return
  }
  const texts = [
    ...namesOf(formula?.baseFormulaType),
    textOf(formula?.baseFormulaProductName),
    textOf(formula?.administrationInstruction),
    ...conceptsOf(diet?.type).flatMap(namesOf),
    textOf(diet?.instruction),
    ...supplements.flatMap(({ type, productName, instruction }) => [
      ...namesOf(type),
      textOf(productName),
      textOf(instruction),
    ]),
    ...notesOf(body.note),
  ]
  nutrition.push({
    reference: held.reference,
    status: textOf(body.status).toLowerCase(),
    intent: textOf(body.intent).toLowerCase(),
    start: readWhen(body.dateTime, zone),
    enteral: formula !== null && Object.keys(formula).length > 0,
    text: [...new Set(texts.filter((text) => text !== ''))].join('; '),
  })
}

/** The text and displays of a concept. */
function namesOf(concept: unknown): readonly string[] {
  const { codings, text } = codedOf(concept)
  return [text, ...codings.map((coding) => coding.display)]
}
