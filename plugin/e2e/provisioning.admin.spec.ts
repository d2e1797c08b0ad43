import { APP_ID } from './support/app';
import { dashboardUids } from './support/dashboards';
import { expect, test } from './support/test';

test('the app is enabled and knows its exporter', async ({ request }) => {
  const settings = await request.get(`/api/plugins/${APP_ID}/settings`);
  expect(settings.ok()).toBe(true);
  expect(await settings.json()).toMatchObject({
    enabled: true,
    jsonData: { exporterUrl: expect.stringMatching(/^http/), prometheusUid: 'valtronics-prometheus' },
    secureJsonFields: { token: true },
  });
});

test('the panel is loaded with the app', async ({ request }) => {
  const panel = await request.get('/api/plugins/valtronics-devicestatus-panel/settings');
  expect(panel.ok()).toBe(true);
  expect(await panel.json()).toMatchObject({ type: 'panel', name: 'Device status' });
});

test('both data sources are there, and Prometheus answers', async ({ request }) => {
  for (const [uid, type] of [
    ['valtronics-prometheus', 'prometheus'],
    ['valtronics-alertmanager', 'alertmanager'],
  ]) {
    const source = await request.get(`/api/datasources/uid/${uid}`);
    expect(await source.json()).toMatchObject({ uid, type, readOnly: true });
  }
  const health = await request.get('/api/datasources/uid/valtronics-prometheus/health');
  expect(await health.json()).toMatchObject({ status: 'OK' });
});

test('the folder holds every dashboard, once', async ({ page, request }) => {
  const found = await request.get('/api/search?type=dash-db&query=Valtronics');
  const expected = dashboardUids().map((uid) => expect.objectContaining({ uid, folderTitle: 'Valtronics' }));
  const dashboards: unknown = await found.json();
  expect(dashboards).toEqual(expect.arrayContaining(expected));
  expect(dashboards).toHaveLength(expected.length);
  await page.goto('/dashboards/f/valtronics');
  await expect(page.getByRole('link', { name: 'Valtronics System Overview' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Valtronics Fleet' })).toBeVisible();
});

test('the menu leads to the pages', async ({ page }) => {
  await page.goto(`/a/${APP_ID}/system`);
  const menu = page.getByRole('navigation').filter({ has: page.getByRole('link', { name: 'Dashboards' }) });
  for (const [name, path] of [
    ['Valtronics', `/a/${APP_ID}/fleet`],
    ['System', `/a/${APP_ID}/system`],
    ['Configuration', `/plugins/${APP_ID}?page=configuration`],
  ] as const) {
    await expect(menu.getByRole('link', { name, exact: true })).toHaveAttribute('href', path);
  }
});
