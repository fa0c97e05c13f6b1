import fc from 'fast-check'
import { hasLoincCheckDigit } from '../../src/knowledge/check-analytes.ts'
import { KnowledgeError } from '../../src/knowledge/load.ts'
import { knowledge } from '../loaded-knowledge.ts'
import { type FolderCopy, folderCopy, removeCopies } from './folder-copy.ts'

afterAll(removeCopies)

/** The problems after one change: "analytes/magnesium.yaml:12: reason". */
function refused(change: (copy: FolderCopy) => void): string[] {
  const copy = folderCopy()
  change(copy)
  return copy.problems().map(({ file, line, reason }) => `${file}:${line}: ${reason}`)
}

const MG = 'analytes/magnesium.yaml'

describe('the published knowledge', () => {
  test('loads, and a copy of it is the same', () => {
    const copy = folderCopy()
    expect(copy.problems()).toEqual([])
    expect(copy.load().version).toBe(knowledge.version)
    expect(knowledge.version).toMatch(/^\d+\.\d+\.\d+\+[0-9a-f]{8}$/)
  })

  test('has every code once, and each passes the LOINC check digit', () => {
    const codes = [...knowledge.analytes.values()].flatMap(({ allowed, refused: not }) =>
      [...allowed, ...not].map(({ code }) => code),
    )
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes.filter((code) => !hasLoincCheckDigit(code))).toEqual([])
  })

  test('has a limit in every unit in which a judged analyte is compared, or in the canonical one', () => {
    for (const rule of knowledge.rules.values()) {
      for (const [key, limit] of Object.entries(rule.thresholds)) {
        expect([rule.id, key, Object.keys(limit.values).length > 0]).toEqual([rule.id, key, true])
        for (const value of Object.values(limit.values)) expect(Number.isFinite(value)).toBe(true)
      }
    }
  })
})

describe('a file that is not right is refused with file, line and reason', () => {
  test('YAML that does not parse', () => {
    const [first] = refused((copy) => copy.change(MG, 'canonical: mmol/L', 'canonical: [mmol/L'))
    expect(first).toMatch(/^analytes\/magnesium\.yaml:\d+: /)
  })

  test('a key that stands twice', () => {
    const problems = refused((copy) => copy.change(MG, 'symbol: Mg', 'symbol: Mg\nsymbol: Mg'))
    expect(problems).toEqual([expect.stringMatching(/^analytes\/magnesium\.yaml:5: .*unique/i)])
  })

  test('an unknown key', () => {
    let line = 0
    const problems = refused((copy) => {
      line = copy.change(MG, 'symbol: Mg', 'symbol: Mg\nsymbl: Mg')
    })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain('symbl')
    expect(problems[0]).toContain(`${MG}:${line + 1}:`)
  })

  test('a missing key', () => {
    const problems = refused((copy) => copy.change(MG, 'canonical: mmol/L\n', ''))
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/canonical/)
  })

  test('a value of the wrong kind', () => {
    let line = 0
    const problems = refused((copy) => {
      line = copy.change(MG, 'factor: 0.41144', 'factor: a lot')
    })
    expect(problems).toEqual([expect.stringContaining(`${MG}:${line}: units.mg/dL.factor`)])
  })

  test('a negative factor', () => {
    expect(refused((copy) => copy.change(MG, 'factor: 0.41144', 'factor: -0.41144'))).toHaveLength(1)
  })

  test.each([
    'version.yaml',
    'windows.yaml',
    'concepts.yaml',
    'wording.yaml',
    'analytes/units.yaml',
    'drugs/groups.yaml',
  ])('a missing %s', (file) => {
    expect(refused((copy) => copy.remove(file))).toContain(`${file}:1: the file is missing`)
  })

  test('a version that is no version', () => {
    expect(refused((copy) => copy.change('version.yaml', /version: .*/u, 'version: one'))).toEqual([
      expect.stringContaining('version.yaml:2: version'),
    ])
  })

  test('an empty file', () => {
    expect(refused((copy) => copy.write('windows.yaml', ''))).toEqual([
      expect.stringMatching(/^windows\.yaml:1: /),
    ])
  })
})

describe('what no single file can show', () => {
  test('a code in two analytes', () => {
    let line = 0
    const problems = refused((copy) => {
      line = copy.change('analytes/phosphate.yaml', 'code: 2777-1', 'code: 2601-3')
    })
    expect(problems).toContain(
      `analytes/phosphate.yaml:${line}: 2601-3 stands in analytes/magnesium.yaml already`,
    )
  })

  test('a code that is allowed and refused', () => {
    expect(refused((copy) => copy.change(MG, 'code: 74696-6', 'code: 2601-3'))).toEqual([
      expect.stringMatching(/2601-3 stands in analytes\/magnesium\.yaml already/),
    ])
  })

  test('a code with a wrong check digit', () => {
    let line = 0
    const problems = refused((copy) => {
      line = copy.change(MG, 'code: 2601-3', 'code: 2601-4')
    })
    expect(problems).toContain(`${MG}:${line}: 2601-4 fails the LOINC check digit`)
  })

  test('a code that has not the form of a LOINC code', () => {
    expect(refused((copy) => copy.change(MG, 'code: 2601-3', 'code: MG'))).toEqual([
      expect.stringContaining('a LOINC code such as 2601-3'),
    ])
  })

  test('a unit that nobody can spell', () => {
    const problems = refused((copy) => copy.change(MG, '  mEq/L: {', '  mol/kg: {'))
    expect(problems).toContainEqual(expect.stringMatching(/mol\/kg is not in analytes\/units\.yaml/))
  })

  test('one spelling for two units', () => {
    const problems = refused((copy) =>
      copy.change('analytes/units.yaml', 'spellings: [mg/dL, mg/dl', 'spellings: [mmol/l, mg/dL, mg/dl'),
    )
    expect(problems).toEqual([
      expect.stringMatching(/^analytes\/units\.yaml:\d+: "mmol\/l" is a spelling of mmol\/L already$/),
    ])
  })

  test('a unit without a factor, with a factor and a multiple, or a multiple of nothing', () => {
    expect(refused((copy) => copy.change(MG, 'factor: 0.5, ', ''))).toContainEqual(
      expect.stringContaining('no factor to the canonical unit'),
    )
    expect(
      refused((copy) => copy.change(MG, '{ of: mmol/L, power: -3', '{ of: mmol/L, factor: 2, power: -3')),
    ).toContainEqual(expect.stringContaining('either a factor or a multiple'))
    expect(
      refused((copy) => copy.change(MG, '{ of: mmol/L, power: -3', '{ of: furlong, power: -3')),
    ).toContainEqual(expect.stringContaining('furlong is not among the units'))
    expect(refused((copy) => copy.change(MG, '{ of: mmol/L, power: -3', '{ of: mmol/L'))).toContainEqual(
      expect.stringContaining('a multiple needs its power of ten'),
    )
  })

  test('a zone in a foreign unit or the wrong way round, hard limits in another unit', () => {
    expect(
      refused((copy) => copy.change(MG, 'unit: mg/dL\n    low: 16', 'unit: g/L\n    low: 16')),
    ).toContainEqual(expect.stringContaining('g/L is not among the units'))
    expect(refused((copy) => copy.change(MG, 'low: 16', 'low: 28'))).toContainEqual(
      expect.stringContaining('low is not below high'),
    )
    expect(refused((copy) => copy.change(MG, /(hardLimits: .*unit: )mmol\/L/u, '$1mg/dL'))).toContainEqual(
      expect.stringContaining('hard limits are kept in mmol/L'),
    )
  })

  test('a range in a unit that the analyte has not, or the wrong way round', () => {
    const file = 'reference-ranges/adult.yaml'
    expect(refused((copy) => copy.change(file, 'low: { mmol/L: 0.70,', 'low: { g/L: 0.70,'))).toContainEqual(
      expect.stringContaining('g/L is no unit of magnesium'),
    )
    expect(
      refused((copy) => copy.change(file, 'low: { mmol/L: 0.70,', 'low: { mmol/L: 1.70,')),
    ).toContainEqual(expect.stringContaining('mmol/L: low is not below high'))
  })

  test('a set that includes a set that is not there, or a file named after another', () => {
    expect(refused((copy) => copy.change('conditions/ckd.yaml', 'ckd-1-2', 'ckd-0'))).toContainEqual(
      expect.stringMatching(/^conditions\/ckd\.yaml:\d+: no set ckd-0$/),
    )
    expect(
      refused((copy) => copy.change('conditions/tetany.yaml', 'id: tetany', 'id: tetanus')),
    ).toContainEqual(expect.stringContaining('the file is named after another id'))
  })

  test('an analyte without a file', () => {
    expect(refused((copy) => copy.remove('analytes/weight.yaml'))).toContainEqual(
      expect.stringContaining('analyte weight has no file'),
    )
  })
})

describe('rules and their files are compared both ways', () => {
  test('a rule without a file', () => {
    expect(refused((copy) => copy.remove('rules/P-LOW.yaml'))).toContainEqual(
      expect.stringContaining('rules/P-LOW.yaml is missing'),
    )
  })

  test('a file without a rule', () => {
    expect(refused((copy) => copy.change('rules/P-LOW.yaml', 'id: P-LOW', 'id: P-LOWER'))).toContainEqual(
      expect.stringContaining('no rule P-LOWER in the program'),
    )
  })

  test('a threshold that the rule needs', () => {
    expect(
      refused((copy) => copy.change('rules/P-LOW.yaml', '  critical:\n    below', '  critical1:\n    below')),
    ).toEqual(
      expect.arrayContaining([
        expect.stringContaining('the rule needs the threshold critical'),
        expect.stringContaining('the rule does not use critical1'),
      ]),
    )
  })

  test('a sentence that the rule needs, and one that nothing uses', () => {
    expect(refused((copy) => copy.change('rules/P-LOW.yaml', /^ {2}summary:/mu, '  summry:'))).toEqual(
      expect.arrayContaining([
        expect.stringContaining('the rule needs the sentence summary'),
        expect.stringContaining('summry: nothing uses this sentence'),
      ]),
    )
  })

  test('a limit without a direction, or with two', () => {
    const file = 'rules/P-LOW.yaml'
    expect(refused((copy) => copy.change(file, /^ {4}below: \{.*\}\n/mu, ''))).toContainEqual(
      expect.stringContaining('exactly one of below, atMost, above, atLeast'),
    )
    expect(
      refused((copy) => copy.change(file, /^ {4}below: (\{.*\})\n/mu, '    below: $1\n    above: $1\n')),
    ).toContainEqual(expect.stringContaining('exactly one of below, atMost, above, atLeast'))
  })

  test('a source without a record', () => {
    expect(
      refused((copy) => copy.change('rules/P-LOW.yaml', 'source: ctcae-v4', 'source: ctcae-v99')),
    ).toContainEqual(expect.stringContaining('no evidence record ctcae-v99'))
  })
})

describe('all problems together', () => {
  test('of several files are reported at once', () => {
    const copy = folderCopy()
    copy.change(MG, 'code: 2601-3', 'code: 2601-4')
    copy.change('analytes/phosphate.yaml', 'code: 2777-1', 'code: 2777-2')
    expect(copy.problems().map(({ file }) => file)).toEqual(
      expect.arrayContaining([MG, 'analytes/phosphate.yaml']),
    )
  })

  test('is an error with a stable code and one line for each', () => {
    const copy = folderCopy()
    copy.change(MG, 'code: 2601-3', 'code: 2601-4')
    expect(copy.load).toThrow(KnowledgeError)
    try {
      copy.load()
    } catch (error) {
      expect(error).toMatchObject({ name: 'KnowledgeError', code: 'KNOWLEDGE_REFUSED' })
      expect((error as Error).message.split('\n')).toHaveLength((error as KnowledgeError).problems.length)
    }
  })
})

describe('the version', () => {
  test.each([
    ['a number', MG, 'factor: 0.41144', 'factor: 0.41145'],
    ['a comment', MG, '# labs.md 1.1', '# labs.md 1.2'],
    ['a blank', 'windows.yaml', 'about: How', 'about:  How'],
    ['a word of a card', 'wording.yaml', 'about: ', 'about: Now '],
    ['an evidence record', 'evidence/ctcae-v4.yaml', 'grade: ', 'grade: Still '],
  ])('changes with %s', (_, file, from, to) => {
    const copy = folderCopy()
    copy.change(file, from, to)
    expect(copy.load().version).not.toBe(knowledge.version)
    expect(copy.load().version.split('+')[0]).toBe(knowledge.version.split('+')[0])
  })

  test('changes with the version', () => {
    const copy = folderCopy()
    copy.change('version.yaml', /version: .*/u, 'version: 9.8.7')
    expect(copy.load().version).toMatch(/^9\.8\.7\+[0-9a-f]{8}$/)
  })

  test('does not depend on where the folder lies', () => {
    expect(folderCopy().load().version).toBe(folderCopy().load().version)
  })
})

describe('the LOINC check digit', () => {
  test.each([
    '2601-3',
    '19123-9',
    '2000-8',
    '17861-6',
    '98979-8',
    '101475-2',
    '1988-5',
    '30522-7',
    '8310-5',
    '718-7',
  ])('%s passes', (code) => {
    expect(hasLoincCheckDigit(code)).toBe(true)
  })

  test('exactly one of the ten digits passes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), (number) => {
        const passing = [...Array(10).keys()].filter((digit) => hasLoincCheckDigit(`${number}-${digit}`))
        expect(passing).toHaveLength(1)
      }),
    )
  })

  test('two neighbouring digits changed round fail, but for 0 and 9', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 999_999 }), fc.nat(4), (number, place) => {
        const digits = String(number)
        const [a, b] = [digits[place], digits[place + 1]]
        fc.pre(
          a !== undefined &&
            b !== undefined &&
            a !== b &&
            !['09', '90'].includes(a + b) &&
            !(place === 0 && b === '0'),
        )
        const changed = digits.slice(0, place) + b + a + digits.slice(place + 2)
        const check = [...Array(10).keys()].find((digit) => hasLoincCheckDigit(`${number}-${digit}`))
        expect(hasLoincCheckDigit(`${changed}-${check}`)).toBe(false)
      }),
    )
  })
})
