import { APP_ID, APP, deviceRows, deviceTable, worstDevices } from './support/app';
import { expect, test } from './support/test';

const FLEET = `${APP}/fleet`;

test('the first line says whether somebody has to act', async ({ page, gotoAppPage }) => {
  await gotoAppPage({ pluginId: APP_ID, path: '/fleet' });
  await expect(page.getByRole('heading', { name: /need(s)? you|are fine/ })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: /of [\d,.]+ devices/ })).toBeVisible();
});

test('devices that break are named', async ({ page, simulator }) => {
  test.skip(simulator === undefined, 'SIMULATOR_URL is not set');
  const broken = (await simulator?.breakDevices(2)) ?? [];
  expect(broken).toHaveLength(2);
  await page.goto(`${FLEET}?refresh=10s&status=error`);
  for (const deviceId of broken) {
    await expect(deviceTable(page).getByRole('link', { name: deviceId, exact: true })).toBeVisible({
      timeout: 60_000,
    });
  }
  await expect(page.getByRole('heading', { name: /devices need you/ })).toBeVisible();
  await expect(worstDevices(page).getByRole('listitem').first()).toContainText('error');
});

test('search and sorting are in the address and come back with it', async ({ page }) => {
  await page.goto(FLEET);
  const search = page.getByRole('searchbox', { name: 'Search by id, name or location' });
  await search.fill('GATEWAY');
  await expect(page).toHaveURL(/[?&]q=GATEWAY/);
  await expect(deviceTable(page).getByRole('link', { name: /MOCK/ })).toHaveCount(0);
  await page.getByRole('columnheader', { name: 'Device' }).getByRole('button').click();
  await expect(page).toHaveURL(/[?&]sort=name/);

  await page.reload();
  await expect(search).toHaveValue('GATEWAY');
  await expect(deviceTable(page).getByRole('link').first()).toContainText('GATEWAY');
  await expect(page.getByRole('columnheader', { name: 'Device' })).toHaveAttribute('aria-sort', 'ascending');

  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page).not.toHaveURL(/[?&]q=/);
  await expect(deviceRows(page).nth(1)).toBeVisible();
});

test('the table becomes a file', async ({ page }) => {
  await page.goto(FLEET);
  await expect(deviceRows(page).first()).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/^valtronics-fleet-.*\.csv$/);
});

test('the app without a page is the fleet', async ({ page }) => {
  await page.goto(APP);
  await expect(page).toHaveURL(new RegExp(FLEET));
  await expect(deviceRows(page).first()).toBeVisible();
});
