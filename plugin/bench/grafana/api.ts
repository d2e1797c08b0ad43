import { dashboardOf, KINDS, SOURCE, uidOf } from './dashboards.ts';

/** Where Grafana is, and who may write there. */
export interface GrafanaAccess {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

function send(access: GrafanaAccess, method: string, path: string, body?: object): Promise<Response> {
  const login = Buffer.from(`${access.user}:${access.password}`).toString('base64');
  return fetch(new URL(path, access.url), {
    method,
    headers: { Authorization: `Basic ${login}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function refusal(method: string, path: string, answer: Response): Promise<Error> {
  return new Error(`${method} ${path}: Grafana says ${answer.status} ${await answer.text()}`);
}

async function call(access: GrafanaAccess, method: string, path: string, body?: object): Promise<void> {
  const answer = await send(access, method, path, body);
  if (!answer.ok) throw await refusal(method, path, answer);
}

/** Deletes what may not be there. */
async function takeOut(access: GrafanaAccess, path: string): Promise<void> {
  const answer = await send(access, 'DELETE', path);
  if (!answer.ok && answer.status !== 404) throw await refusal('DELETE', path, answer);
}

/** Puts a TestData source and the dashboards of the benchmark into Grafana; what is returned takes them out again. */
export async function install(access: GrafanaAccess, series: number): Promise<() => Promise<void>> {
  const remove = async (): Promise<void> => {
    for (const kind of KINDS) await takeOut(access, `/api/dashboards/uid/${uidOf(kind)}`);
    await takeOut(access, `/api/datasources/uid/${SOURCE.uid}`);
  };
  // A run that was killed leaves them behind.
  await remove();
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
