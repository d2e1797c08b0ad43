import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/test';

async function openPanel(page: Page): Promise<Locator> {
  await page.goto('/d/valtronics-fleet');
  const panel = page.getByTestId('data-testid Panel header Devices');
  await expect(panel.getByTestId('device-grid')).toBeVisible();
  return panel;
}

/** How many colours the picture has: one when nothing is drawn. */
function coloursOf(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) return 0;
    const context = element.getContext('2d');
    if (context === null || element.width === 0) return 0;
    const { data } = context.getImageData(0, 0, element.width, element.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
}

test('devices are a picture, and a list for those who do not see it', async ({ page }) => {
  const panel = await openPanel(page);
  await expect.poll(() => coloursOf(panel.locator('canvas'))).toBeGreaterThan(10);
  const list = panel.getByRole('listbox', { name: 'Devices' });
  await expect(list).toHaveAccessibleDescription(/\d+ online/);
  await expect(list.getByRole('option').first()).toHaveAttribute('aria-setsize', /^\d+$/);
  await expect(panel.getByRole('group', { name: 'Devices by status' })).toBeVisible();
});

test('the keyboard goes from device to device and opens one', async ({ page }) => {
  const panel = await openPanel(page);
  const list = panel.getByRole('listbox', { name: 'Devices' });
  const chosen = list.getByRole('option', { selected: true });
  await list.focus();
  await expect(chosen).toHaveAttribute('aria-posinset', '1');
  await page.keyboard.press('ArrowRight');
  await expect(chosen).toHaveAttribute('aria-posinset', '2');
  await page.keyboard.press('Home');
  await expect(chosen).toHaveAttribute('aria-posinset', '1');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/a\/valtronics-monitoring-app\/fleet\/[^/?]+/);
  await expect(page.getByText(/^Why: /)).toBeVisible();
});

test('Escape leaves the picture', async ({ page }) => {
  const panel = await openPanel(page);
  const list = panel.getByRole('listbox', { name: 'Devices' });
  await list.focus();
  await page.keyboard.press('Escape');
  await expect(list).not.toBeFocused();
});

test('a tile under the pointer is a real link to the device', async ({ page }) => {
  const panel = await openPanel(page);
  const grid = panel.getByTestId('device-grid');
  const box = await grid.boundingBox();
  const link = panel.getByTestId('tile-link');
  // Somewhere in the first rows there is a tile; gaps and headings are not.
  for (let y = 10; y < (box?.height ?? 0) && (await link.count()) === 0; y += 12) {
    await grid.hover({ position: { x: 30, y } });
  }
  await expect(link).toHaveAttribute('href', /\/a\/valtronics-monitoring-app\/fleet\/[^/?]+/);
});

test('a status of the legend shows its devices alone', async ({ page }) => {
  const panel = await openPanel(page);
  const entry = panel
    .getByRole('group', { name: 'Devices by status' })
    .getByRole('button', { name: /online/ });
  await entry.click();
  await expect(entry).toHaveAttribute('aria-pressed', 'true');
  await expect(panel.getByRole('status').filter({ hasText: /^\d+ of \d+$/ })).toBeVisible();
});
