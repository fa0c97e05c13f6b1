import { limitOf } from '../knowledge/limits.ts'
import { companion, type Facts } from '../labs/facts.ts'
import { isLow } from '../labs/range.ts'
import { absent, capsOf, past, shown } from './judge.ts'
import { type Detection, found, notJudged, type Phrase, type Rule, say, silent } from './rule.ts'
import { shownDrugs, shownLimit, shownReading } from './show.ts'

/** Low 25(OH)D: rules.md 4, VITD-LOW. `inadequate` is read by P-LOW and by bone health. */
export const vitdLow: Rule = {
  id: 'VITD-LOW',
  thresholds: ['low', 'inadequate'],
  sentences: ['summary', 'low', 'contested', 'magnesiumLow', 'replete'],
  detect: (facts) => {
    const judged = facts.vitaminD
    if (!judged) return absent(facts, ['vitamin-d-25oh'])
    const { reading } = judged
    const low = past(facts, reading, 'VITD-LOW', 'low')
    if (low === 'undecided')
      return notJudged('undecided-comparator', 'the reported bound does not decide', [reading])
    if (low === 'no') return silent('25(OH)D is not below its limit')
    return found({
      rule: 'VITD-LOW',
      restsOn: [reading],
      at: reading.at,
      critical: 'no',
      caps: capsOf(facts, judged),
      shows: [shown(judged)],
      grade: () => ({ indicator: 'info', undecided: [] }),
      summary: () => say('because', 'summary', { value: shownReading(reading) }),
      phrases: (kept) => {
        const limit = shownLimit(limitOf(facts.knowledge, 'VITD-LOW', 'low'), reading, reading.analyte)
        const magnesium = facts.magnesium
        // MG-LOW says it itself where it is on the card
        const magnesiumLow =
          !kept.anywhere('MG-LOW') &&
          magnesium !== null &&
          isLow(magnesium.reading, magnesium.range, magnesium.reading.analyte) === 'yes'
        return [
          say('because', 'low', { limit }),
          ...(magnesiumLow ? [say('link', 'magnesiumLow')] : []),
          say('option', 'replete'),
          say('limits', 'contested'),
        ]
      },
      roles: () => [],
    })
  },
}

/** High 25(OH)D: rules.md 4, VITD-HIGH. */
export const vitdHigh: Rule = {
  id: 'VITD-HIGH',
  thresholds: ['high', 'toxic'],
  sentences: ['summary', 'high', 'toxicWithCalcium', 'toxic', 'products', 'noProducts', 'review', 'calcium'],
  detect: detectHigh,
}

function detectHigh(facts: Facts): Detection {
  const judged = facts.vitaminD
  if (!judged) return absent(facts, ['vitamin-d-25oh'])
  const { reading } = judged
  const high = past(facts, reading, 'VITD-HIGH', 'high')
  const toxic = past(facts, reading, 'VITD-HIGH', 'toxic')
  if (high === 'undecided')
    return notJudged('undecided-comparator', 'the reported bound does not decide', [reading])
  if (high === 'no') return silent('25(OH)D is not above its limit')
  const { windows } = facts.knowledge
  // with CA-HIGH it is the calcium's age that counts; its own may be 90 days [default] (rules.md 4.2 f)
  const calciumIsOld = facts.calcium !== null && capsOf(facts, facts.calcium).includes('old')
  const products = facts.drugs.active('ca-vitd-product')
  return found({
    rule: 'VITD-HIGH',
    restsOn: [reading],
    at: reading.at,
    critical: toxic,
    caps: [...capsOf(facts, judged, windows.criticalVitaminD), ...(calciumIsOld ? ['old'] : [])],
    shows: [shown(judged)],
    grade: (kept) => {
      const withCalcium = kept.anywhere('CA-HIGH')
      return {
        indicator: toxic === 'yes' && withCalcium ? 'critical' : 'warning',
        undecided: toxic === 'undecided' && withCalcium ? [reading] : [],
      }
    },
    summary: () => say('because', 'summary', { value: shownReading(reading) }),
    phrases: (kept) => {
      const limit = (key: 'high' | 'toxic') =>
        shownLimit(limitOf(facts.knowledge, 'VITD-HIGH', key), reading, reading.analyte)
      const all: Phrase[] = []
      if (toxic === 'yes' && kept.anywhere('CA-HIGH'))
        all.push(say('because', 'toxicWithCalcium', { limit: limit('toxic') }))
      else if (toxic === 'yes') all.push(say('because', 'toxic', { limit: limit('toxic') }))
      else all.push(say('because', 'high', { limit: limit('high') }))
      all.push(
        products.length > 0
          ? say('cause', 'products', { drugs: shownDrugs(products) })
          : say('cause', 'noProducts'),
        say('option', 'review'),
      )
      const calcium = companion(facts, 'calcium', reading.at, windows.companion)
      if (!calcium && facts.calcium === null) all.push(say('option', 'calcium'))
      return all
    },
    roles: () => (products.length > 0 ? ['ca-vitd-product'] : []),
  })
}
