import fc from 'fast-check'
import { readResults } from '../../src/readings/read.ts'
import { sameSample } from '../../src/readings/sample.ts'
import { knowledge } from '../loaded-knowledge.ts'
import { clockOf, recordOf, result, type Said } from './small-record.ts'

const AT = '2026-11-20T07:30:00Z'
const LATER = '2026-11-20T07:45:00Z'

function together(a: Said, b: Said): boolean {
  const results = [result('Mg', 0.62, { id: 'a', ...a }), result('K', 4, { id: 'b', ...b })]
  const [first, second] = readResults(recordOf({ results }), knowledge, clockOf()).all
  if (!first || !second) throw new Error('two readings expected')
  return sameSample(first, second)
}

describe('two results are of one sample', () => {
  test('if both name the same specimen, whatever their times', () => {
    expect(together({ specimen: 's1', at: AT }, { specimen: 's1', at: LATER })).toBe(true)
  })

  test('not if both name different specimens, even at the same minute in the same report', () => {
    expect(
      together({ specimen: 's1', at: AT, reports: ['r'] }, { specimen: 's2', at: AT, reports: ['r'] }),
    ).toBe(false)
  })

  test('without a specimen of both: by the same accession', () => {
    expect(together({ specimen: 's1', accession: 'x', at: AT }, { accession: 'x', at: LATER })).toBe(true)
    expect(together({ accession: 'x', at: AT }, { accession: 'y', at: AT })).toBe(false)
  })

  test('without an accession of both: by a report that holds both', () => {
    expect(together({ reports: ['r1', 'r2'], at: AT }, { reports: ['r2'], at: LATER })).toBe(true)
    expect(together({ reports: ['r1'], at: AT }, { reports: ['r2'], at: AT })).toBe(false)
  })

  test('else by the same minute', () => {
    expect(together({ at: AT }, { at: '2026-11-20T07:30:59Z' })).toBe(true)
    expect(together({ at: AT }, { at: '2026-11-20T07:31:00Z' })).toBe(false)
    expect(together({ at: AT }, { at: '2026-11-20T08:30:00+01:00' })).toBe(true)
  })

  test('a day alone is one sample with the same day alone, not with a moment of it', () => {
    expect(together({ at: '2026-11-20' }, { at: '2026-11-20' })).toBe(true)
    expect(together({ at: '2026-11-20' }, { at: AT })).toBe(false)
    expect(together({ at: '2026-11-20' }, { at: '2026-11-19' })).toBe(false)
  })

  test('whichever of the two is asked', () => {
    const key = fc.option(fc.constantFrom('1', '2'))
    const said = fc
      .record({
        specimen: key,
        accession: key,
        reports: fc.subarray(['1', '2']),
        at: fc.constantFrom(AT, LATER),
      })
      .map((one): Said => one)
    fc.assert(
      fc.property(said, said, (a, b) => {
        const results = [result('Mg', 0.62, { id: 'a', ...a }), result('K', 4, { id: 'b', ...b })]
        const [first, second] = readResults(recordOf({ results }), knowledge, clockOf()).all
        if (!first || !second) throw new Error('two readings expected')
        expect(sameSample(first, second)).toBe(sameSample(second, first))
      }),
    )
  })
})
