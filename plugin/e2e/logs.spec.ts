import { APP } from './support/app';
import { barriersIn } from './support/axe';
import { expect, test } from './support/test';

const LOGS = `${APP}/logs`;

test('the lines of the platform are there, with services, bars, patterns and their source', async ({
  page,
}) => {
  await page.goto(LOGS);
  await expect(page.getByRole('list', { name: 'Services' }).getByRole('button').first()).toBeVisible();
  const chart = page.getByTestId(/data-testid Panel header Lines by level/);
  await expect(chart.locator('canvas').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: /^Patterns \(\d+\)$/ })).toBeVisible();
  await expect(page.getByText(/^source: .+, back to /)).toBeVisible();
  const lines = page.getByRole('table', { name: 'Lines', exact: true });
  await expect(lines.getByRole('row').nth(1)).toBeVisible();
});

test('one pattern is looked at alone, in bars, patterns and lines, and in the address', async ({ page }) => {
  await page.goto(LOGS);
  await page
    .getByRole('button', { name: /^Only / })
    .first()
    .click();
  await expect(page).toHaveURL(/[?&]pattern=/);
  await expect(page.getByRole('heading', { name: 'Patterns (1)' })).toBeVisible();
  await page.getByRole('button', { name: 'Only one pattern: show all' }).click();
  await expect(page).not.toHaveURL(/[?&]pattern=/);
});

test('a line opens with its fields and what stands around it, and has an address', async ({ page }) => {
  await page.goto(`${LOGS}?refresh=off`);
  const lines = page.getByRole('table', { name: 'Lines', exact: true });
  await lines.getByRole('button').first().click();
  await expect(page).toHaveURL(/[?&]line=/);
  await page.getByRole('button', { name: 'Lines around it' }).click();
  await expect(
    page.getByRole('list', { name: 'Lines around it' }).getByRole('listitem').first(),
  ).toBeVisible();
  const address = page.url();
  await page.goto(`${APP}/fleet`);
  await page.goto(address);
  await expect(page.getByRole('button', { name: 'Copy as JSON' })).toBeVisible();
});

test('a line leads to its device, and the device to its lines', async ({ page }) => {
  await page.goto(`${LOGS}?from=now-6h&to=now`);
  const link = page
    .getByRole('table', { name: 'Lines', exact: true })
    .getByRole('link')
    .filter({ hasNotText: /^(trace|request) / })
    .first();
  const deviceId = (await link.innerText()).trim();
  await link.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(deviceId);
  await expect(page.getByRole('table', { name: 'Log lines of this device' })).toBeVisible();
  await page.getByRole('link', { name: 'Logs', exact: true }).last().click();
  await expect(page).toHaveURL(new RegExp(`/logs\\?device=${encodeURIComponent(deviceId)}`));
});

test('new lines come by themselves while they are followed', async ({ page }) => {
  await page.goto(`${LOGS}?live&refresh=off`);
  const lines = page.getByRole('table', { name: 'Lines', exact: true });
  await expect(lines.getByRole('row').nth(1)).toBeVisible();
  const count = Number(await lines.getAttribute('aria-rowcount'));
  await expect.poll(async () => Number(await lines.getAttribute('aria-rowcount'))).toBeGreaterThan(count);
});

test('an empty page names the filter that empties it', async ({ page }) => {
  await page.goto(`${LOGS}?q=nobody-ever-wrote-this`);
  await expect(page.getByRole('heading', { name: 'No line of this range fits the filter' })).toBeVisible();
  await page.getByRole('button', { name: /^Without: text/ }).click();
  await expect(page.getByRole('table', { name: 'Lines', exact: true })).toBeVisible();
});

for (const theme of ['dark', 'light']) {
  test(`the logs can be read by everybody in the ${theme} theme`, async ({ page }) => {
    await page.goto(`${LOGS}?refresh=off&theme=${theme}`);
    const lines = page.getByRole('table', { name: 'Lines', exact: true });
    await lines.getByRole('button').first().click();
    await expect(page.getByRole('button', { name: 'Copy link' })).toBeVisible();
    await expect(page.locator('main canvas').first()).toBeVisible();
    expect(await barriersIn(page, 'main')).toEqual([]);
  });
}
