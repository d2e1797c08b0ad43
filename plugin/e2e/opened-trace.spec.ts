import type { Page } from '@playwright/test';
import { APP } from './support/app';
import { expect, test } from './support/test';

/** Opens a trace of the list. */
async function openTrace(page: Page): Promise<void> {
  await page.goto(`${APP}/traces?view=all&refresh=off`);
  const traces = page.getByRole('table', { name: 'Traces', exact: true });
  await traces.getByRole('link', { name: 'Waterfall' }).first().click();
  await expect(page).toHaveURL(/\/traces\/[\da-f]{32}$/);
}

test('a trace opens as Grafana’s own waterfall, with where its time went', async ({ page }) => {
  await openTrace(page);
  const panel = page.getByTestId('data-testid Panel header Waterfall');
  await expect(panel.getByText('Service & Operation')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Where the time went' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Log lines', exact: true })).toBeVisible();
});

test('a span of the waterfall leads to its log lines', async ({ page }) => {
  await openTrace(page);
  const panel = page.getByTestId('data-testid Panel header Waterfall');
  await panel.locator('a[href*="/logs?trace="]').first().click();
  await expect(page).toHaveURL(/\/logs\?trace=[\da-f]{32}&from=\d+&to=\d+$/);
});

test('a trace that nobody kept is missed in words', async ({ page }) => {
  await page.goto(`${APP}/traces/${'f'.repeat(32)}`);
  await expect(page.getByText('This trace is not kept', { exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Traces that are kept' })).toBeVisible();
});

for (const name of ['traces', 'system']) {
  test(`the service map is on the page ${name}`, async ({ page }) => {
    await page.goto(`${APP}/${name}`);
    const map = page.getByRole('list', { name: 'Service map' });
    await expect(map.getByText('gateway').first()).toBeVisible();
    await expect(map.getByText('API').first()).toBeVisible();
  });
}
