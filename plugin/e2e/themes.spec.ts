import { APP } from './support/app';
import { barriersIn } from './support/axe';
import { expect, test } from './support/test';

const DRAWN = 'main canvas, main [role="table"], main table';

/** Headings that say that the page is there, and what is drawn by then. */
const PAGES = [
  { path: `${APP}/fleet`, ready: /need(s)? you|are fine/, drawn: DRAWN },
  { path: `${APP}/fleet?kiosk`, ready: /need(s)? you|are fine/, drawn: DRAWN },
  { path: `${APP}/fleet/GATEWAY_001`, ready: /GATEWAY_001/, drawn: DRAWN },
  { path: `${APP}/system`, ready: /^overall/, drawn: DRAWN },
  // Nothing need fire or be silenced.
  { path: `${APP}/alerts?tab=active`, ready: /^Alerts$/, drawn: 'main input[type="checkbox"]' },
  { path: `${APP}/alerts?tab=history`, ready: /^In this range$/, drawn: DRAWN },
  { path: `${APP}/alerts?tab=silences`, ready: /^Maintenance windows$/, drawn: 'main h3' },
  { path: `${APP}/alerts?tab=rules`, ready: /^Alerts$/, drawn: DRAWN },
];

for (const theme of ['dark', 'light']) {
  for (const { path, ready, drawn } of PAGES) {
    test(`${path} can be read by everybody in the ${theme} theme`, async ({ page }) => {
      await page.goto(`${path}${path.includes('?') ? '&' : '?'}theme=${theme}`);
      await expect(page.getByRole('heading', { name: ready }).first()).toBeVisible();
      await expect(page.locator(drawn).first()).toBeVisible();
      expect(await barriersIn(page, 'main')).toEqual([]);
    });
  }
}
