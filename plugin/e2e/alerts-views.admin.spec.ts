import type { APIRequestContext, Page } from '@playwright/test';
import { APP } from './support/app';
import { expect, test } from './support/test';

const ALERTS = `${APP}/alerts`;
const ALERTMANAGER = '/api/alertmanager/valtronics-alertmanager/api/v2/silences';

interface Silence {
  readonly comment: string;
  readonly status: { readonly state: string };
}

function isSilence(value: unknown): value is Silence {
  return typeof value === 'object' && value !== null && 'comment' in value && 'status' in value;
}

function silencesIn(body: unknown): Silence[] {
  return Array.isArray(body) ? body.filter(isSilence) : [];
}

async function stateOf(request: APIRequestContext, comment: string): Promise<string | undefined> {
  const answer = await request.get(ALERTMANAGER);
  return silencesIn(await answer.json()).find((silence) => silence.comment === comment)?.status.state;
}

const silenceRow = (page: Page, comment: string) =>
  page.getByRole('table', { name: 'Silences' }).getByRole('row').filter({ hasText: comment });

test('every rule of Prometheus is there, with its limit and its value', async ({ page }) => {
  await page.goto(`${ALERTS}?tab=rules`);
  const rules = page.getByRole('table', { name: 'Alert rules' });
  for (const name of ['DevicesOffline', 'HighErrorRate', 'Watchdog', 'TelemetryStalled'])
    await expect(rules.getByRole('button', { name, exact: true })).toBeVisible();
  await expect(rules.getByRole('row', { name: /^DevicesOffline/ })).toContainText('> 20 %');
});

test('a link to a rule opens it: its expression, what would fire now, and its runbook', async ({ page }) => {
  await page.goto(`${ALERTS}?tab=rules&rule=Watchdog`);
  await expect(page.getByRole('region', { name: 'Expression' })).toContainText('vector(1) > 0');
  await expect(page.getByRole('region', { name: 'What would fire now' })).toContainText(/fires for/);
  await expect(page.getByRole('heading', { name: 'Meaning' })).toBeVisible();
  await page.getByRole('searchbox').fill('telemetry');
  await expect(page).toHaveURL(/[?&]q=telemetry/);
  await expect(page.getByRole('button', { name: 'Watchdog' })).toHaveCount(0);
});

test('the history shows what fired, each with its life, and becomes a file', async ({ page, simulator }) => {
  test.skip(simulator === undefined, 'SIMULATOR_URL is not set: nothing may have fired');
  await page.goto(`${ALERTS}?tab=history&from=now-3h&to=now`);
  const rows = page.getByRole('table', { name: 'Alerts of this range' }).getByRole('row');
  await expect(rows.nth(1)).toBeVisible();
  await expect(page.locator('canvas').first()).toBeVisible();
  await expect(page.getByText(/exporter’s store.* and ALERTS in Prometheus/)).toBeVisible();
  await rows.nth(1).getByRole('button').click();
  await expect(page).toHaveURL(/[?&]alert=[0-9a-f]{16}-\d+/);
  await expect(page.getByText('began to fire')).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/^valtronics-alerts-.*\.csv$/);
});

test('a stretch that is marked in the chart becomes the range', async ({ page, simulator }) => {
  test.skip(simulator === undefined, 'SIMULATOR_URL is not set: nothing may have fired');
  await page.goto(`${ALERTS}?tab=history`);
  const plot = page.locator('.u-over').first();
  await expect(plot).toBeVisible();
  const box = await plot.boundingBox();
  if (box === null) throw new Error('the chart has no place');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.5, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.9, y, { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL(/[?&]from=\d{13}&to=\d{13}|[?&]from=\d{13}.*[?&]to=\d{13}/);
});

test('a silence is made, is in Alertmanager, and is expired', async ({ page, request }) => {
  const comment = `end-to-end ${Date.now()}`;
  await page.goto(`${ALERTS}?tab=silences`);
  await page.getByRole('button', { name: 'New silence…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').nth(0).fill('alertname');
  await dialog.getByRole('textbox').nth(1).fill('NoAlertHasThisName');
  await dialog.getByRole('textbox', { name: 'Comment' }).fill(comment);
  await dialog.getByRole('button', { name: 'Silence', exact: true }).click();
  await expect(silenceRow(page, comment)).toContainText(
    /alertname=NoAlertHasThisName.*1 h 59 min left|2 h left/,
  );
  expect(await stateOf(request, comment)).toBe('active');

  await silenceRow(page, comment).getByRole('button', { name: 'Expire…' }).click();
  await dialog.getByRole('button', { name: 'Expire', exact: true }).click();
  await expect(silenceRow(page, comment)).toHaveCount(0);
  expect(await stateOf(request, comment)).toBe('expired');
  await page.getByText('Show what is over').click();
  await expect(silenceRow(page, comment)).toContainText('expired');
});

test('a maintenance window is made and called off', async ({ page }) => {
  const comment = `end-to-end ${Date.now()}`;
  await page.goto(`${ALERTS}?tab=silences`);
  await page.getByRole('button', { name: 'New window…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByText('Choose devices, types or locations')).toBeVisible();
  await dialog.getByRole('combobox', { name: 'Devices', exact: true }).fill('NO-SUCH-DEVICE');
  await page.getByRole('option').filter({ hasText: 'NO-SUCH-DEVICE' }).click();
  await page.keyboard.press('Tab');
  await dialog.getByRole('textbox', { name: /^Why/ }).fill(comment);
  await dialog.getByRole('button', { name: 'Create' }).click();
  const row = page
    .getByRole('table', { name: 'Maintenance windows' })
    .getByRole('row')
    .filter({ hasText: comment });
  await expect(row).toContainText(/active.*NO-SUCH-DEVICE/);
  await row.getByRole('button', { name: 'End now…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End now' }).click();
  await expect(row).toHaveCount(0);
});
