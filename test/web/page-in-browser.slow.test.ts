import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { knowledgePage } from '../../src/web/knowledge-page.ts'
import { withChange } from '../knowledge-diff/leaves.ts'
import { knowledge } from '../loaded-knowledge.ts'
import { describeInBrowser, launch } from './browser.ts'
import { page as html } from './pages.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface AxeResult {
  readonly violations: readonly {
    readonly id: string
    readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[]
  }[]
}

/** What axe finds wrong in a part of the page, shortened. */
async function violationsIn(page: Page, part: string) {
  await page.addScriptTag({ content: axe })
  const found = await page.evaluate<AxeResult>(`axe.run(${part}, { resultTypes: ["violations"] })`)
  return found.violations.map(({ id, nodes }) => ({
    id,
    first: nodes[0]?.target.join(' '),
    why: nodes[0]?.failureSummary,
    count: nodes.length,
  }))
}

describeInBrowser('the page in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'apatite-page-'))
  const address = pathToFileURL(join(folder, 'knowledge.html')).href
  let browser: Browser

  beforeAll(async () => {
    writeFileSync(join(folder, 'knowledge.html'), html)
    browser = await launch()
  })
  afterAll(async () => {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function open(width: number, colorScheme: 'light' | 'dark' = 'light', hash = ''): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
    await page.goto(address + hash)
    return page
  }

  test.each([
    ['light', 1400, 'screen'],
    ['dark', 1400, 'screen'],
    ['light', 320, 'screen'],
    ['light', 900, 'print'],
    ['dark', 900, 'print'],
  ] as const)(
    'axe finds nothing wrong: %s, %d px, %s',
    async (colorScheme, width, media) => {
      const page = await open(width, colorScheme)
      await page.emulateMedia({ media, colorScheme })
      expect(await violationsIn(page, 'document')).toEqual([])
      await page.close()
    },
    240_000,
  )

  test.each([
    ['light', 'screen'],
    ['dark', 'screen'],
    ['light', 'print'],
  ] as const)(
    "axe finds nothing wrong with a site's changed threshold: %s, %s",
    async (colorScheme, media) => {
      const path = ['rules', 'MG-LOW', 'thresholds', 'critical', 'values', 'mmol/L']
      const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, colorScheme })
      await page.emulateMedia({ media, colorScheme })
      await page.setContent(knowledgePage(withChange(knowledge, path, 0.4), null, knowledge))
      const mark = page.locator('[id="MG-LOW.critical"] .published')
      expect(await mark.textContent()).toMatch(/changed by this site\s+Published:\s+0\.50 mmol\/L/u)
      expect(await violationsIn(page, "'#MG-LOW'")).toEqual([])
      await page.close()
    },
  )

  test.each([320, 768, 1400])('the page never scrolls sideways at %d px, its tables do', async (width) => {
    const page = await open(width)
    const over = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    )
    expect(over).toBe(0)
    const scrolling = await page.evaluate<number>(
      '[...document.querySelectorAll(".scroll")].filter((one) => one.scrollWidth > one.clientWidth).length',
    )
    if (width === 320) expect(scrolling).toBeGreaterThan(10)
    await page.screenshot({ path: join(folder, `${width}.png`) })
    expect(statSync(join(folder, `${width}.png`)).size).toBeGreaterThan(5000)
    await page.close()
  })

  test('it asks for nothing but itself and logs no error', async () => {
    const page = await browser.newPage()
    const asked: string[] = []
    const errors: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    page.on('console', (message) => errors.push(message.text()))
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(address, { waitUntil: 'load' })
    expect(asked.filter((url) => !url.startsWith('data:'))).toEqual([address])
    expect(errors).toEqual([])
    await page.close()
  })

  test('the link of a card leads to its rule, without a script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${address}#MG-LOW`)
    const box = await page.locator('#MG-LOW h3').boundingBox()
    expect(box?.y).toBeGreaterThanOrEqual(0)
    expect(box?.y).toBeLessThan(200)
    await context.close()
  })

  test('by keyboard: the first stop is the way past the contents, and focus is seen', async () => {
    const page = await open(1400)
    await page.keyboard.press('Tab')
    const skip = page.locator('.skip')
    expect(await page.evaluate("document.activeElement === document.querySelector('.skip')")).toBe(true)
    expect((await skip.boundingBox())?.x).toBeGreaterThanOrEqual(0)
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('content')
    await page.close()
  })

  test('on paper: links show their address, each rule begins a sheet', async () => {
    const page = await open(900)
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
    expect(pdf.length).toBeGreaterThan(100_000)
    await page.emulateMedia({ media: 'print' })
    expect(await page.evaluate('getComputedStyle(document.getElementById("MG-LOW")).breakBefore')).toBe(
      'page',
    )
    expect(await page.locator('#MG-LOW .signature').isVisible()).toBe(true)
    const link = page.locator('#evidence-sari-darma-2025 a.outside')
    expect(await link.textContent()).toBe(await link.getAttribute('href'))
    await page.close()
  })
})
