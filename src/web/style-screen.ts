/** Calm and plain: system fonts, one accent, room around everything; light and dark by the reader's setting. */
export const SCREEN_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fdfdfc; --ink: #1d2329; --quiet: #55606b; --line: #dce1e6; --soft: #f3f5f7;
  --link: #0a4f8f; --alarm: #9b1c1c; --alarm-ink: #fff; --warn: #fdf0ec; --warn-ink: #8a1c13; --warn-line: #c8402f;
  --fine: #eaf5ee; --fine-ink: #14532d; --site: #fff6dc; --site-ink: #6b4a00; --ph: #eef2f7; --focus: #b45309;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181d; --ink: #e6eaee; --quiet: #a5b0bb; --line: #333c45; --soft: #1c2228;
    --link: #8fc4ff; --alarm: #8f1d1d; --alarm-ink: #fff; --warn: #331a17; --warn-ink: #ffb4a8; --warn-line: #d4604f;
    --fine: #12291c; --fine-ink: #9fe0b6; --site: #33290f; --site-ink: #f3d27a; --ph: #263039; --focus: #fbbf24;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1.5rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: break-word; }
a { color: var(--link); text-underline-offset: .15em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; z-index: 1; padding: .5rem 1rem; background: var(--paper); }
header, .page, footer { max-width: 88rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 3rem); }
header { padding-top: 2.5rem; }
.eyebrow { margin: 0; color: var(--quiet); font-size: .9rem; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
h1 { margin: .1rem 0 1.25rem; font-size: clamp(2rem, 5vw, 2.75rem); letter-spacing: -.02em; }
h2 { margin: 0 0 .5rem; font-size: 1.75rem; letter-spacing: -.01em; }
h3 { margin: 0 0 1rem; font-size: 1.3rem; }
h4 { margin: 2.25rem 0 .6rem; font-size: 1rem; }
p { margin: 0 0 1rem; max-width: 46rem; }
code, .id { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace; font-size: .9em; overflow-wrap: anywhere; }
h3 .id { display: block; margin-bottom: .2rem; color: var(--quiet); font-size: .85rem; font-weight: 500; letter-spacing: .02em; }
.quiet { color: var(--quiet); }
.about { margin-bottom: 2.5rem; color: var(--quiet); font-size: 1.05rem; }
header dl { margin: 1.5rem 0 0; }
.banner { padding: 1.1rem 1.4rem; background: var(--alarm); color: var(--alarm-ink); border-radius: .4rem; font-size: 1.1rem; }
.banner p { margin: 0; max-width: 60rem; }
.banner p > strong { display: block; font-size: 1.35rem; line-height: 1.3; }
.banner.signed { background: var(--fine); color: var(--fine-ink); }
.review, .alarm, .off-note { padding: .65rem 1rem; background: var(--warn); color: var(--warn-ink); border-left: 5px solid var(--warn-line); border-radius: 0 .3rem .3rem 0; max-width: 58.5rem; }
.reviewed { background: var(--fine); color: var(--fine-ink); border-color: currentcolor; }
.signature { display: none; }
.mark { display: inline-block; padding: 0 .4rem; background: var(--warn); color: var(--warn-ink); border-radius: .2rem; font-size: .8rem; font-weight: 600; white-space: nowrap; }
td .mark, th .mark { white-space: normal; }
.mark.site { background: var(--site); color: var(--site-ink); }
.page { display: grid; gap: 3rem; padding-top: 2.5rem; padding-bottom: 4rem; }
.page > * { min-width: 0; }
nav h2 { font-size: 1rem; }
nav ul { margin: 0; padding: 0; list-style: none; columns: 13rem; column-gap: 2rem; }
nav ul ul { padding-left: .9rem; columns: auto; }
nav li { break-inside: avoid-column; }
nav > ul > li:has(ul) { break-inside: auto; }
nav a { display: inline-block; padding: .12rem 0; text-decoration: none; font-size: .95rem; }
nav ul ul a { font-size: .88rem; }
nav a:hover { text-decoration: underline; }
.part { padding-top: 1rem; }
.part + .part { margin-top: 4rem; border-top: 1px solid var(--line); padding-top: 3rem; }
article { padding: 1.75rem 0 2.25rem; border-top: 1px solid var(--line); }
.about + article { padding-top: 0; border-top: 0; }
article > :last-child { margin-bottom: 0; }
article:target > h3, tr:target { background: var(--site); }
dl { margin: 0 0 1.25rem; }
dl > div { display: grid; gap: .1rem 1.5rem; padding: .3rem 0; }
dt { color: var(--quiet); font-size: .9rem; font-weight: 600; }
dd { margin: 0; max-width: 46rem; }
dd ul { margin: 0; padding-left: 1.1rem; }
.inline { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; margin: 0 0 1rem; padding: 0; list-style: none; max-width: 60rem; }
.outside { overflow-wrap: anywhere; }
.scroll { margin: 0 0 1.25rem; overflow-x: auto; border: 1px solid var(--line); border-radius: .4rem; }
table { width: 100%; border-collapse: collapse; font-size: .92rem; line-height: 1.5; font-variant-numeric: tabular-nums; }
th, td { padding: .5rem .9rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); min-width: 7rem; }
thead th { border-top: 0; background: var(--soft); font-size: .85rem; vertical-align: bottom; }
tbody th { font-weight: 600; }
th.w, td.w { min-width: 15rem; }
tbody th.w { font-weight: 400; }
th.ww, td.ww { min-width: 22rem; }
th.n, td.n { min-width: 6.5rem; }
@media (max-width: 30rem) { th, td { padding: .45rem .6rem; min-width: 5.5rem; } th.w, td.w { min-width: 13rem; } }
.c { white-space: nowrap; }
.q { display: block; white-space: nowrap; }
td code { font-size: .85em; }
.ph { padding: 0 .25rem; background: var(--ph); border-radius: .2rem; font-size: .92em; }
tr.off td, tr.off th { color: var(--quiet); background: var(--soft); }
tr.off th { text-decoration: line-through; }
tr.bad td, tr.bad th { background: var(--warn); color: var(--warn-ink); }
tr.site td, tr.site th { background: var(--site); color: var(--site-ink); }
tr.site a { color: inherit; }
.published { display: block; margin-top: .35rem; }
.published .mark.site { display: block; width: fit-content; border: 1px solid currentcolor; }
.head { max-width: 60rem; }
.friends { font-size: .92rem; max-width: 60rem; }
footer { padding-top: 1.5rem; padding-bottom: 3rem; color: var(--quiet); font-size: .9rem; border-top: 1px solid var(--line); }
@media (min-width: 40rem) { dl > div { grid-template-columns: 11rem minmax(0, 1fr); } }
@media (min-width: 70rem) {
  .page { grid-template-columns: 15rem minmax(0, 1fr); gap: 4rem; }
  nav { position: sticky; top: 1.5rem; align-self: start; max-height: calc(100vh - 3rem); overflow-y: auto; padding-right: .5rem; }
  nav > ul { columns: auto; }
}
`
