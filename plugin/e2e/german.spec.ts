import { APP } from './support/app';
import { expect, test } from './support/test';

/** As for somebody whose preferences say German. */
const GERMAN = 'lang=de-DE';

test('the pages speak German', async ({ page }) => {
  await page.goto(`${APP}/fleet?${GERMAN}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Flotte' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Spalten' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Aktualisieren', exact: true })).toBeVisible();
  await page.goto(`${APP}/fleet/GATEWAY_001?${GERMAN}`);
  await expect(page.getByText(/^Warum: /)).toBeVisible();
  await page.goto(`${APP}/system?${GERMAN}`);
  await expect(page.getByRole('columnheader', { name: 'Letzter Erfolg' })).toBeVisible();
});

test('the panel speaks German', async ({ page }) => {
  await page.goto(`/d/valtronics-fleet?${GERMAN}`);
  const panel = page.getByTestId('data-testid Panel header Devices');
  await expect(panel.getByRole('textbox', { name: 'Geräte suchen' })).toBeVisible();
  await expect(panel.getByRole('listbox', { name: 'Geräte' })).toBeAttached();
  await expect(panel.getByRole('group', { name: 'Geräte nach Zustand' })).toBeVisible();
});
