import { APP } from './support/app';
import { expect, test } from './support/test';

test('the system page says how the platform is and how it is known', async ({ page }) => {
  await page.goto(`${APP}/system`);
  await expect(page.getByRole('heading', { name: /^overall.*\d+/ })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Components' }).getByRole('listitem').first()).toBeVisible();
  for (const collector of ['api', 'postgres', 'mqtt', 'broker', 'redis', 'access_log']) {
    await expect(page.getByRole('row', { name: new RegExp(`^${collector} `) })).toBeVisible();
  }
  for (const service of ['Broker', 'Database', 'Redis']) {
    await expect(page.getByRole('heading', { name: service, level: 2 })).toBeVisible();
  }
});

test('an address of no page says so', async ({ page }) => {
  await page.goto(`${APP}/nowhere`);
  await expect(page.getByText('There is no such page')).toBeVisible();
});
