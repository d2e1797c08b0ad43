import { APP } from './support/app';
import { expect, test } from './support/test';

const FLEET = 'valtronics-fleet';

test('the fleet dashboard shows what fires, or that nothing does, without a query', async ({
  page,
  gotoDashboardPage,
}) => {
  await page.setViewportSize({ width: 1400, height: 2000 });
  const dashboard = await gotoDashboardPage({ uid: FLEET });
  const { locator } = dashboard.getPanelByTitle('Alerts');
  const line = locator.getByRole('region', { name: 'Alerts' }).getByRole('listitem').first();
  await expect(line.or(locator.getByText('Nothing fires')).first()).toBeVisible({ timeout: 30_000 });
  await expect(locator.getByRole('button', { name: /^(Acknowledge|Silence) / })).toHaveCount(0);
});

test('an alert of a broken device is listed and leads to the alerts page', async ({
  page,
  simulator,
  gotoDashboardPage,
}) => {
  test.skip(simulator === undefined, 'needs SIMULATOR_URL');
  test.setTimeout(180_000);
  await simulator?.breakDevices(2);
  await page.setViewportSize({ width: 1400, height: 2000 });
  const dashboard = await gotoDashboardPage({ uid: FLEET });
  const { locator } = dashboard.getPanelByTitle('Alerts');
  const line = locator.getByRole('region', { name: 'Alerts' }).getByRole('listitem').first();
  await expect(line).toBeVisible({ timeout: 150_000 });
  await line.getByRole('link').first().click();
  await expect(page).toHaveURL(new RegExp(`${APP}/alerts\\?q=`));
});
