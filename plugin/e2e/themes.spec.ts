import type { AxeResults } from 'axe-core';
import { createRequire } from 'node:module';
import { APP } from './support/app';
import { expect, test } from './support/test';

const AXE = createRequire(__filename).resolve('axe-core/axe.min.js');
/** Our pages without Grafana's frame, and without the arrow inside Grafana's combobox, which has states and no role (until Grafana 13). */
const CONTEXT = { include: [['main']], exclude: [['[id^="downshift-"][id$="-toggle-button"]']] };
const RUN = `axe.run(${JSON.stringify(CONTEXT)}, { runOnly: ['wcag2a', 'wcag2aa'] })`;

const PAGES = [
  { path: `${APP}/fleet`, ready: /need(s)? you|are fine/ },
  { path: `${APP}/fleet?kiosk`, ready: /need(s)? you|are fine/ },
  { path: `${APP}/fleet/GATEWAY_001`, ready: /GATEWAY_001/ },
  { path: `${APP}/system`, ready: /^overall/ },
];

for (const theme of ['dark', 'light']) {
  for (const { path, ready } of PAGES) {
    test(`${path} can be read by everybody in the ${theme} theme`, async ({ page }) => {
      await page.goto(`${path}${path.includes('?') ? '&' : '?'}theme=${theme}`);
      await expect(page.getByRole('heading', { name: ready }).first()).toBeVisible();
      await expect(page.locator('canvas').first().or(page.getByRole('table').first()).first()).toBeVisible();
      await page.addScriptTag({ path: AXE });
      const { violations } = await page.evaluate<AxeResults>(RUN);
      const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
      expect(found).toEqual([]);
    });
  }
}
