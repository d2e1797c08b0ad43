import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/test';

const TITLE = 'Devices over Time';

async function openPanel(page: Page): Promise<Locator> {
  await page.goto('/d/valtronics-fleet');
  const panel = page.getByTestId(`data-testid Panel header ${TITLE}`);
  await panel.scrollIntoViewIfNeeded();
  await expect(panel.getByTestId('timeline')).toBeVisible();
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

test('devices over time are a picture, and a list for those who do not see it', async ({ page }) => {
  const panel = await openPanel(page);
  await expect.poll(() => coloursOf(panel.locator('canvas'))).toBeGreaterThan(10);
  const list = panel.getByRole('listbox', { name: 'Devices over time' });
  await expect(list).toHaveAccessibleDescription(/\d+ online/);
  await expect(list.getByRole('option').first()).toHaveText(/changes: \d+/);
  await expect(panel.getByRole('group', { name: /^Devices by state/ })).toBeVisible();
});

test('the pointer is told state and time, and a drag zooms the dashboard', async ({ page }) => {
  const panel = await openPanel(page);
  const timeline = panel.getByTestId('timeline');
  const box = await timeline.boundingBox();
  if (box === null) throw new Error('the timeline has no place');
  // Below the head and the heading of the first group, in the middle of the states.
  const x = box.x + box.width * 0.4;
  const y = box.y + 62;
  await page.mouse.move(x, y);
  await expect(page.getByRole('tooltip').filter({ hasText: 'Duration' })).toBeVisible();
  await page.mouse.down();
  await page.mouse.move(x + box.width * 0.15, y, { steps: 5 });
  await expect(panel.getByTestId('brush')).toBeVisible();
  await page.mouse.up();
  await expect(page).toHaveURL(/from=\d{4}-|from=\d{13}/);
});

test('the keyboard goes from row to row and opens the links of one', async ({ page }) => {
  const panel = await openPanel(page);
  const list = panel.getByRole('listbox', { name: 'Devices over time' });
  const chosen = list.getByRole('option', { selected: true });
  await list.focus();
  await expect(chosen).toHaveAttribute('aria-posinset', '1');
  await page.keyboard.press('ArrowDown');
  await expect(chosen).toHaveAttribute('aria-posinset', '2');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('link').first().click();
  await expect(page).toHaveURL(/\/a\/valtronics-monitoring-app\/fleet\/[^/?]+/);
});

test('rows are sorted by a click on a head', async ({ page }) => {
  const panel = await openPanel(page);
  const button = panel.getByRole('button', { name: 'Sort by name' });
  await button.click();
  await expect(button).toHaveAttribute('aria-pressed', 'true');
});

test('the fleet page shows its devices over time', async ({ page }) => {
  await page.goto('/a/valtronics-monitoring-app/fleet?view=timeline');
  await expect(page.getByTestId('timeline')).toBeVisible();
  await expect(
    page.getByRole('listbox', { name: 'Devices over time' }).getByRole('option').first(),
  ).toBeAttached();
});
