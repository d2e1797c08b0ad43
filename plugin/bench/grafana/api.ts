import { dashboardOf, KINDS, SOURCE, uidOf } from './dashboards.ts';

/** Where Grafana is, and who may write there. */
export interface GrafanaAccess {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

async function call(access: GrafanaAccess, method: string, path: string, body?: object): Promise<void> {
  const login = Buffer.from(`${access.user}:${access.password}`).toString('base64');
  const answer = await fetch(new URL(path, access.url), {
    method,
    headers: { Authorization: `Basic ${login}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: Grafana says ${answer.status} ${await answer.text()}`);
}

/** Puts a TestData source and the dashboards of the benchmark into Grafana; what is returned takes them out again. */
export async function install(access: GrafanaAccess, series: number): Promise<() => Promise<void>> {
  const remove = async (): Promise<void> => {
    for (const kind of KINDS) await call(access, 'DELETE', `/api/dashboards/uid/${uidOf(kind)}`);
    await call(access, 'DELETE', `/api/datasources/uid/${SOURCE.uid}`);
  };
  await call(access, 'POST', '/api/datasources', {
    ...SOURCE,
    name: 'Valtronics benchmark',
    access: 'proxy',
    url: '',
  });
  for (const kind of KINDS) {
    await call(access, 'POST', '/api/dashboards/db', {
      dashboard: dashboardOf(kind, series),
      overwrite: true,
    });
  }
  return remove;
}
