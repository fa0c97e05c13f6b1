/** How a wrong overlay is refused: file, line and reason. */
import { renameSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { recordFromBundle } from '../../src/api/assess.ts'
import { assess } from '../../src/assess.ts'
import { KnowledgeError } from '../../src/knowledge/load.ts'
import { loadPublished, workedCases } from '../../src/published.ts'
import { fixtures, NOW, tagOf } from '../fixtures/fixture-files.ts'
import { knowledgeFolder } from '../loaded-knowledge.ts'
import { removeSiteFolders, type SiteFiles, siteFolder, withSite } from './site-folder.ts'

afterAll(removeSiteFolders)

/** "rules/MG-LOW.yaml:2: reason" for each problem, the overlay's folder left out; an empty list = it was accepted. */
function problemsOf(load: () => unknown): string[] {
  try {
    load()
    return []
  } catch (error) {
    if (!(error instanceof KnowledgeError)) throw error
    return error.problems.map(({ file, line, reason }) => {
      // a problem told in the published file has no folder before it
      const place = file.startsWith('site-') ? file.slice(file.indexOf('/') + 1) : `published ${file}`
      return `${place}:${line}: ${reason}`
    })
  }
}

const RULE = 'rules/MG-LOW.yaml'
/** A threshold with its lines: the changed one stands in line 2, its numbers in line 3. */
const threshold = (key: string, limit: string) => ({ [RULE]: `thresholds:\n  ${key}:\n    ${limit}\n` })
const sentence = (key: string, text: string) => ({ [RULE]: `sentences:\n  ${key}: ${text}\n` })
const CAVEATS = 'kidney/caveats.yaml'
/** A text about the kidneys with its lines: the text stands in line 4. */
const caveat = (text: string) => ({
  [CAVEATS]: `topics:\n  low-mg:\n    unknown:\n      text: "${text}"\n      source: GK\n`,
})
const phrase = (key: string, text: string) => ({
  [CAVEATS]: `phrases:\n  "${key}": { text: "${text}", source: GK }\n`,
})
const RANGES = 'reference-ranges/adult.yaml'

describe('a wrong overlay is refused with file, line and reason', () => {
  test.each<[string, SiteFiles, string]>([
    // files
    [
      'an unknown rule',
      { 'rules/MG-LOWER.yaml': 'enabled: false\n' },
      'rules/MG-LOWER.yaml:1: there is no file of this name in the rule book to change',
    ],
    [
      'a name in small letters',
      { 'rules/mg-low.yaml': 'enabled: false\n' },
      'rules/mg-low.yaml:1: there is no file of this name',
    ],
    [
      'cases of its own',
      { 'rules/MG-LOW.cases.yaml': 'cases: []\n' },
      'rules/MG-LOW.cases.yaml:1: there is no file of this name',
    ],
    [
      'an evidence record of its own',
      { 'evidence/our-paper.yaml': 'id: our-paper\n' },
      'evidence/our-paper.yaml:1: there is no file of this name',
    ],
    [
      'the version of the published book',
      { 'version.yaml': 'version: 9.9.9\n' },
      'version.yaml:1: the version is that of the published rule book; an overlay has its name in site.yaml',
    ],
    ['no name', { 'site.yaml': 'about: x\n' }, 'site.yaml:1: name'],
    [
      'a name with a blank',
      { 'site.yaml': 'name: North Hospital\nabout: x\n' },
      'site.yaml:1: name: small letters, digits and hyphens',
    ],
    // YAML
    [
      'a bracket that is never closed',
      { [RULE]: 'thresholds:\n  critical:\n    below: { mmol/L: 0.4\n  x: 1\n' },
      `${RULE}:4: Flow map`,
    ],
    ['a tab', { [RULE]: 'thresholds:\n\tcritical: 1\n' }, `${RULE}:2: Tabs are not allowed as indentation`],
    ['a key twice', { [RULE]: 'enabled: false\nenabled: true\n' }, `${RULE}:2: Map keys must be unique`],
    [
      'a unit twice',
      threshold('lowPotassium', 'below: { mmol/L: 3.3, mmol/L: 3.2 }'),
      `${RULE}:3: Map keys must be unique`,
    ],
    [
      'two documents',
      { [RULE]: 'enabled: false\n---\nenabled: true\n' },
      `${RULE}:2: Source contains multiple documents`,
    ],
    [
      'a list in place of a rule',
      { [RULE]: '- 1\n' },
      `${RULE}:1: file: Invalid input: expected object, received array`,
    ],
    [
      'a word in place of a rule',
      { [RULE]: 'enabled\n' },
      `${RULE}:1: file: Invalid input: expected object, received string`,
    ],
    // keys
    ['an unknown key', { [RULE]: '\nnothing: 1\n' }, `${RULE}:2: file: Unrecognized key: "nothing"`],
    [
      'a key that JavaScript keeps for itself',
      { [RULE]: '__proto__: { enabled: false }\n' },
      `${RULE}:1: Unrecognized key: "__proto__"`,
    ],
    [
      'such a key further in',
      threshold('lowPotassium', '"__proto__": { below: { mmol/L: 3.3 } }'),
      `${RULE}:3: Unrecognized key: "__proto__"`,
    ],
    [
      'an unknown key in a threshold',
      threshold('lowPotassium', 'belw: { mmol/L: 3.3 }'),
      `${RULE}:3: thresholds.lowPotassium: Unrecognized key: "belw"`,
    ],
    [
      'an unknown threshold',
      threshold('criticle', 'below: { mmol/L: 0.4 }'),
      `${RULE}:2: thresholds.criticle: the published rule has no threshold of this name`,
    ],
    [
      'an unknown sentence',
      sentence('criticle', '"Below {limit}."'),
      `${RULE}:2: sentences.criticle: the published rule has no sentence of this name`,
    ],
    [
      'an unknown sentence of all cards',
      { 'wording.yaml': 'sentences:\n  capOldd: old\n' },
      'wording.yaml:2: sentences.capOldd: the published rule has no sentence of this name',
    ],
    [
      'an unknown phrase about the kidneys',
      phrase('recheck', 'Ask {nobody}'),
      `${CAVEATS}:2: phrases.recheck: the kidney caveats have no phrase of this name`,
    ],
    [
      'an unknown topic of the kidneys',
      { [CAVEATS]: 'topics:\n  mg-low: { unknown: { text: Ask., source: GK } }\n' },
      `${CAVEATS}:2: topics.mg-low: the kidney caveats have no topic of this name`,
    ],
    [
      'an unknown window',
      { 'windows.yaml': 'windows:\n  critcal: { days: 7, for: x, source: y }\n' },
      'windows.yaml:2: windows: Unrecognized key: "critcal"',
    ],
    // units and numbers
    [
      'one unit of three',
      threshold('critical', 'below: { mmol/L: 0.45 }'),
      `${RULE}:3: thresholds.critical.below: give the changed limit in all of its units; missing: mg/dL, mEq/L`,
    ],
    [
      'a unit that does not fit',
      threshold('critical', 'below: { mmol/L: 0.45, mg/dL: 1.1, mEq/L: 0.9, kg: 1 }'),
      `${RULE}:3: thresholds.critical.below: this limit is not compared in kg`,
    ],
    [
      'a unit in another spelling',
      threshold('critical', 'below: { mmol/l: 0.45, mg/dL: 1.1, mEq/L: 0.9 }'),
      `${RULE}:3: thresholds.critical.below: this limit is not compared in mmol/l`,
    ],
    [
      'days for hours',
      { 'rules/REFEEDING.yaml': 'thresholds:\n  afterFeeding:\n    atMost: { d: 5 }\n' },
      'rules/REFEEDING.yaml:3: thresholds.afterFeeding.atMost: this limit is not compared in d',
    ],
    [
      'another direction',
      threshold('critical', 'atMost: { mmol/L: 0.45, mg/dL: 1.1, mEq/L: 0.9 }'),
      `${RULE}:3: thresholds.critical.atMost: this limit is meant as "below"; a site changes its numbers only`,
    ],
    [
      'two directions',
      { [RULE]: 'thresholds:\n  lowPotassium:\n    below: { mmol/L: 3.3 }\n    above: { mmol/L: 3.3 }\n' },
      `${RULE}:4: thresholds.lowPotassium.above: this limit is meant as "below"`,
    ],
    [
      'a text for a number',
      threshold('lowPotassium', 'below: { mmol/L: "3,3" }'),
      `${RULE}:3: thresholds.lowPotassium.below.mmol/L: Invalid input: expected number, received string`,
    ],
    [
      'a decimal comma',
      threshold('lowPotassium', 'below: { mmol/L: 3,3 }'),
      `${RULE}:3: thresholds.lowPotassium.below: this limit is not compared in 3`,
    ],
    [
      'no number',
      threshold('lowPotassium', 'below: { mmol/L: .nan }'),
      `${RULE}:3: thresholds.lowPotassium.below.mmol/L: Invalid input: expected number, received NaN`,
    ],
    [
      'an endless number',
      threshold('lowPotassium', 'below: { mmol/L: .inf }'),
      `${RULE}:3: thresholds.lowPotassium.below.mmol/L: Invalid input: expected number, received Infinity`,
    ],
    [
      'a negative limit',
      threshold('lowPotassium', 'below: { mmol/L: -3.3 }'),
      `${RULE}:3: thresholds.lowPotassium.below.mmol/L: -3.3 is not above zero, as the published number is`,
    ],
    [
      'a limit of zero in one of its units',
      threshold('critical', 'below: { mmol/L: 0.45, mg/dL: 0, mEq/L: 0.9 }'),
      `${RULE}:3: thresholds.critical.below.mg/dL: 0 is not above zero`,
    ],
    [
      'a negative limit of a range',
      {
        [RANGES]:
          'ranges:\n  - { analyte: potassium, low: { mmol/L: -3.5 }, high: { mmol/L: 5 }, source: x }\n',
      },
      `${RANGES}:2: ranges.0.low.mmol/L: -3.5 is not above zero`,
    ],
    [
      'a plausible limit of zero',
      { 'analytes/magnesium.yaml': 'hardLimits: { low: 0 }\n' },
      'analytes/magnesium.yaml:1: hardLimits.low: 0 is not above zero',
    ],
    [
      'a threshold taken away',
      { [RULE]: 'thresholds:\n  lowPotassium: null\n' },
      `${RULE}:2: thresholds.lowPotassium: Invalid input: expected object, received null`,
    ],
    [
      'all thresholds taken away',
      { [RULE]: 'thresholds:\n' },
      `${RULE}:1: thresholds: Invalid input: expected record, received null`,
    ],
    [
      'a window of no days',
      { 'windows.yaml': 'windows:\n  critical: { days: 0 }\n' },
      'windows.yaml:2: windows.critical.days: Too small',
    ],
    [
      'a range in one unit',
      {
        [RANGES]:
          'ranges:\n  - { analyte: magnesium, low: { mmol/L: 0.7 }, high: { mmol/L: 1.1 }, source: x }\n',
      },
      `${RANGES}:2: ranges.0.low: give the changed limit in all of its units; missing: mg/dL, mEq/L`,
    ],
    [
      'a range the wrong way round',
      {
        [RANGES]:
          'ranges:\n  - { analyte: magnesium, low: { mmol/L: 1.7, mg/dL: 4.1, mEq/L: 3.4 }, high: { mmol/L: 1.1, mg/dL: 2.7, mEq/L: 2.2 }, source: x }\n',
      },
      `${RANGES}:2: mmol/L: low is not below high`,
    ],
    [
      'two rows for the same patients',
      {
        [RANGES]:
          'ranges:\n  - { analyte: alp, sex: female, low: { U/L: 30 }, high: { U/L: 110 }, source: x }\n  - { analyte: alp, sex: female, low: { U/L: 35 }, high: { U/L: 115 }, source: x }\n',
      },
      `${RANGES}:3: ranges.1: a second row for the same patients as ranges.0; one of them says it`,
    ],
    [
      'a range of an unknown analyte',
      { [RANGES]: 'ranges:\n  - { analyte: zinc, low: { mmol/L: 0.7 }, source: x }\n' },
      `${RANGES}:2: ranges.0.analyte: Invalid option`,
    ],
    [
      'a new range without its source',
      { [RANGES]: 'ranges:\n  - { analyte: alp, sex: female, low: { U/L: 30 }, high: { U/L: 110 } }\n' },
      `${RANGES}:2: ranges.0.source: Invalid input`,
    ],
    [
      'a second range in a unit of another analyte',
      {
        [RANGES]: [
          'ranges:',
          '  - { analyte: alp, sex: female, low: { U/L: 30 }, high: { U/L: 110 }, source: x }',
          '  - { analyte: albumin, sex: female, low: { mmol/L: 3, g/L: 35 }, high: { g/L: 50 }, source: x }',
          '',
        ].join('\n'),
      },
      `${RANGES}:3: mmol/L is no unit of albumin`,
    ],
    // words
    [
      'a bare number in a sentence',
      sentence('critical', 'Magnesium is below 0.4 mmol/L.'),
      `${RULE}:2: critical: the bare number 0.4; use a {placeholder}`,
    ],
    [
      'a fraction in a sentence',
      sentence('critical', '"half is ½ of it"'),
      `${RULE}:2: critical: the bare number ½; use a {placeholder}`,
    ],
    [
      'a bare number on all cards',
      { 'wording.yaml': 'sentences:\n  capOld: "14 days old"\n' },
      'wording.yaml:2: capOld: the bare number 14; use a {placeholder}',
    ],
    [
      'a forbidden word',
      sentence('bone', 'Magnesium is safe.'),
      `${RULE}:2: bone: the forbidden phrase "safe"`,
    ],
    [
      'a placeholder that nobody fills',
      sentence('summary', '"Mg {valu}"'),
      `${RULE}:2: sentences.summary: no value for {valu} here; known: {value}, {severity}, {aggravator}`,
    ],
    [
      'a placeholder that nobody fills in a text about the kidneys',
      caveat('Ask {nobody}.'),
      `${CAVEATS}:4: topics.low-mg.unknown: no value for {nobody} here; known: {value}, {creatinine}`,
    ],
    [
      'an open bracket in a text about the kidneys',
      caveat('eGFR {value: recheck.'),
      `${CAVEATS}:4: topics.low-mg.unknown: a bracket without its other half`,
    ],
    [
      'a placeholder twice in a text about the kidneys, where one is filled',
      caveat('eGFR {value}: recheck, for {value} is low.'),
      `${CAVEATS}:4: topics.low-mg.unknown: {value} stands twice`,
    ],
    [
      'a placeholder in a phrase about the kidneys, where none is filled',
      phrase('recheck-before-acting', 'Recheck {value}'),
      `${CAVEATS}:2: phrases.recheck-before-acting: no value for {value} here; known: none`,
    ],
    [
      'a placeholder that nobody fills in a phrase about the kidneys',
      phrase('child:schwartz', 'Ask {nobody}'),
      `${CAVEATS}:2: phrases.child:schwartz: no value for {nobody} here; known: {value}, {creatinine}`,
    ],
    [
      'a forbidden word in a phrase about the kidneys',
      phrase('transplant:other', 'This is safe.'),
      `${CAVEATS}:2: the forbidden phrase "safe"`,
    ],
    ['a sentence without text', sentence('critical', '""'), `${RULE}:2: sentences.critical: Too small`],
    // references
    [
      'a code of another analyte',
      { 'analytes/magnesium.yaml': 'allowed:\n  - { code: 2777-1, name: x, source: y }\n' },
      'analytes/magnesium.yaml:2: 2777-1 stands in analytes/phosphate.yaml too',
    ],
    [
      'a code of an analyte that was read before',
      { 'analytes/phosphate.yaml': 'allowed:\n  - { code: 2601-3, name: x, source: y }\n' },
      'analytes/phosphate.yaml:2: 2601-3 stands in analytes/magnesium.yaml already',
    ],
    [
      'an analyte that the rules should not read',
      { 'analytes/magnesium.yaml': 'readByRules: false\n' },
      'analytes/magnesium.yaml:1: which analytes the rules read is settled by the program; no site changes it',
    ],
    [
      'a canonical unit that the factors do not lead to',
      { 'analytes/magnesium.yaml': 'canonical: mg/dL\n' },
      'analytes/magnesium.yaml:1: mmol/L has no factor to the canonical unit mg/dL',
    ],
    [
      'a canonical unit with a factor to another one',
      { 'analytes/magnesium.yaml': 'canonical: mg/dL\nunits: { mmol/L: { factor: 2.43 } }\n' },
      'analytes/magnesium.yaml:1: mg/dL is the canonical unit, but its factor leads to another',
    ],
    [
      'a source without a record',
      { [RULE]: 'thresholds:\n  lowPotassium:\n    below: { mmol/L: 3.3 }\n    source: our-paper\n' },
      `${RULE}:4: no evidence record our-paper`,
    ],
    [
      'a test that is not offered',
      { [RULE]: 'suggestions: [give-magnesium]\n' },
      `${RULE}:1: no test give-magnesium in suggestions.yaml`,
    ],
    [
      'an override reason that is not there',
      { [RULE]: 'overrideReasons: [because]\n' },
      `${RULE}:1: no override reason because`,
    ],
    [
      'drug groups taken away',
      { 'drugs/groups.yaml': 'groups: []\n' },
      'drugs/groups.yaml:1: the program needs the group antiresorptive',
    ],
    [
      'a list of drugs without any drug',
      { 'drugs/drugs.yaml': 'drugs: []\n' },
      'drugs/drugs.yaml:1: drugs: at least one drug is needed',
    ],
    [
      'a service that asks for nothing',
      { 'services/mineral-review.yaml': 'prefetch: []\n' },
      'services/mineral-review.yaml:1: prefetch: at least one query is needed',
    ],
    [
      'no time to measure again at all',
      { 'recheck.yaml': 'rows: []\n' },
      'recheck.yaml:1: rows: at least one row is needed',
    ],
    [
      'another name for a rule',
      { [RULE]: 'id: MG-LOWER\n' },
      `${RULE}:1: id: this file is about MG-LOW; a site cannot make it another one`,
    ],
    [
      'the id of another rule',
      { [RULE]: 'id: MG-HIGH\n' },
      `${RULE}:1: id: this file is about MG-LOW; a site cannot make it another one`,
    ],
    [
      'another id for the service',
      { 'services/mineral-review.yaml': 'id: our-review\n' },
      'services/mineral-review.yaml:1: id: this file is about ',
    ],
  ])('%s', (_name, files, told) => {
    const problems = problemsOf(() => withSite(files))
    expect(problems).toContainEqual(expect.stringContaining(told))
    // the site did it, so nothing is told in a file that it cannot change
    expect(problems.filter((problem) => problem.startsWith('published '))).toEqual([])
  })
})

describe('numbers out of order are refused by the worked cases where the site wrote them, at start and by `knowledge check`', () => {
  test.each<[string, SiteFiles, RegExp]>([
    [
      'a warning of phosphate below its critical limit',
      { 'rules/P-LOW.yaml': 'thresholds:\n  warning: { below: { mmol/L: 0.30, mg/dL: 0.9 } }\n' },
      /^rules\/P-LOW\.yaml:2: warning: with this number case "the warning limit: below, 0\.29 mmol\/L": expected P-LOW warning, came critical .*\(rules\/P-LOW\.cases\.yaml:\d+\); worked cases that fail with it, too: \d+$/mu,
    ],
    [
      'a toxic vitamin D below the high one',
      { 'rules/VITD-HIGH.yaml': 'thresholds:\n  toxic: { above: { nmol/L: 200, ng/mL: 80 } }\n' },
      /^rules\/VITD-HIGH\.yaml:2: toxic: with this number case .* came silent/u,
    ],
    [
      'a moderate fall above the severe one',
      { 'rules/REFEEDING.yaml': 'thresholds:\n  warningFall: { atLeast: { "%": 40 } }\n' },
      /^rules\/REFEEDING\.yaml:2: warningFall: with this number case "a moderate fall: below, 39\.9 %": expected REFEEDING info/u,
    ],
    [
      'an obstetric critical level below the warning',
      {
        'rules/MG-OBSTETRIC.yaml':
          'thresholds:\n  critical: { atLeast: { mmol/L: 3.0, mg/dL: 7.3, mEq/L: 6.0 } }\n',
      },
      /^rules\/MG-OBSTETRIC\.yaml:2: critical: with this number case/u,
    ],
    [
      'a critical limit inside the range',
      {
        'rules/CA-LOW.yaml':
          'thresholds:\n  criticalAdjusted: { below: { mmol/L: 2.40, mg/dL: 9.6, mEq/L: 4.8 } }\n',
      },
      /^rules\/CA-LOW\.yaml:2: criticalAdjusted: with this number case "the lower limit of calcium .* expected CA-LOW info, came critical/u,
    ],
    [
      'units that contradict each other',
      { [RULE]: 'thresholds:\n  critical: { below: { mmol/L: 0.40, mg/dL: 2.4, mEq/L: 0.8 } }\n' },
      /^rules\/MG-LOW\.yaml:2: critical: with this number case "the lower limit of the range: .* mg\/dL": expected MG-LOW/mu,
    ],
    [
      'a window longer than the results that are judged',
      { 'windows.yaml': 'windows:\n  critical: { days: 4000 }\n' },
      /^windows\.yaml:2: critical: with this number case .* came not-judged/mu,
    ],
    [
      'an analyte without codes',
      { 'analytes/magnesium.yaml': 'allowed: []\n' },
      /the case cannot be built: no code for magnesium/u,
    ],
  ])('%s', (_name, files, told) => {
    const overlay = siteFolder(files)
    const start = () => {
      const book = loadPublished({ folder: knowledgeFolder, overlay })
      workedCases(book, { folder: knowledgeFolder, overlay })
    }
    expect(problemsOf(start).join('\n')).toMatch(told)
  })
})

describe('which number makes a worked case fail is tried, not guessed', () => {
  const told = (files: SiteFiles) => {
    const overlay = siteFolder(files)
    return problemsOf(() =>
      workedCases(loadPublished({ folder: knowledgeFolder, overlay }), { folder: knowledgeFolder, overlay }),
    )
  }
  const harmless = {
    'rules/CA-LOW.yaml':
      'thresholds:\n  criticalAdjusted: { below: { mmol/L: 1.76, mg/dL: 7.05, mEq/L: 3.52 } }\n',
  }

  test('the numbers beside it are harmless alone', () => {
    expect(told({ ...harmless, 'windows.yaml': 'windows:\n  pth: { days: 29 }\n' })).toEqual([])
  })

  test('a harmless number beside a wrong one is not accused, of the same rule or of another', () => {
    const problems = told({
      ...harmless,
      'windows.yaml': 'windows:\n  pth: { days: 29 }\n  critical: { days: 4000 }\n',
      'rules/REFEEDING.yaml':
        'thresholds:\n  alcoholFall: { atLeast: { "%": 31 } }\n  warningFall: { atLeast: { "%": 40 } }\n',
    })
    expect(problems.map((problem) => problem.split(' with this number')[0])).toEqual([
      'rules/REFEEDING.yaml:3: warningFall:',
      'windows.yaml:3: critical:',
    ])
  })

  test('a key that is only worded anew is not accused', () => {
    const problems = told({
      'rules/P-LOW.yaml':
        'thresholds:\n  critical: { note: checked by us }\n  warning: { below: { mmol/L: 0.30, mg/dL: 0.9 } }\n',
    })
    expect(problems.length).toBe(1)
    expect(problems[0]).toMatch(/^rules\/P-LOW\.yaml:3: warning: with this number case/u)
  })

  test('what no number of the site explains is told at its case, each with its own reason', () => {
    const problems = told({
      'windows.yaml': 'windows:\n  pth: { days: 29 }\n',
      'analytes/magnesium.yaml': 'allowed: []\n',
    })
    expect(problems.length).toBeGreaterThan(100)
    for (const problem of problems) expect(problem).toMatch(/^published rules\/.*no code for magnesium/u)
  })
})

describe('what is only nearly right is refused or read, never passed over', () => {
  const accepted = (files: SiteFiles) => problemsOf(() => withSite(files)).length === 0

  test.each<[string, SiteFiles]>([
    ['a file that ends in .yml', { 'rules/MG-LOW.yml': 'enabled: false\n' }],
    ['a file that ends in .YAML', { 'rules/MG-LOW.YAML': 'enabled: false\n' }],
    ['a placeholder whose bracket is open', sentence('critical', '"Below {limit"')],
    ['a placeholder with blanks', sentence('critical', '"Below { limit }"')],
  ])('%s is refused', (_name, files) => {
    expect(accepted(files)).toBe(false)
  })

  test('a link in place of a file is read', () => {
    const overlay = siteFolder({ [RULE]: 'enabled: false\n' })
    renameSync(join(overlay, RULE), join(overlay, 'elsewhere'))
    symlinkSync(join(overlay, 'elsewhere'), join(overlay, RULE))
    expect(loadPublished({ folder: knowledgeFolder, overlay }).rules.get('MG-LOW')?.enabled).toBe(false)
  })

  test('an alias that leads nowhere is refused with its file', () => {
    expect(() => withSite({ [RULE]: 'thresholds: *nowhere\n' })).toThrow(KnowledgeError)
  })

  test.each([
    ['potassiumTarget', 3.25],
    ['magnesiumTarget', 0.65],
  ])('a %s of %d mmol/L is printed whole', (key, value) => {
    const book = withSite({
      'rules/MG-LOW-RENAL-WASTING.yaml': `thresholds:\n  ${key}: { atLeast: { mmol/L: ${value} } }\n`,
    })
    const cards = fixtures.flatMap(
      ({ bundle }) =>
        assess(recordFromBundle(bundle, 'UTC', []), book, new Date(tagOf(bundle, NOW)?.code ?? ''))
          .advisories,
    )
    const targets = cards.flatMap(
      ({ detail }) => detail.match(/consensus targets are [^.]*\.\d+ [^.]*\.\d+/gu) ?? [],
    )
    expect(targets.length).toBeGreaterThan(0)
    for (const text of targets) expect(text).toContain(String(value))
  })
})
