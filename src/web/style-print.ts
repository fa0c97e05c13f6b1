/** On paper: black on white, a rule on its own sheets with room to sign, links with their URL, nothing cut off. */
export const PRINT_STYLE = `
@page { size: A4; margin: 18mm 16mm 20mm; @bottom-left { content: "Apatite rule book VERSION"; font: 8pt sans-serif; color: #555; } @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #555; } }
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --quiet: #444; --line: #bbb; --soft: #f2f2f2; --link: #000; --alarm: #fff; --alarm-ink: #000; --warn: #fff; --warn-ink: #000; --warn-line: #000; --fine: #fff; --fine-ink: #000; --site: #f2f2f2; --site-ink: #000; --ph: #eee; }
  html { font-size: 10pt; }
  body { font-size: 9.5pt; line-height: 1.45; }
  h1 { font-size: 24pt; } h2 { font-size: 17pt; } h3 { font-size: 13pt; margin-bottom: .6rem; }
  header, .page, footer { max-width: none; padding-left: 0; padding-right: 0; }
  header { padding-top: 0; }
  .skip { display: none; }
  .page { display: block; padding-top: 1rem; }
  .banner { border: 3pt double #000; }
  .mark { border: .5pt solid #000; }
  nav { position: static; max-height: none; overflow: visible; }
  nav ul { columns: 3; }
  nav ul ul { columns: auto; }
  .part { break-before: page; border-top: 0; padding-top: 0; margin-top: 0; }
  .part + .part { margin-top: 0; padding-top: 0; border-top: 0; }
  .rule { break-before: page; border-top: 0; padding-top: 0; }
  .about + .rule { break-before: auto; }
  article { padding: .9rem 0 1rem; }
  h2, h3, h4 { break-after: avoid; }
  h4 { margin-top: 1.2rem; }
  p, dl > div, tr { break-inside: avoid; }
  .friends { break-inside: auto; }
  dl > div { padding: .1rem 0; }
  dl, .scroll { margin-bottom: .8rem; }
  dl > div { grid-template-columns: 9rem minmax(0, 1fr); }
  thead { display: table-header-group; }
  .scroll { overflow: visible; border: 0; }
  table { font-size: 8pt; line-height: 1.35; table-layout: auto; }
  th, td, th.w, td.w, th.ww, td.ww, th.n, td.n { min-width: 0; padding: .22rem .45rem; overflow-wrap: break-word; hyphens: auto; border-bottom: .5pt solid #bbb; }
  td code { overflow-wrap: anywhere; font-size: 6.5pt; }
  th.w, td.w { min-width: 22mm; }
  th.ww, td.ww { min-width: 38mm; }
  a { text-decoration: none; }
  a.outside { text-decoration: underline; }
  .signature { display: flex; gap: 1.5rem; margin-top: 2.5rem; max-width: none; break-inside: avoid; }
  .signature span { flex: 1; padding-top: .3rem; border-top: .75pt solid #000; font-size: 8pt; }
}
`
