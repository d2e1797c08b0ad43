import { APP, worstDevices } from './support/app';
import { expect, test } from './support/test';

test('a wall display has the answer and no controls', async ({ page }) => {
  await page.goto(`${APP}/fleet?kiosk`);
  const verdict = page.getByRole('heading', { name: /need(s)? you|are fine/ });
  await expect(verdict).toBeVisible();
  const size = await verdict.evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
  expect(size).toBeGreaterThan(40);
  await expect(page.getByRole('searchbox')).toHaveCount(0);
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Kiosk' })).toHaveCount(0);
  await expect(page.locator('canvas').first()).toBeVisible();
});

test('the button leads to the wall display and back leads out', async ({ page }) => {
  await page.goto(`${APP}/fleet`);
  await page.getByRole('button', { name: 'Kiosk' }).click();
  await expect(page).toHaveURL(/[?&]kiosk/);
  await expect(page.getByRole('searchbox', { name: 'Search by id, name or location' })).toHaveCount(0);
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Kiosk' })).toBeVisible();
});

test('groups take turns unless a device is in error', async ({ page }) => {
  await page.goto(`${APP}/fleet?kiosk&rotate=5s`);
  await expect(
    page.getByRole('status').filter({ hasText: /^Group 1 of \d+|rotation stands still/ }),
  ).toBeVisible();
  await expect(
    worstDevices(page)
      .or(page.getByRole('heading', { name: /are fine/ }))
      .first(),
  ).toBeVisible();
});
