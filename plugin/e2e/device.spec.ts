import { APP, deviceRows } from './support/app';
import { expect, test } from './support/test';

test('a device of the fleet says what it is, since when and why', async ({ page }) => {
  await page.goto(`${APP}/fleet?sort=-status`);
  const link = deviceRows(page).first().getByRole('link');
  const deviceId = (await link.innerText()).trim();
  await link.click();
  await expect(page).toHaveURL(new RegExp(`/fleet/${encodeURIComponent(deviceId)}`));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(deviceId);
  await expect(page.getByText(/^Why: /)).toBeVisible();
  const history = page.getByTestId(/data-testid Panel header Status over time/);
  await expect(history.locator('canvas').first()).toBeVisible();
});

test('each metric of a device has a chart', async ({ page }) => {
  await page.goto(`${APP}/fleet?q=GATEWAY_001`);
  await deviceRows(page).first().getByRole('link').click();
  for (const metric of ['cpu_usage', 'memory_usage']) {
    const chart = page.getByTestId(new RegExp(`data-testid Panel header ${metric}`));
    await expect(chart.locator('canvas').first()).toBeVisible();
  }
});

test('a device that nobody knows was never heard of', async ({ page }) => {
  await page.goto(`${APP}/fleet/NOBODY-9999`);
  await expect(page.getByRole('heading', { name: 'NOBODY-9999 was never heard of' })).toBeVisible();
  await page.getByRole('link', { name: 'Back to the fleet' }).click();
  await expect(page).toHaveURL(/\/fleet(\?|$)/);
});
