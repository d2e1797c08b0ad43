import { createRequire } from 'node:module';
import { APP } from './support/app';
import { expect, test } from './support/test';

const AXE = createRequire(__filename).resolve('axe-core/axe.min.js');

const PAGES = [
  { path: `${APP}/fleet`, ready: /need(s)? you|are fine/ },
  { path: `${APP}/fleet?kiosk`, ready: /need(s)? you|are fine/ },
  { path: `${APP}/fleet/GATEWAY_001`, ready: /GATEWAY_001/ },
  { path: `${APP}/system`, ready: /^overall/ },
];

for (const theme of ['dark', 'light']) {
  for (const { path, ready } of PAGES) {
    test(`${path} is readable in the ${theme} theme`, async ({ page }) => {
      await page.goto(`${path}${path.includes('?') ? '&' : '?'}theme=${theme}`);
      await expect(page.getByRole('heading', { name: ready }).first()).toBeVisible();
      await page.addScriptTag({ path: AXE });
      const violations = await page.evaluate(async () => {
        const axe: unknown = Reflect.get(window, 'axe');
        if (typeof axe !== 'object' || axe === null) throw new Error('axe is not there');
        const run: unknown = Reflect.get(axe, 'run');
        if (typeof run !== 'function') throw new Error('axe cannot run');
        // Grafana's frame and the inside of its panels are Grafana's.
        const context = { include: [['main'], ['#pageContent']].slice(1) };
        const result: unknown = await Reflect.apply(run, axe, [context, { runOnly: ['wcag2a', 'wcag2aa'] }]);
        return JSON.stringify(result);
      });
      expect(violations).toBe('');
    });
  }
}
