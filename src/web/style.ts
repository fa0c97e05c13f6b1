import { Html } from './html.ts'
import { PRINT_STYLE } from './style-print.ts'
import { SCREEN_STYLE } from './style-screen.ts'

/**
 * The page's style, inside the page. On paper every sheet carries the version; of it only what cannot end a CSS
 * string or the element is let through.
 */
export function pageStyle(version: string): Html {
  const onPaper = version.replace(/[^\w.+-]/gu, '')
  return new Html(`<style>${SCREEN_STYLE}${PRINT_STYLE.replace('VERSION', onPaper)}</style>`)
}
