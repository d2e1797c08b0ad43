import type { Page } from '@playwright/test';
import { APP, deviceRows } from './support/app';
import { expect, test } from './support/test';

// Pages draw Grafana's panels by a function that Grafana calls internal: without it none of these has a canvas.

const panel = (page: Page, title: string | RegExp) =>
  page.getByTestId(
    new RegExp(`data-testid Panel header ${typeof title === 'string' ? title : title.source}`),
  );

test('the fleet page draws the status panel of a nested plugin', async ({ page }) => {
  await page.goto(`${APP}/fleet`);
  await expect(panel(page, 'Status by type').locator('canvas').first()).toBeVisible();
});

test("the device page draws Grafana's own timeline and charts, with their units", async ({ page }) => {
  await page.goto(`${APP}/fleet?q=GATEWAY_001`);
  await deviceRows(page).first().getByRole('link').click();
  await expect(panel(page, 'Status over time').locator('canvas').first()).toBeVisible();
  const chart = panel(page, /cpu_usage/);
  await expect(chart.locator('canvas').first()).toBeVisible();
  await expect(chart.getByText(/No data|not found|error/i)).toHaveCount(0);
});
