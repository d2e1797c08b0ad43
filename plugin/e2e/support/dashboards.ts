import type { APIRequestContext } from '@playwright/test';

/** A panel of a provisioned dashboard. */
export interface DashboardPanel {
  readonly title: string;
  /** What it says when it has no data. */
  readonly noValue: string;
}

interface Json {
  readonly [name: string]: unknown;
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const child = (value: unknown, name: string): unknown => (isJson(value) ? value[name] : undefined);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function panelsOf(container: unknown): DashboardPanel[] {
  return list(child(container, 'panels')).flatMap((panel) => {
    if (child(panel, 'type') === 'row') return panelsOf(panel);
    const noValue = child(child(child(panel, 'fieldConfig'), 'defaults'), 'noValue');
    return [{ title: String(child(panel, 'title')), noValue: String(noValue) }];
  });
}

/** Panels of the dashboard in their order, those of closed rows included. */
export async function dashboardPanels(request: APIRequestContext, uid: string): Promise<DashboardPanel[]> {
  const answer = await request.get(`/api/dashboards/uid/${uid}`);
  if (!answer.ok()) throw new Error(`Dashboard ${uid}: Grafana says ${answer.status()}`);
  return panelsOf(child(await answer.json(), 'dashboard'));
}
