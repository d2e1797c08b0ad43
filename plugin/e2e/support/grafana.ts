import type { APIRequestContext } from '@playwright/test';

async function call(request: APIRequestContext, method: string, path: string, data?: object): Promise<void> {
  const answer = await request.fetch(path, { method, ...(data === undefined ? {} : { data }) });
  if (!answer.ok())
    throw new Error(`${method} ${path}: Grafana says ${answer.status()} ${await answer.text()}`);
}

/** Keeps a dashboard with the panels in Grafana while `act` runs. Needs the administrator's requests. */
export async function withDashboard(
  request: APIRequestContext,
  uid: string,
  panels: readonly object[],
  act: () => Promise<void>,
): Promise<void> {
  const dashboard = { uid, title: uid, panels, time: { from: 'now-1h', to: 'now' }, schemaVersion: 41 };
  await call(request, 'POST', '/api/dashboards/db', { dashboard, overwrite: true });
  try {
    await act();
  } finally {
    await call(request, 'DELETE', `/api/dashboards/uid/${uid}`);
  }
}

/** The status panel on the devices that Prometheus knows, a row each. */
export function statusPanel(more: object): object {
  const datasource = { type: 'prometheus', uid: 'valtronics-prometheus' };
  const expr = 'max by (device_id, device_type) (valtronics_device_status)';
  return {
    id: 1,
    type: 'valtronics-devicestatus-panel',
    title: 'Devices',
    gridPos: { x: 0, y: 0, w: 24, h: 16 },
    datasource,
    targets: [{ refId: 'A', datasource, expr, instant: true, range: false, format: 'table' }],
    ...more,
  };
}
