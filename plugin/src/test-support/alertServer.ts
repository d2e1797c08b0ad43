import type { BackendSrvRequest } from '@grafana/runtime';
import { readSilences } from '../api/alertmanagerShapes';
import { asObject, asTexts } from '../api/json';
import { matcherTest } from '../domain/alerts/matchers';
import { fingerprintOf } from '../domain/alerts/fingerprint';
import { alertmanagerRoute, prometheusRule, rulesRoute, storedAlert, storeRoute } from './alertRoutes';
import { exporterRoute, ok, type Answer, type Route } from './fakeGrafana';

const SILENCES = '/api/alertmanager/valtronics-alertmanager/api/v2/silence';
const MINUTE = 60_000;

/** A time some minutes ago. */
export const ago = (minutes: number): number => Date.now() - minutes * MINUTE;
const iso = (at: number): string => new Date(at).toISOString();

/** An alert as the store writes it, with the fingerprint that its labels have. */
export function stored(
  name: string,
  labels: Readonly<Record<string, string>> = {},
  more: object = {},
): object {
  const all = { alertname: name, severity: 'warning', ...labels };
  return storedAlert(name, ago(12), {
    ...{ labels: all, severity: all.severity, fingerprint: fingerprintOf(all) },
    ...{ annotations: { summary: `${name} in short` } },
    ...more,
  });
}

/** An alert as Alertmanager writes it, with a label that Prometheus adds. */
export function routed(
  name: string,
  labels: Readonly<Record<string, string>> = {},
  more: object = {},
): object {
  return {
    fingerprint: `own-${name}`,
    labels: { alertname: name, severity: 'warning', ...labels, cluster: 'c1' },
    annotations: { summary: `${name} in short` },
    startsAt: iso(ago(10)),
    generatorURL: 'http://prometheus/graph',
    receivers: [{ name: 'web.hook' }],
    status: { state: 'active', silencedBy: [], inhibitedBy: [] },
    ...more,
  };
}

/** A silence as Alertmanager writes it. */
export function silence(id: string, name: string): object {
  return {
    id,
    status: { state: 'active' },
    matchers: [{ name: 'alertname', value: name, isRegex: false, isEqual: true }],
    startsAt: iso(ago(5)),
    endsAt: iso(ago(-60)),
    createdBy: 'bob',
    comment: 'known',
  };
}

/** A rule of Prometheus with one instance. */
export function pendingRule(name: string): object {
  const instance = {
    labels: { alertname: name, severity: 'info' },
    annotations: { summary: `${name} in short` },
    ...{ state: 'pending', value: '2.1e-01', activeAt: iso(ago(1)) },
  };
  return prometheusRule(name, 'x > 0.2', { state: 'pending', alerts: [instance] });
}

/** What the sources have. */
export interface World {
  stored?: readonly object[];
  routed?: readonly object[];
  silences?: readonly object[];
  rules?: readonly object[];
  /** Fingerprints whose acknowledgement or resolution the store refuses. */
  refuses?: readonly string[];
  /** The reason of it. */
  why?: string;
  /** True for an Alertmanager whose silences change nothing. */
  deaf?: boolean;
  /** What every write is answered with instead. */
  writes?: Answer;
  /** Every alert that the store ever had. */
  history?: readonly object[];
}

/** Requests that changed something: method, end of the path, body. */
export interface Written {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** A silence that a test made. */
interface Made {
  readonly id: string;
  readonly silences: (labels: Readonly<Record<string, string>>) => boolean;
}

function labelsIn(alert: object): Readonly<Record<string, string>> {
  return 'labels' in alert ? asTexts(alert.labels, 'labels') : {};
}

/** The alerts as Alertmanager shows them once the silences are there. */
function silencedAlerts(alerts: readonly object[], made: readonly Made[]): object[] {
  return alerts.map((alert) => {
    const ids = made.filter(({ silences }) => silences(labelsIn(alert))).map(({ id }) => id);
    const status = { state: 'suppressed', silencedBy: ids, inhibitedBy: [] };
    return ids.length === 0 ? alert : { ...alert, status };
  });
}

function madeOf(data: unknown, id: string): Made {
  const matchers = readSilences(
    [{ ...asObject(data, 'silence'), id, createdBy: 'ana', status: { state: 'active' } }],
    'own',
  ).flatMap((one) => one.matchers);
  return { id, silences: matcherTest(matchers) };
}

function decide(request: BackendSrvRequest, { refuses = [], why = 'it is resolved already' }: World): Answer {
  const body: unknown = request.data;
  const keys =
    typeof body === 'object' && body !== null && 'fingerprints' in body && Array.isArray(body.fingerprints)
      ? body.fingerprints.map(String)
      : [];
  const items = keys.map((fingerprint) => ({
    fingerprint,
    alert: null,
    error: refuses.includes(fingerprint) ? why : null,
  }));
  return ok({ items });
}

/** Grafana with all sources of alerts; what is written to them is written down. */
export function alertServer(world: World): {
  readonly routes: readonly Route[];
  readonly written: Written[];
} {
  const written: Written[] = [];
  const made: Made[] = [];
  const writes: Route = (request) => {
    const { url, method = 'GET' } = request;
    if (method === 'GET' || url.startsWith('/api/datasources')) return undefined;
    written.push({ method, path: url, body: request.data });
    if (world.writes !== undefined) return world.writes;
    if (url.startsWith(SILENCES) && method === 'DELETE') return ok({});
    if (url.startsWith(SILENCES)) {
      const id = `made-${made.length}`;
      if (world.deaf !== true) made.push(madeOf(request.data, id));
      return ok({ silenceID: id });
    }
    if (url.endsWith('/alerts/test'))
      return ok({
        items: [
          { receiver: 'slack', delivered: true, answer: '200 ok', durationSeconds: 0.1 },
          { receiver: 'pagerduty', delivered: false, answer: '401 bad key', durationSeconds: 0.2 },
        ],
      });
    return decide(request, world);
  };
  const acknowledged = exporterRoute((path, query) =>
    path === '/api/v1/alerts'
      ? ok({
          items: (world.stored ?? []).filter(
            (alert) => 'state' in alert && alert.state === query.get('state'),
          ),
          nextCursor: null,
        })
      : undefined,
  );
  const routes: readonly Route[] = [
    writes,
    acknowledged,
    storeRoute({ history: () => world.history ?? [] }),
    (request, form) =>
      alertmanagerRoute(silencedAlerts(world.routed ?? [], made), world.silences ?? [])(request, form),
    rulesRoute(world.rules ?? []),
  ];
  return { routes, written };
}
