import { createHash } from 'node:crypto';
import { SafeHtml } from '../html.ts';

/** System fonts, both colour schemes, a table that becomes cards on a narrow screen. */
const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --line: #d9dde3; --text: #1b1f26; --soft: #5a6472; --link: #1551b5;
  --success: #1a7340; --warning: #8a5300; --error: #b3202c; --info: #1551b5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #111317; --card: #191c22; --line: #30353e; --text: #e4e7ec; --soft: #a0a9b6; --link: #8db4ff;
    --success: #6fcf97; --warning: #f2b64c; --error: #ff8c93; --info: #8db4ff;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 3rem; max-width: 68rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 2.25rem 0 .75rem; font-size: 1.1rem; }
p { margin: .35rem 0; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 3px; border-radius: 2px; }
.soft { color: var(--soft); }
.verdict { margin: .25rem 0 0; font-size: 1.2rem; font-weight: 600; }
header + main { margin-top: 1.25rem; }
.success { color: var(--success); } .warning { color: var(--warning); } .error { color: var(--error); }
.info { color: var(--info); } .disabled { color: var(--soft); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; margin: 0; padding: 0; list-style: none; }
.tiles li { padding: .7rem .9rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.tiles b { display: block; font-size: 1.5rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
.tiles .none b { color: var(--soft); font-weight: 400; }
table { width: 100%; border-collapse: collapse; background: var(--card); border: 1px solid var(--line); border-radius: 8px; border-spacing: 0; }
th, td { padding: .6rem .9rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
thead th { border-top: 0; color: var(--soft); font-size: .875rem; font-weight: 600; }
tbody th { white-space: nowrap; font-weight: 600; overflow-wrap: normal; }
.state { display: grid; grid-template-columns: 1.1rem 1fr; gap: .4rem; }
.address { width: 30%; }
.links { display: grid; grid-template-columns: repeat(auto-fit, minmax(26rem, 1fr)); gap: .35rem 1.5rem; margin: 0; padding: 0; list-style: none; }
code { font: .9375rem ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; }
@media (max-width: 40rem) {
  body { padding-top: 1.25rem; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, th, td { display: block; }
  tr { padding: .6rem .9rem; border-top: 1px solid var(--line); }
  tbody tr:first-child { border-top: 0; }
  th, td, .address { width: auto; padding: .1rem 0; border: 0; }
  .links { grid-template-columns: 1fr; }
}
`;

/** The page's style element, exactly as it was hashed. */
export const STYLE_ELEMENT = new SafeHtml(`<style>${STYLE}</style>`);

/** The style sheet's source in a Content-Security-Policy. */
export const STYLE_HASH = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`;
