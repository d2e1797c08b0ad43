import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { createRequire } from 'node:module';

const AXE = createRequire(__filename).resolve('axe-core/axe.min.js');
/** The arrow inside Grafana's combobox has states and no role (until Grafana 13). */
const EXCLUDE = [['[id^="downshift-"][id$="-toggle-button"]']];

/** What axe finds against WCAG 2 A and AA inside the element, as lines to read: `main` is a page without Grafana's frame. */
export async function barriersIn(page: Page, selector: string): Promise<string[]> {
  await page.addScriptTag({ path: AXE });
  const context = { include: [[selector]], exclude: EXCLUDE };
  const run = `axe.run(${JSON.stringify(context)}, { runOnly: ['wcag2a', 'wcag2aa'] })`;
  const { violations } = await page.evaluate<AxeResults>(run);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
