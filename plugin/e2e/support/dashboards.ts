import type { APIRequestContext } from '@playwright/test';
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const GENERATED = join(dirname(dirname(dirname(__dirname))), 'dashboards', 'generated');

/** A panel of a provisioned dashboard. */
export interface DashboardPanel {
  readonly title: string;
  /** How many panels before it have the same title. */
  readonly nth: number;
  /** What it says when it has no data. */
  readonly noValue: string;
}

interface Json {
  readonly [name: string]: unknown;
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const child = (value: unknown, name: string): unknown => (isJson(value) ? value[name] : undefined);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function panelsOf(container: unknown): Omit<DashboardPanel, 'nth'>[] {
  return list(child(container, 'panels')).flatMap((panel) => {
    if (child(panel, 'type') === 'row') return panelsOf(panel);
    const noValue = child(child(child(panel, 'fieldConfig'), 'defaults'), 'noValue');
    return [{ title: String(child(panel, 'title')), noValue: String(noValue) }];
  });
}

/** The uids of all dashboards that this repository brings: their files have these names. */
export function dashboardUids(): string[] {
  return readdirSync(GENERATED).map((name) => basename(name, '.json'));
}

/** Panels of the dashboard in their order, those of closed rows included; not those whose title a variable fills. */
export async function dashboardPanels(request: APIRequestContext, uid: string): Promise<DashboardPanel[]> {
  const answer = await request.get(`/api/dashboards/uid/${uid}`);
  if (!answer.ok()) throw new Error(`Dashboard ${uid}: Grafana says ${answer.status()}`);
  const panels = panelsOf(child(await answer.json(), 'dashboard')).filter(
    ({ title }) => !title.includes('$'),
  );
  return panels.map((panel, index) => ({
    ...panel,
    nth: panels.slice(0, index).filter(({ title }) => title === panel.title).length,
  }));
}
