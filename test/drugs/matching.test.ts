import fc from 'fast-check'
import { matchDrug } from '../../src/drugs/match.ts'
import type { Coded, RawMedication } from '../../src/record/record.ts'
import { knowledge } from '../loaded-knowledge.ts'
import { ATC, coded, medication, named, RXNORM } from '../readings/small-record.ts'

const match = (drug: Coded, over: Partial<RawMedication> = {}) => {
  const { drugs, atc, byName } = matchDrug(medication(drug, over), knowledge.drugs)
  return { names: drugs.map(({ name }) => name).sort(), atc, byName }
}

const names = (text: string) => match(named(text)).names

describe('a drug is matched by its codes first', () => {
  test('by the RxNorm ingredient', () => {
    expect(match(coded([RXNORM, '7646']))).toMatchObject({ names: ['omeprazole'], byName: false })
    expect(match(coded(['urn:oid:2.16.840.1.113883.6.88', '3407']))).toMatchObject({ names: ['digoxin'] })
  })

  test('by ATC, of which the code as sent is kept', () => {
    expect(match(coded([ATC, 'A02BC01']))).toMatchObject({
      names: ['omeprazole'],
      atc: ['A02BC01'],
      byName: false,
    })
    expect(match(coded([ATC, 'c01aa05']))).toMatchObject({ names: ['digoxin'], atc: ['C01AA05'] })
  })

  test('an ATC code of a drug that we do not know tells which drug it is: its text is not read', () => {
    const paracetamol = { ...coded([ATC, 'N02BE01', 'paracetamol']), text: 'omeprazole' }
    expect(match(paracetamol)).toEqual({ names: [], atc: ['N02BE01'], byName: false })
  })

  test('the same number under another system is nothing', () => {
    expect(match(coded(['http://snomed.info/sct', '7646']))).toMatchObject({ names: [] })
  })

  test('then by the ingredients of the referenced product', () => {
    const product = coded(['urn:oid:1.2.3', 'brand-1', 'Some Brand'])
    expect(match(product, { ingredients: [coded([RXNORM, '4603'])] })).toMatchObject({
      names: ['furosemide'],
      byName: false,
    })
    expect(match(product, { ingredients: [coded([ATC, 'C03CA01']), coded([ATC, 'C09AA02'])] })).toMatchObject(
      {
        atc: ['C03CA01', 'C09AA02'],
      },
    )
  })

  test('and last by text, which is said to be so', () => {
    expect(match(named('Omeprazole 20 mg capsule'))).toMatchObject({ names: ['omeprazole'], byName: true })
    expect(match(coded([RXNORM, '402014', 'omeprazole 20 MG Delayed Release Oral Capsule']))).toMatchObject({
      names: ['omeprazole'],
      byName: true,
    })
  })
})

describe('a drug in words', () => {
  test.each<[string, readonly string[]]>([
    ['OMEPRAZOLE', ['omeprazole']],
    ['frusemide 40mg tabs', ['furosemide']],
    ['Milk of Magnesia', ['magnesium hydroxide']],
    ['magnesium-oxide', ['magnesium oxide']],
    ['Magnesium sulphate 4 g IV', ['magnesium sulfate']],
    ['esomeprazole magnesium 20 mg', ['esomeprazole']],
    ['omeprazole/amoxicillin', ['omeprazole']],
    ['furosemide, digoxin', ['digoxin', 'furosemide']],
  ])('"%s": %j', (text, expected) => {
    expect(names(text)).toEqual(expected)
  })

  test('the longest name wins, and what it took is not read again', () => {
    expect(names('esomeprazole')).toEqual(['esomeprazole'])
    expect(names('sodium picosulfate with magnesium citrate')).toHaveLength(1)
    expect(names('sodium picosulfate with magnesium citrate')[0]).toMatch(
      /^sodium picosulfate with magnesium/,
    )
  })

  test('a name counts as a whole word only', () => {
    expect(names('xomeprazole')).toEqual([])
    expect(names('omeprazoles')).toEqual([])
    expect(names('lanoxindigoxin')).toEqual([])
  })

  test.each([
    'calcium channel blocker',
    'Calcium folinate 15 mg',
    'leucovorin calcium',
    'atorvastatin calcium 20 mg',
    'codeine phosphate 30 mg',
    'fludarabine phosphate',
    'magnesium stearate',
    'magnesium valproate',
    'digoxin immune fab',
    'Digoxin-specific antibody',
    'calcium polystyrene sulfonate',
    'paracetamol 500 mg',
    'aspirin 100 mg',
    '',
  ])('"%s" is no drug of ours', (text) => {
    expect(names(text)).toEqual([])
  })

  test('a false friend hides only itself', () => {
    expect(names('digoxin 62.5 mcg; digoxin immune fab on hand')).toEqual(['digoxin'])
  })

  test('case, blanks and punctuation between words never matter', () => {
    const plain = knowledge.drugs.byName.map(({ name }) => name).filter((name) => /^[a-z ]+$/.test(name))
    const between = fc.constantFrom(' ', '  ', '-', '_', ' / ', ', ')
    fc.assert(
      fc.property(fc.constantFrom(...plain), between, fc.boolean(), (name, gap, upper) => {
        const written = name.split(' ').join(gap)
        expect(names(upper ? written.toUpperCase() : written)).toEqual(names(name))
      }),
    )
  })

  test('every name of the list leads to its own drug, unless a false friend holds it', () => {
    for (const { name, drug } of knowledge.drugs.byName) {
      if (knowledge.drugs.falseFriends.some((friend) => name.includes(friend))) continue
      expect([name, names(name)]).toEqual([name, [drug.name]])
    }
  })

  test('no text is too strange or too long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(() => names(text)).not.toThrow()
      }),
    )
  })
})
