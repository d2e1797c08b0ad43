import { APP } from './support/app';
import { barriersIn } from './support/axe';
import { expect, test } from './support/test';

/** A range that every stack has something of. */
const RANGE = 'from=now-1h&to=now';
const REPORT = `${APP}/report?${RANGE}`;

test('the report says how the fleet did, by type and by place', async ({ page }) => {
  await page.goto(REPORT);
  const figures = page.locator('[data-report] dl');
  await expect(figures).toContainText(/Availability\s*[\d.,]+\s?%/);
  await expect(page.getByRole('table', { name: 'By type' }).getByRole('row').nth(1)).toContainText('%');
  await expect(page.getByRole('table', { name: 'By location' }).getByRole('row').nth(1)).toBeVisible();
});

test('one device is reported alone, in the address, and the file is named after the range', async ({
  page,
}) => {
  await page.goto(`${REPORT}&device=GATEWAY_001`);
  await expect(page.getByRole('heading', { level: 2, name: /^GATEWAY_001: / })).toBeVisible();
  await expect(page.getByRole('table', { name: 'By type' })).toHaveCount(0);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/^valtronics-report-.*\.csv$/);
});

test('what is printed is the report without Grafana around it', async ({ page }) => {
  await page.goto(REPORT);
  await expect(page.getByRole('table', { name: 'By type' })).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('table', { name: 'By type' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
  await expect(page.getByRole('navigation').first()).toBeHidden();
});

for (const theme of ['dark', 'light']) {
  test(`the report can be read by everybody in the ${theme} theme`, async ({ page }) => {
    await page.goto(`${REPORT}&theme=${theme}`);
    await expect(page.getByRole('table', { name: 'By type' })).toBeVisible();
    expect(await barriersIn(page, 'main')).toEqual([]);
  });
}
