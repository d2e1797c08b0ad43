import { exporterRoute, ok, type Answer, type Route } from './fakeGrafana';

const iso = (at: number): string => new Date(at).toISOString();

/** An alert as the exporter's store writes it; `startsAt` in milliseconds since the epoch. */
export function storedAlert(name: string, startsAt: number, more: object = {}): object {
  return {
    fingerprint: name.toLowerCase().padEnd(16, '0').slice(0, 16),
    name,
    severity: 'warning',
    source: 'platform',
    state: 'active',
    message: `${name} says something`,
    labels: { alertname: name, severity: 'warning' },
    annotations: {},
    generatorUrl: null,
    startsAt: iso(startsAt),
    lastSeen: iso(startsAt),
    acknowledgement: null,
    resolution: null,
    maintenance: [],
    notified: [],
    ...more,
  };
}

/** What a test's store keeps. */
export interface StoreAnswers {
  readonly current?: readonly object[];
  /** By the beginning that is asked for: a page without more. */
  readonly history?: (query: URLSearchParams) => readonly object[];
  /** An alert with its life, by fingerprint. */
  readonly details?: Readonly<Record<string, object>>;
  readonly windows?: readonly object[];
  readonly rules?: readonly object[];
}

/** The exporter's alert store. */
export function storeRoute(answers: StoreAnswers): Route {
  const { current = [], history = () => [], details = {}, windows = [], rules = [] } = answers;
  return exporterRoute((path, query) => {
    const page = (items: readonly object[]): Answer => ok({ items, nextCursor: null });
    if (path === '/api/v1/alerts') return page(query.get('state') === 'active' ? current : []);
    if (path === '/api/v1/alerts/history') return page(history(query));
    if (path === '/api/v1/alerts/rules') return ok({ enabled: true, items: rules });
    if (path === '/api/v1/maintenance') return ok({ items: windows });
    if (path === '/api/v1/devices') return ok({ items: [], nextCursor: null });
    const found = details[path.replace('/api/v1/alerts/', '')];
    return found === undefined ? undefined : ok(found);
  });
}

/** Alertmanager behind Grafana's proxy: reads only. */
export function alertmanagerRoute(alerts: readonly object[], silences: readonly object[]): Route {
  const root = '/api/alertmanager/valtronics-alertmanager/api/v2';
  return ({ url, method }) => {
    if (method !== undefined && method !== 'GET') return undefined;
    if (url === `${root}/alerts`) return ok(alerts);
    return url === `${root}/silences` ? ok(silences) : undefined;
  };
}

/** A rule as Prometheus writes it. */
export function prometheusRule(name: string, query: string, more: object = {}): object {
  return {
    ...{ type: 'alerting', name, query, duration: 300, state: 'inactive', health: 'ok', alerts: [] },
    ...{ labels: { severity: 'warning' }, annotations: { summary: `${name} in short` } },
    ...{ lastEvaluation: iso(Date.now() - 5500), evaluationTime: 0.002 },
    ...more,
  };
}

/** The rules of Prometheus and of Grafana itself, each in one group. */
export function rulesRoute(prometheus: readonly object[], grafana: readonly object[] = []): Route {
  const groups = (name: string, rules: readonly object[]): Answer =>
    ok({ status: 'success', data: { groups: rules.length === 0 ? [] : [{ name, rules }] } });
  return ({ url }) => {
    if (url === '/api/prometheus/valtronics-prometheus/api/v1/rules') return groups('own', prometheus);
    return url === '/api/prometheus/grafana/api/v1/rules' ? groups('managed', grafana) : undefined;
  };
}
