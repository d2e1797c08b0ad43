import { APP } from './support/app';
import { barriersIn } from './support/axe';
import { expect, test } from './support/test';

for (const theme of ['dark', 'light']) {
  test(`the dialog of a silence can be read by everybody in the ${theme} theme`, async ({ page }) => {
    await page.goto(`${APP}/alerts?tab=silences&theme=${theme}`);
    await page.getByRole('button', { name: 'New silence…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'custom' }).check({ force: true });
    await dialog.getByRole('textbox', { name: /^Duration/ }).fill('soon');
    await expect(dialog.getByText('Write a duration such as 45m, 3h or 2d')).toBeVisible();
    expect(await barriersIn(page, '[role="dialog"]')).toEqual([]);
  });

  test(`a row with its details can be read by everybody in the ${theme} theme`, async ({ page }) => {
    await page.goto(`${APP}/alerts?tab=rules&theme=${theme}`);
    await page.getByRole('button', { name: 'DevicesOffline', exact: true }).click();
    await expect(
      page.getByRole('heading', { name: 'Expression' }).or(page.locator('main pre')).first(),
    ).toBeVisible();
    expect(await barriersIn(page, 'main')).toEqual([]);
  });
}
