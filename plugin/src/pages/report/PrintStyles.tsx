/**
 * Paper has the report and nothing of Grafana around it. What is not of the report is hidden and takes no room where
 * it can be named; Grafana's own boxes stay, without anything in them, so that the report keeps its place in the page.
 */
const PRINT = `@media print {
  header, nav, footer { display: none !important; }
  body, body * { visibility: hidden; }
  [data-report], [data-report] * { visibility: visible; color: #000 !important; background: none !important; }
  [data-report] { position: absolute; inset: 0 0 auto 0; max-width: none !important; }
  html, body, #reactRoot, main { overflow: visible !important; height: auto !important; }
}`;

/** The styles of the report on paper; they are there as long as the page is. */
export function PrintStyles() {
  return <style>{PRINT}</style>;
}
