import type { Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { APP } from './support/app';
import { expect, test } from './support/test';

const PLUGIN = dirname(__dirname);
const SHIPPED = join(PLUGIN, 'src', 'img', 'screenshots');
const DOCS = join(dirname(PLUGIN), 'docs', 'images');
/** A picture that the catalogue shows with a nested panel. */
const pictureOf = (panel: string, name: string): string => join(PLUGIN, 'src', 'panels', panel, 'img', name);
const TIME = 'from=now-30m&to=now';

/** Pictures of the package and of the documents, and where they go. */
const PICTURES = [
  { path: `${APP}/fleet?theme=dark&${TIME}`, files: [join(SHIPPED, 'fleet.png'), join(DOCS, 'fleet.png')] },
  {
    // With something to see: npm run simulator -- break --devices GATEWAY_001
    path: `${APP}/fleet/GATEWAY_001?theme=dark&${TIME}`,
    files: [join(SHIPPED, 'device.png'), join(DOCS, 'device.png')],
  },
  {
    path: `${APP}/alerts?theme=dark`,
    files: [join(SHIPPED, 'alerts.png'), join(DOCS, 'alerts.png')],
  },
  { path: `${APP}/alerts?tab=history&theme=dark`, files: [join(SHIPPED, 'alert-history.png')] },
  { path: `${APP}/logs?theme=dark&${TIME}`, files: [join(SHIPPED, 'logs.png')] },
  { path: `${APP}/traces?theme=dark&${TIME}`, files: [join(SHIPPED, 'traces.png')] },
  { path: `${APP}/report?theme=dark&from=now-1h&to=now`, files: [join(SHIPPED, 'report.png')] },
  { path: `${APP}/system?theme=dark`, files: [join(SHIPPED, 'system.png')] },
  {
    path: `/d/valtronics-fleet?viewPanel=panel-7&theme=light&${TIME}`,
    files: [join(SHIPPED, 'status-panel.png'), pictureOf('device-status', 'status-panel.png')],
  },
  {
    path: `/d/valtronics-fleet?viewPanel=panel-12&theme=dark&${TIME}`,
    files: [join(SHIPPED, 'timeline-panel.png'), pictureOf('timeline', 'timeline-panel.png')],
  },
  {
    path: `/d/valtronics-alerts?viewPanel=panel-11&theme=dark&${TIME}`,
    files: [pictureOf('alerts', 'alerts-panel.png')],
  },
  { path: `/d/valtronics-overview?theme=dark&${TIME}`, files: [join(DOCS, 'dashboard.png')] },
];

test.skip(process.env.UPDATE_SCREENSHOTS !== '1', 'pictures are taken with UPDATE_SCREENSHOTS=1');

/** Resolves when nothing moves any more: charts draw themselves a while after their data came. */
async function untilStill(page: Page): Promise<void> {
  let before = await page.screenshot();
  await expect
    .poll(
      async () => {
        const now = await page.screenshot();
        const isStill = now.equals(before);
        before = now;
        return isStill;
      },
      { intervals: [2000] },
    )
    .toBe(true);
}

async function take(page: Page, files: readonly string[]): Promise<void> {
  await page.waitForLoadState('networkidle');
  await untilStill(page);
  for (const path of files) {
    mkdirSync(dirname(path), { recursive: true });
    await page.screenshot({ path });
  }
}

for (const { path, files } of PICTURES) {
  test(`picture of ${path}`, async ({ page }) => {
    await page.goto(path);
    await expect(page.locator('canvas, [role=table], table, [role=region]').first()).toBeVisible();
    await take(page, files);
  });
}
