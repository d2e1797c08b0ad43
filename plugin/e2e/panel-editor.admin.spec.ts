import type { Page } from '@playwright/test';
import { statusPanel, withDashboard } from './support/grafana';
import { expect, test } from './support/test';

const UID = 'valtronics-e2e-panel';

const LINK = {
  title: 'Look at ${__data.fields.device_id}',
  url: '/d/valtronics-fleet?device=${__data.fields.device_id}',
};
const ACTION = {
  type: 'fetch',
  title: 'Poke ${__data.fields.device_id}',
  confirmation: 'Really poke it?',
  fetch: {
    method: 'POST',
    url: '/valtronics-e2e/${__data.fields.device_id}',
    body: '{"by":"test"}',
    queryParams: [['how', 'softly']],
    headers: [],
  },
};
const MAPPING = {
  type: 'range',
  options: { from: 0, to: 9, result: { text: 'mapped', color: 'blue', index: 0 } },
};

const override = (id: string, value: unknown) => ({
  fieldConfig: {
    defaults: { mappings: [MAPPING] },
    overrides: [{ matcher: { id: 'byRegexp', options: '/^Val.*/' }, properties: [{ id, value }] }],
  },
});

/** The keyboard's way to the first device, which does not depend on where its tile is. */
async function openFirst(page: Page): Promise<void> {
  const list = page.getByRole('listbox', { name: 'Devices' });
  await list.focus();
  await expect(list.getByRole('option', { selected: true })).toHaveAttribute('aria-posinset', '1');
  await page.keyboard.press('Enter');
}

test('value mappings and overrides by regular expression reach the tiles, a data link leads on', async ({
  page,
}) => {
  await withDashboard(page.request, UID, [statusPanel(override('links', [LINK]))], async () => {
    await page.goto(`/d/${UID}`);
    await expect(page.getByRole('group', { name: 'Devices by status' })).toContainText('mapped');
    const first = page.getByRole('listbox', { name: 'Devices' }).getByRole('option').first();
    const deviceId = ((await first.textContent()) ?? '').split(',')[0] ?? '';
    await openFirst(page);
    await expect(page).toHaveURL(new RegExp(`/d/valtronics-fleet.*device=${deviceId}`));
  });
});

test('an action asks first and then sends its request', async ({ page }) => {
  await withDashboard(page.request, UID, [statusPanel(override('actions', [ACTION]))], async () => {
    await page.route('**/valtronics-e2e/**', (route) => route.fulfill({ json: {} }));
    await page.goto(`/d/${UID}`);
    await openFirst(page);
    await page.getByRole('button', { name: /^Poke / }).click();
    await expect(page.getByText('Really poke it?')).toBeVisible();
    const sent = page.waitForRequest('**/valtronics-e2e/**');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const request = await sent;
    expect(request.method()).toBe('POST');
    expect(request.url()).toMatch(/valtronics-e2e\/[^/?]+\?how=softly$/);
    expect(request.postData()).toBe('{"by":"test"}');
  });
});

test('the editor has the sections with help, and follows what is chosen', async ({ page }) => {
  await withDashboard(page.request, UID, [statusPanel({})], async () => {
    await page.goto(`/d/${UID}?editPanel=1`);
    const picture = page.getByTestId('device-grid');
    await expect(picture.locator('canvas')).toBeVisible();
    for (const section of [
      'Layout',
      'Data',
      'Controls',
      'Standard options',
      'Value mappings',
      'Thresholds',
    ]) {
      await expect(page.getByTestId(`data-testid Options group ${section}`)).toBeAttached();
    }
    await expect(
      page.getByText('Tiles grow and shrink so that all devices fit; a list scrolls.'),
    ).toBeVisible();
    await expect(page.getByText('Largest tile')).toBeVisible();
    await page.getByRole('radio', { name: 'List' }).check({ force: true });
    // A list has no tiles whose size could be chosen.
    await expect(page.getByText('Largest tile')).toHaveCount(0);
    await expect(picture.locator('canvas')).toBeVisible();
  });
});
