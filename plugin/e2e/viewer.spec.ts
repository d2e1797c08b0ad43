import { APP, APP_ID, deviceRows } from './support/app';
import { expect, test } from './support/test';

test('somebody who did not log in sees the fleet and is offered nothing more', async ({ page }) => {
  await page.goto(`${APP}/fleet`);
  await expect(deviceRows(page).first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Configuration' })).toHaveCount(0);
});

test('the exporter takes no writes from a viewer', async ({ request }) => {
  const write = await request.post(`/api/plugin-proxy/${APP_ID}/exporter/api/v1/alerts/test`, { data: {} });
  expect(write.status()).toBe(403);
});

test('the configuration page changes nothing for a viewer', async ({ page }) => {
  await page.goto(`/plugins/${APP_ID}?page=configuration`);
  await expect(page.getByRole('button', { name: 'Save and test' })).toHaveCount(0);
});
