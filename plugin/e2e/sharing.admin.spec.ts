import type { APIRequestContext, Page } from '@playwright/test';
import { statusPanel, withDashboard } from './support/grafana';
import { expect, test } from './support/test';

const UID = 'valtronics-e2e-sharing';

const source = { type: 'prometheus', uid: 'valtronics-prometheus' };

/** All of them in sight: Grafana draws no panel that is below. */
const place = (id: number) => ({ gridPos: { x: 0, y: id * 6, w: 24, h: 6 } });

/** A panel that asks Prometheus one thing. */
const panel = (id: number, type: string, expr: string, how: object) => ({
  ...{ id, type, title: type, datasource: source, options: {} },
  ...place(id),
  targets: [{ refId: 'A', datasource: source, expr, ...how }],
});

/** Each of our panels, as somebody would put them on a dashboard of their own. */
const PANELS = [
  statusPanel({ options: { statusCodes: 'always' }, ...place(1) }),
  panel(2, 'valtronics-timeline-panel', 'valtronics_device_status', { range: true }),
  panel(3, 'valtronics-alerts-panel', 'ALERTS', { instant: true, format: 'table' }),
];

async function member(request: APIRequestContext, path: string, name: string): Promise<unknown> {
  const body: unknown = await (await request.get(path)).json();
  const one: unknown = Array.isArray(body) ? body[0] : body;
  return typeof one === 'object' && one !== null ? Reflect.get(one, name) : undefined;
}

async function expectDevices(page: Page): Promise<void> {
  for (const name of ['Devices', 'Devices over time']) {
    const devices = page.getByRole('listbox', { name, exact: true }).getByRole('option');
    await expect(devices.first()).toBeAttached();
  }
}

test('a public dashboard shows everybody the devices, and leads nobody to a log-in page', async ({
  page,
  browser,
}) => {
  await withDashboard(page.request, UID, PANELS, async () => {
    const path = `/api/dashboards/uid/${UID}/public-dashboards`;
    await page.request.post(path, { data: { isEnabled: true, share: 'public' } });
    const token = await member(page.request, path, 'accessToken');
    const visitor = await browser.newContext({ storageState: { cookies: [], origins: [] } });
    const open = await visitor.newPage();
    await open.goto(`/public-dashboards/${String(token)}`);
    await expectDevices(open);
    await expect(open.getByText('A public dashboard cannot ask for these alerts')).toBeVisible();
    expect(await open.locator('a[href*="/a/valtronics-monitoring-app/"]').count()).toBe(0);
    await visitor.close();
  });
});

test('a snapshot holds the devices of its time, and says that it holds no alerts', async ({ page }) => {
  await withDashboard(page.request, UID, PANELS, async () => {
    const snapshots = `/api/dashboard/snapshots?query=${UID}`;
    const left = await member(page.request, snapshots, 'key');
    if (typeof left === 'string') await page.request.delete(`/api/snapshots/${left}`);
    await page.goto(`/d/${UID}?shareView=snapshot`);
    await page.getByRole('button', { name: 'Publish snapshot' }).click();
    await expect.poll(() => member(page.request, snapshots, 'key')).toEqual(expect.any(String));
    const key = String(await member(page.request, snapshots, 'key'));
    await page.goto(`/dashboard/snapshot/${key}`);
    await expectDevices(page);
    await expect(page.getByText('The snapshot does not hold these alerts')).toBeVisible();
    await page.request.delete(`/api/snapshots/${key}`);
  });
});

test('the page that an image is made from shows a panel alone', async ({ page }) => {
  await withDashboard(page.request, UID, PANELS, async () => {
    for (const [id, name] of [
      [1, 'Devices'],
      [2, 'Devices over time'],
    ] as const) {
      await page.goto(`/d-solo/${UID}/${UID}?panelId=${id}&render=1`);
      const devices = page.getByRole('listbox', { name, exact: true }).getByRole('option');
      await expect(devices.first()).toBeAttached();
    }
  });
});
