/** The reviewed factors against an oracle: UCUM with molar mass and charge (@lhncbc/ucum-lhc, a test's dependency only). */
import ucum from '@lhncbc/ucum-lhc'
import { readKnowledgeFiles } from '../../src/knowledge/files.ts'
import type { AnalyteId } from '../../src/knowledge/types.ts'
import { knowledge, knowledgeFolder } from '../loaded-knowledge.ts'

const utils = ucum.UcumLhcUtils.getInstance()

const read = readKnowledgeFiles(knowledgeFolder)
if (!read.ok) throw new Error('the published knowledge does not load')
const { files } = read

const ucumOf = (unit: string) => files.units.value.units[unit]?.ucum ?? null

/** One unit of it in the canonical unit, as the oracle says; null where UCUM cannot tell. */
function oracle(id: AnalyteId, unit: string): number | null {
  const analyte = files.analytes.find(({ value }) => value.id === id)?.value
  if (!analyte) throw new Error(`no analyte ${id}`)
  const [from, to] = [ucumOf(unit), ucumOf(analyte.canonical)]
  if (from === null || to === null) return null
  // a large number, because the oracle rounds what it answers
  const answer = utils.convertUnitTo(from, 1_000_000, to, {
    suggest: false,
    ...(analyte.molarMass === undefined ? {} : { molecularWeight: analyte.molarMass }),
    ...(analyte.valence === undefined ? {} : { charge: analyte.valence }),
  })
  return answer.status === 'succeeded' && answer.toVal !== null ? answer.toVal / 1_000_000 : null
}

function ours(id: AnalyteId, unit: string): number {
  const entry = knowledge.analytes.get(id)?.units.get(unit)
  if (!entry) throw new Error(`${id} has no ${unit}`)
  return entry.factor * 10 ** entry.shift
}

describe('mass, moles and equivalents', () => {
  const analytes = [
    'magnesium',
    'calcium',
    'calcium-adjusted',
    'calcium-ionised',
    'phosphate',
    'vitamin-d-25oh',
    'creatinine',
    'potassium',
  ] as const
  const pairs = analytes.flatMap((id) =>
    [...(knowledge.analytes.get(id)?.units.keys() ?? [])].map((unit): [AnalyteId, string] => [id, unit]),
  )

  test.each(pairs)('%s in %s agrees to five parts in 100 000', (id, unit) => {
    const expected = oracle(id, unit)
    if (expected === null) throw new Error(`the oracle knows no conversion of ${id} from ${unit}`)
    expect(Math.abs(ours(id, unit) / expected - 1)).toBeLessThan(5e-5)
  })

  test('an equivalent of Mg or Ca is half a mole, one of K is a mole', () => {
    expect(oracle('magnesium', 'mEq/L')).toBeCloseTo(0.5, 9)
    expect(oracle('calcium', 'mEq/L')).toBeCloseTo(0.5, 9)
    expect(oracle('potassium', 'mEq/L')).toBeCloseTo(1, 9)
    expect(ours('magnesium', 'mEq/L')).toBe(0.5)
    expect(ours('calcium', 'mEq/L')).toBe(0.5)
    expect(ours('potassium', 'mEq/L')).toBe(1)
  })

  test('phosphate is counted as phosphorus, and not accepted in equivalents', () => {
    expect(ours('phosphate', 'mg/dL')).toBeCloseTo(10 / 30.974, 5)
    expect(knowledge.analytes.get('phosphate')?.units.has('mEq/L')).toBe(false)
  })
})

describe('every unit of every analyte', () => {
  const pairs = [...knowledge.analytes.values()].flatMap(({ id, units }) =>
    [...units.keys()].map((unit): [AnalyteId, string] => [id, unit]),
  )

  test('agrees with the oracle wherever that can tell', () => {
    const far = pairs.filter(([id, unit]) => {
      // mg of calcium in g of creatinine: two molar masses, and the oracle takes one
      if (id === 'urine-calcium' && unit === 'mg/g') return false
      const expected = oracle(id, unit)
      return expected !== null && Math.abs(ours(id, unit) / expected - 1) > 1e-3
    })
    expect(far).toEqual([])
  })

  test('calcium in mg/g of creatinine takes both molar masses', () => {
    expect(ours('urine-calcium', 'mg/g')).toBeCloseTo(113.12 / 40.078 / 1000, 5)
  })

  test('and it can tell for most of them', () => {
    expect(pairs.filter(([id, unit]) => oracle(id, unit) !== null).length).toBeGreaterThan(pairs.length * 0.8)
  })
})

describe('the unit table', () => {
  test('every UCUM code in it is one', () => {
    const wrong = Object.entries(files.units.value.units)
      .filter(([, { ucum: code }]) => code !== null && utils.validateUnitString(code).status !== 'valid')
      .map(([unit]) => unit)
    expect(wrong).toEqual([])
  })
})
