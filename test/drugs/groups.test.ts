import { drugsOf } from '../../src/drugs/drugs.ts'
import type { Coded, RawMedication } from '../../src/record/record.ts'
import { knowledge } from '../loaded-knowledge.ts'
import {
  ATC,
  clockOf,
  coded,
  medication,
  named,
  nothing,
  RXNORM,
  recordOf,
  SNOMED,
} from '../readings/small-record.ts'

function groupsOf(drug: Coded, over: Partial<RawMedication> = {}): string[] {
  const drugs = drugsOf(recordOf({ medications: [medication(drug, over)] }), knowledge, clockOf())
  return [...knowledge.drugs.groups.keys()].filter((group) => drugs.of(group).length > 0).sort()
}

const byAtc = (code: string, over: Partial<RawMedication> = {}) => groupsOf(coded([ATC, code]), over)
const byText = (text: string, over: Partial<RawMedication> = {}) => groupsOf(named(text), over)

function parenteral(drug: Coded, over: Partial<RawMedication> = {}): boolean | undefined {
  const drugs = drugsOf(recordOf({ medications: [medication(drug, over)] }), knowledge, clockOf())
  return drugs.of('mg-source')[0]?.parenteral
}

describe('magnesium sources', () => {
  test.each([
    'A02AA04',
    'A02AD01',
    'A02AF02',
    'A06AD01',
    'A06AD02',
    'A06AD03',
    'A06AD04',
    'A06AD19',
    'A06AB58',
    'A12CC10',
    'B05XA05',
    'B05XA10',
    'B05XA11',
    'V03AE04',
  ])('%s is one', (code) => {
    expect(byAtc(code)).toContain('mg-source')
  })

  test.each(['D11AX05', 'A06AB08', 'A06AD17', 'A06AD15', 'A12AA04', 'V03AE02', 'A02AB01', 'B05XA06'])(
    '%s is none',
    (code) => {
      expect(byAtc(code)).not.toContain('mg-source')
    },
  )

  test('by RxNorm and by name as well', () => {
    expect(groupsOf(coded([RXNORM, '6582']))).toContain('mg-source')
    expect(byText('Magnesium glycinate 200 mg')).toContain('mg-source')
    expect(groupsOf(coded([RXNORM, '33688', 'sodium picosulfate']))).not.toContain('mg-source')
  })

  test('magnesium sulfate on the skin is none, even where its ingredient is coded', () => {
    expect(groupsOf(coded([RXNORM, '6585'], [ATC, 'D11AX05']))).not.toContain('mg-source')
  })

  test('esomeprazole magnesium is none: it lowers magnesium', () => {
    const groups = byText('esomeprazole magnesium 40 mg')
    expect(groups).toContain('lowers-mg')
    expect(groups).not.toContain('mg-source')
  })
})

describe('drugs that lower magnesium', () => {
  test.each([
    'A02BC01',
    'A02BD04',
    'B01AC56',
    'M01AE52',
    'C03AA03',
    'C03BA11',
    'C03CA01',
    'C03EA01',
    'C03EB01',
    'C07BB02',
    'C07CB03',
    'C07DA06',
    'C02LA01',
    'C08GA01',
    'C09BA02',
    'C09BX01',
    'C09BX03',
    'C09BX06',
    'C09DA01',
    'C09DX01',
    'C09DX03',
    'C09DX06',
    'C09DX07',
    'C09DX08',
    'C09DX09',
    'C09XA52',
    'C09XA54',
    'J01GB03',
    'J02AA01',
    'J04AB30',
    'J05AD01',
    'L01FE01',
    'L01XA01',
    'L01XA02',
    'L04AD01',
    'L04AD02',
    'P01CX01',
    'R03DA04',
  ])('%s does', (code) => {
    expect(byAtc(code)).toContain('lowers-mg')
  })

  test.each([
    'A02BC08',
    'A02BD08',
    'C09DX02',
    'C09DX04',
    'C09DX05',
    'C09BX02',
    'C09BX04',
    'C09XA02',
    'C03DA01',
    'A02BA02',
    'B01AC06',
    'L01XA03',
    'R03DA05',
    'R03AC02',
  ])('%s does not', (code) => {
    expect(byAtc(code)).not.toContain('lowers-mg')
  })

  test('vonoprazan is named and never counted', () => {
    expect(byAtc('A02BC08')).toContain('named-lowers-mg')
    expect(byText('vonoprazan 20 mg')).toContain('named-lowers-mg')
    expect(byText('vonoprazan 20 mg')).not.toContain('lowers-mg')
  })

  test('roles with "(shift)", "(case)" or "?" are never counted', () => {
    for (const drug of knowledge.drugs.drugs) {
      const counted = drug.roles.includes('lowers-Mg')
      const onlyNamed = drug.roles.some((role) => /^lowers-Mg(?:\(|\?)/.test(role))
      const code = drug.rxnorm[0]
      if (!onlyNamed || counted || code === undefined) continue
      const groups = groupsOf(coded([RXNORM, code]))
      expect([drug.name, groups.includes('lowers-mg')]).toEqual([drug.name, false])
      expect([drug.name, groups.includes('named-lowers-mg')]).toEqual([drug.name, true])
    }
  })

  test('a combination counts for each group that it matches', () => {
    expect(byAtc('C09DX01')).toEqual(expect.arrayContaining(['lowers-mg', 'thiazide', 'diuretic', 'arb']))
    expect(byAtc('C03EB01')).toEqual(expect.arrayContaining(['lowers-mg', 'loop-diuretic']))
    expect(byAtc('C03EB01')).not.toContain('thiazide')
  })
})

describe('other groups', () => {
  test.each<[string, string, boolean]>([
    ['C01AA05', 'digoxin', true],
    ['C01BD01', 'digoxin', false],
    ['M05BA04', 'antiresorptive', true],
    ['M05BB03', 'antiresorptive', true],
    ['M05BX04', 'antiresorptive', true],
    ['M05BX06', 'antiresorptive', true],
    ['M05BX03', 'antiresorptive', false],
    ['A11CC05', 'ca-vitd-product', true],
    ['A12AA04', 'ca-vitd-product', true],
    ['H05BX02', 'ca-vitd-product', true],
    ['H05BX01', 'ca-vitd-product', false],
    ['V03AE07', 'ca-vitd-product', true],
    ['V03AE02', 'ca-vitd-product', false],
    ['N05AN01', 'lithium', true],
    ['A10BK01', 'sglt2', true],
    ['A02BC08', 'ppi', false],
    ['A02BA02', 'ppi', false],
  ])('%s in %s: %s', (code, group, expected) => {
    expect(byAtc(code).includes(group)).toBe(expected)
  })

  test('QT: the role exactly', () => {
    for (const drug of knowledge.drugs.drugs) {
      const [code] = drug.rxnorm
      if (code === undefined || !drug.roles.some((role) => role.startsWith('QT'))) continue
      expect([drug.name, groupsOf(coded([RXNORM, code])).includes('qt')]).toEqual([
        drug.name,
        drug.roles.includes('QT'),
      ])
    }
  })

  test('iron is told apart: only ferric carboxymaltose', () => {
    expect(groupsOf(coded([RXNORM, '1433693']))).toContain('ferric-carboxymaltose')
    expect(byAtc('B03AC')).not.toContain('ferric-carboxymaltose')
  })
})

describe('topical, eye, ear, nasal and inhaled forms never count', () => {
  test.each(['topical', 'ophthalmic', 'otic', 'nasal', 'inhalation', 'vaginal', 'intra-articular'])(
    'by the route %s',
    (display) => {
      const code =
        {
          topical: '6064005',
          ophthalmic: '54485002',
          otic: '10547007',
          nasal: '46713006',
          inhalation: '447694001',
          vaginal: '16857009',
          'intra-articular': '12130007',
        }[display] ?? ''
      expect(byText('gentamicin', { route: coded([SNOMED, code]) })).toEqual([])
    },
  )

  test.each(['37161004', '26643006', '47625008', '78421000', '34206005', '45890007'])(
    'the route %s counts (rectal, oral, IV, IM, SC, transdermal)',
    (code) => {
      expect(byText('magnesium sulfate', { route: coded([SNOMED, code]) })).toContain('mg-source')
    },
  )

  test('no route counts', () => {
    expect(byText('magnesium sulfate')).toContain('mg-source')
  })

  test.each([
    'magnesium sulfate cream',
    'gentamicin eye drops',
    'gentamicin ear drops',
    'tobramycin for nebulisation',
    'magnesium sulfate bath',
    'magnesium sulfate foot soak',
    'magnesium sulfate inhaled',
    'gentamicin 0.3 % ophthalmic solution',
  ])('by its words: %s', (text) => {
    expect(byText(text)).toEqual([])
  })

  test('by the form or the dose text', () => {
    expect(byText('gentamicin', { form: named('Ointment') })).toEqual([])
    expect(byText('gentamicin', { doseText: '1 drop into the eye, 4 times a day' })).toEqual([])
  })

  test('"early" and "bowel" are no ear and no bath', () => {
    expect(
      byText('magnesium citrate', { doseText: 'early in the morning before bowel preparation' }),
    ).toContain('mg-source')
  })

  test.each(['D11AX05', 'S01AA11', 'A01AB11'])('by an ATC class that is local as a whole: %s', (code) => {
    expect(byAtc(code)).toEqual([])
  })
})

describe('intravenous magnesium', () => {
  test.each(['B05XA05', 'B05XA10', 'B05XA11', 'V04CC02'])('by ATC %s', (code) => {
    expect(parenteral(coded([ATC, code]))).toBe(true)
  })

  test.each(['47625008', '78421000'])('by the route %s', (code) => {
    expect(parenteral(named('magnesium sulfate'), { route: coded([SNOMED, code]) })).toBe(true)
  })

  test.each([
    '4 g IV over 20 min',
    '5 g i.m. each buttock',
    'intravenous',
    'continuous infusion 1 g/h',
    'IVPB',
  ])('by the dose text "%s"', (doseText) => {
    expect(parenteral(named('magnesium sulfate'), { doseText })).toBe(true)
  })

  test('magnesium sulfate without route or ATC is an oral source', () => {
    expect(parenteral(named('magnesium sulfate'))).toBe(false)
    expect(parenteral(coded([RXNORM, '6585']))).toBe(false)
    expect(parenteral(coded([ATC, 'A06AD04']))).toBe(false)
  })

  test('"IV" is a word: five "ivy" drops and a subcutaneous route are neither', () => {
    expect(parenteral(named('magnesium sulfate'), { doseText: 'with ivy leaf' })).toBe(false)
    expect(parenteral(named('magnesium sulfate'), { route: coded([SNOMED, '34206005']) })).toBe(false)
    expect(parenteral(named('magnesium sulfate'), { route: nothing })).toBe(false)
  })
})

test('a code with a line break in it is one code that nobody knows, not two', () => {
  expect(groupsOf(coded([ATC, 'A01\nR6582']))).toEqual([])
  expect(groupsOf(coded([ATC, 'A01\nAA12CC02']))).toEqual([])
})
