/** The system's Chromium, where there is one. */
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

export const chromiumPath: string | null = PLACES.find((path) => existsSync(path)) ?? null

/** `describe` where there is a Chromium; else skipped, with one line that says so. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (chromiumPath === null) {
    process.stderr.write(`skipped: ${name}: no Chromium in ${PLACES.join(', ')}\n`)
    describe.skip(name, tests)
  } else describe(name, tests)
}

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath ?? '',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--no-first-run',
    ],
  })
}
