import type { ConditionCode, Drug, DrugGroup, Knowledge } from '../knowledge/types.ts'
import type { Coded, RawCondition, RawMedication, RawProcedure } from '../record/record.ts'
import { CaseError } from './expression.ts'
import type { ConditionForm, DrugForm } from './form.ts'
import type { Past } from './past.ts'

const ATC = 'http://www.whocc.no/atc'
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'
const SNOMED = 'http://snomed.info/sct'
const ICD10_CM = 'http://hl7.org/fhir/sid/icd-10-cm'
const ICD10_WHO = 'http://hl7.org/fhir/sid/icd-10'
const NOTHING: Coded = { codings: [], text: '' }

/**
 * A drug of a group, as an order or as given.
 *
 * @throws CaseError for a group that the knowledge does not have
 */
export function rawMedication(
  form: DrugForm,
  number: number,
  past: Past,
  knowledge: Knowledge,
): RawMedication {
  const group = knowledge.drugs.groups.get(form.group)
  if (!group) throw new CaseError(`no drug group ${form.group}`)
  const given = form.as === 'given'
  const ended = form.end !== undefined
  return {
    reference: `Medication/${number}`,
    kind: given ? 'administration' : 'request',
    status: form.status ?? (given ? (ended ? 'completed' : 'in-progress') : ended ? 'stopped' : 'active'),
    intent: given ? '' : 'order',
    doNotPerform: false,
    drug: exampleOf(group, knowledge),
    ingredients: [],
    form: NOTHING,
    route: NOTHING,
    doseText: '',
    start: form.start === undefined ? null : past.at(form.start),
    end: form.end === undefined ? null : past.at(form.end),
    authored: past.at(form.start ?? '30 d'),
    categories: [],
  }
}

/** By the group's first ATC class, else the named drug of its role that has fewest other roles. */
function exampleOf(group: DrugGroup, { drugs }: Knowledge): Coded {
  const [atc] = group.atc
  if (atc !== undefined) return { codings: [{ system: ATC, code: atc, display: group.title }], text: '' }
  const [drug] = drugs.drugs
    .filter(({ roles }) => roles.some((role) => group.roles.includes(role)))
    .sort((a, b) => a.roles.length - b.roles.length)
  if (!drug) throw new CaseError(`no drug in the group ${group.id}`)
  return named(drug)
}

function named({ name, rxnorm }: Drug): Coded {
  const [code] = rxnorm
  return {
    codings: code === undefined ? [] : [{ system: RXNORM, code, display: name }],
    text: name,
  }
}

/** Feeding into the vein or the gut, begun so long ago and still running. */
export function rawFeeding(started: string, past: Past, { drugs }: Knowledge): RawMedication {
  const [atc] = drugs.feeding.atc
  if (atc === undefined) throw new CaseError('no code for feeding')
  const start = past.at(started)
  return {
    reference: 'Medication/feeding',
    kind: 'administration',
    status: 'in-progress',
    intent: '',
    doNotPerform: false,
    drug: { codings: [{ system: ATC, code: atc, display: 'feeding' }], text: '' },
    ingredients: [],
    form: NOTHING,
    route: NOTHING,
    doseText: '',
    start,
    end: null,
    authored: null,
    categories: [],
  }
}

/**
 * A condition by the first code of its set that is switched on.
 *
 * @throws CaseError for a set that the knowledge does not have, or that holds no condition
 */
export function rawCondition(form: ConditionForm, past: Past, knowledge: Knowledge): RawCondition {
  const set = knowledge.conditions.get(form.set)
  if (!set) throw new CaseError(`no condition set ${form.set}`)
  const isOn = ({ enabled }: ConditionCode) => enabled
  const snomed = set.snomed.find(isOn)
  const icd = set.icd10.find(isOn)
  const code = snomed ?? icd
  if (!code) throw new CaseError(`no condition code in ${form.set}`)
  const system = snomed ? SNOMED : code.only === 'WHO' ? ICD10_WHO : ICD10_CM
  return {
    reference: `Condition/${form.set}`,
    code: {
      codings: [{ system, code: code.code, display: code.display }],
      text: code.onlyWithText ?? '',
    },
    clinicalStatus: 'active',
    verificationStatus: form.confirmed === false ? 'provisional' : 'confirmed',
    categories: ['problem-list-item'],
    onset: null,
    recorded: past.at(form.since ?? '1 d'),
    abatement: null,
    abated: false,
  }
}

/** A delivery, so long ago. */
export function rawDelivery(ago: string, past: Past, { conditions }: Knowledge): RawProcedure {
  const code = conditions.get('delivered-procedure')?.procedures.find(({ enabled }) => enabled)
  if (!code) throw new CaseError('no code for a delivery')
  const time = past.at(ago)
  return {
    reference: 'Procedure/delivery',
    status: 'completed',
    code: { codings: [{ system: SNOMED, code: code.code, display: code.display }], text: '' },
    start: time,
    end: time,
  }
}
