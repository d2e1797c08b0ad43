import type { APIRequestContext, Page } from '@playwright/test';
import { APP, APP_ID } from './support/app';
import { expect, test } from './support/test';

const STORE = `/api/plugin-proxy/${APP_ID}/exporter/api/v1/alerts`;
const ALERTMANAGER = '/api/alertmanager/valtronics-alertmanager/api/v2';

/** An alert of this test alone, raised at the exporter and passed on to Alertmanager. */
function newAlert() {
  const name = `EndToEnd${Date.now().toString(36)}`;
  const labels = { device_id: `E2E-${name}` };
  return { name, severity: 'critical', message: 'The fan is stuck', labels, annotations: {} };
}

async function raise(request: APIRequestContext): Promise<string> {
  const alert = newAlert();
  const answer = await request.post(STORE, { data: alert });
  expect(answer.ok(), await answer.text()).toBe(true);
  return alert.name;
}

async function storedAlert(request: APIRequestContext, name: string): Promise<unknown> {
  const body: unknown = await (await request.get(`${STORE}?name=${name}`)).json();
  return body;
}

/** Takes an alert of a test out of everybody's sight again. */
async function resolve(request: APIRequestContext, name: string): Promise<void> {
  const text = await (await request.get(`${STORE}?name=${name}`)).text();
  const fingerprints = [...text.matchAll(/"fingerprint":"(\w+)"/g)].map(
    ([, fingerprint = '']) => fingerprint,
  );
  const answer = await request.post(`${STORE}/resolve`, {
    data: { fingerprints, comment: 'end of the test' },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}

async function openAlert(page: Page, name: string, query = ''): Promise<void> {
  await page.goto(`${APP}/alerts?group=none&q=${name}${query}`);
  await expect(page.getByText('1 of', { exact: false })).toBeVisible();
}

test('an alert is acknowledged with a comment, and the store and the history know by whom', async ({
  page,
  request,
}) => {
  const name = await raise(request);
  await openAlert(page, name);
  await page.getByRole('button', { name: `Acknowledge ${name}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Comment' }).fill('power cut, ETA 15:00');
  await dialog.getByRole('button', { name: 'Acknowledge', exact: true }).click();
  await expect(page.getByText('acknowledged by admin: "power cut, ETA 15:00"')).toBeVisible();
  await expect
    .poll(() => storedAlert(request, name))
    .toMatchObject({
      items: [{ state: 'acknowledged', acknowledgement: { by: 'admin', comment: 'power cut, ETA 15:00' } }],
    });

  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await expect(page.getByText('acknowledged by admin', { exact: true })).toBeVisible();
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByText(name).first()).toBeVisible();
  await expect(page.getByText('power cut, ETA 15:00').first()).toBeVisible();

  await openAlert(page, name);
  await page.getByRole('checkbox', { name: `Select ${name}` }).check({ force: true });
  await page.getByRole('button', { name: 'Resolve…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resolve', exact: true }).click();
  await expect.poll(() => storedAlert(request, name)).toMatchObject({ items: [{ state: 'resolved' }] });
});

test('a silence that is made here is in Alertmanager, and expires from here', async ({ page, request }) => {
  const name = await raise(request);
  const routed = async (): Promise<string> => (await request.get(`${ALERTMANAGER}/alerts`)).text();
  await expect.poll(routed, { timeout: 90_000 }).toContain(name);
  await openAlert(page, name);
  await page.getByRole('button', { name: `Silence ${name}` }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Would silence 1 alert now.')).toBeVisible();
  await dialog.getByRole('radio', { name: '30 min' }).check({ force: true });
  await dialog.getByRole('textbox', { name: 'Comment' }).fill(`known: ${name}`);
  await dialog.getByRole('button', { name: 'Silence', exact: true }).click();
  await expect(page.getByText('1 alert silenced')).toBeVisible();
  const silences = async (): Promise<unknown> => (await request.get(`${ALERTMANAGER}/silences`)).json();
  const ours = (state: string): unknown =>
    expect.arrayContaining([expect.objectContaining({ comment: `known: ${name}`, status: { state } })]);
  expect(await silences()).toEqual(ours('active'));

  await openAlert(page, name, '&silenced=show');
  await page.getByRole('button', { name: `Expire the silence of ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Expire', exact: true }).click();
  await expect(page.getByText('1 alert is told of again')).toBeVisible();
  await expect.poll(silences).toEqual(ours('expired'));
  await resolve(request, name);
});

test('a device that breaks raises an alert, which leads to its page', async ({ page, simulator }) => {
  test.skip(simulator === undefined, 'SIMULATOR_URL is not set');
  test.setTimeout(240_000);
  const [device = ''] = (await simulator?.breakDevices(1)) ?? [];
  await page.goto(`${APP}/alerts?group=none&refresh=5s&device=${encodeURIComponent(device)}`);
  await expect(page.getByRole('button', { name: new RegExp(device) }).first()).toBeVisible({
    timeout: 150_000,
  });
  await page
    .getByRole('button', { name: new RegExp(`· ${device}`) })
    .first()
    .click();
  await page.getByRole('link', { name: 'Device', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/fleet/${device}`));
});
