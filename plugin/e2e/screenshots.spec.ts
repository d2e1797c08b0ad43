import type { Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { APP, deviceTable, worstDevices } from './support/app';
import { expect, test } from './support/test';

const PLUGIN = dirname(__dirname);
const SHIPPED = join(PLUGIN, 'src', 'img', 'screenshots');
const DOCS = join(dirname(PLUGIN), 'docs', 'images');
const TIME = 'from=now-30m&to=now';

/** Pictures of the package and of the documents, and where they go. */
const PICTURES = [
  { path: `${APP}/fleet?theme=dark&${TIME}`, files: [join(SHIPPED, 'fleet.png'), join(DOCS, 'fleet.png')] },
  { path: `${APP}/system?theme=dark`, files: [join(SHIPPED, 'system.png')] },
  {
    path: `/d/valtronics-fleet?viewPanel=panel-7&theme=light&${TIME}`,
    files: [join(SHIPPED, 'status-panel.png')],
  },
  { path: `/d/valtronics-overview?theme=dark&${TIME}`, files: [join(DOCS, 'dashboard.png')] },
];

test.skip(process.env.UPDATE_SCREENSHOTS !== '1', 'pictures are taken with UPDATE_SCREENSHOTS=1');

async function take(page: Page, files: readonly string[]): Promise<void> {
  await page.waitForLoadState('networkidle');
  for (const path of files) {
    mkdirSync(dirname(path), { recursive: true });
    await page.screenshot({ path });
  }
}

for (const { path, files } of PICTURES) {
  test(`picture of ${path}`, async ({ page }) => {
    await page.goto(path);
    await expect(page.locator('canvas').or(page.getByRole('table')).first()).toBeVisible();
    await take(page, files);
  });
}

test('picture of a device in trouble', async ({ page }) => {
  await page.goto(`${APP}/fleet?status=error&${TIME}`);
  await expect(deviceTable(page)).toBeVisible();
  await worstDevices(page).getByRole('link').first().click();
  await expect(page.getByText(/^Why: /)).toBeVisible();
  await expect(page.locator('canvas').nth(1)).toBeVisible();
  await take(page, [join(SHIPPED, 'device.png'), join(DOCS, 'device.png')]);
});
