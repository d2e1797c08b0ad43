import { APP_ID } from './support/app';
import { expect, test } from './support/test';

const CONFIGURATION = `/plugins/${APP_ID}?page=configuration`;

test('the connection that was provisioned works from end to end', async ({ page }) => {
  await page.goto(CONFIGURATION);
  await expect(page.getByLabel('Address')).toHaveValue(/^http/);
  await page.getByRole('button', { name: 'Test connection' }).click();
  const steps = page.getByRole('list', { name: 'What works and what does not' }).getByRole('listitem');
  await expect(steps.filter({ hasText: 'Grafana reaches the exporter: yes' })).toBeVisible();
  await expect(steps.filter({ hasText: 'The exporter accepts the token: yes' })).toBeVisible();
  await expect(steps.filter({ hasText: 'Prometheus scrapes the exporter: yes' })).toBeVisible();
});

test('an address that is none cannot be saved, and nothing is written before that', async ({ page }) => {
  await page.goto(CONFIGURATION);
  const address = page.getByLabel('Address');
  const before = await address.inputValue();
  await address.fill('ftp://nowhere');
  await expect(page.getByText('The address must begin with http:// or https://')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save and test' })).toBeDisabled();
  await page.reload();
  await expect(address).toHaveValue(before);
});
