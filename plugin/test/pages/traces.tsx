import { forgetAlertClients } from '../../src/api/clients';
import { fakeGrafana, prometheusRoute } from '../../src/test-support/fakeGrafana';
import { requestAnswers, type TestRoute } from '../../src/test-support/requestAnswers';
import { traceItem, traceRoute, type TraceWorld } from '../../src/test-support/traceAnswers';
import { createAppStage } from './appStage';

/** What the page is asked to show; the test calls it from outside the browser. */
export interface ShowTraces {
  /** Below the app's root. */
  readonly path: string;
  readonly mode: 'dark' | 'light';
  readonly world: 'full' | 'off' | 'none' | 'jaeger down';
}

const showOnStage = createAppStage();

const ROUTES: readonly TestRoute[] = [
  ['GET', '/api/v1/devices', 4.1, 0, 0.02, 0.085],
  ['GET', '/api/v1/devices/{device_id}', 3.2, 0.4, 0.031, 1.24],
  ['GET', '/api/v1/devices/{device_id}/telemetry', 2.7, 0, 0.055, 0.21],
  ['POST', '/api/v1/telemetry', 1.6, 0.01, 0.008, 0.03],
  ['GET', '/api/v1/alerts', 0.5, 0, 0.012, 0.04],
  ['GET', '/api/v1/analytics/devices/{device_id}/aggregates/by-hour', 0.2, 0, 0.4, 2.6],
  ['GET', '/health', 0.1, 0, 0.001, 0.004],
  ['PUT', '/api/v1/alerts/{alert_id}/acknowledge', 0.02, 0, 0.02, 0.05],
  ['GET', 'other', 0.01, 0],
  ['DELETE', '/api/v1/devices/{device_id}', 0.004, 0, 0.1, 0.2],
].map(([method, endpoint, rate, failures, median, slow]) => ({
  labels: { method: String(method), endpoint: String(endpoint) },
  rate: Number(rate),
  failures: Number(failures),
  ...(median === undefined ? {} : { median: Number(median), slow: Number(slow) }),
}));

const ID = '4bf92f3577b34da6a3ce929d0e0e47';

function items() {
  const now = Date.now();
  return Array.from({ length: 30 }, (_, place) => {
    const route = ROUTES[(place * 3) % ROUTES.length];
    const { method = '', endpoint = '' } = route?.labels ?? {};
    const slow = route?.slow ?? 0.01;
    const failed = place % 5 === 1;
    return traceItem(`${ID}${(place + 16).toString(16)}`, now - place * 61_234, {
      ...{ operation: `${method} ${endpoint}`, method, route: endpoint },
      ...{ durationMs: slow * 1000 * (1 + (place % 4) / 3), spanCount: 3 + place },
      services: ['valtronics-gateway', 'valtronics-api', 'postgres'].slice(0, 1 + (place % 3)),
      ...(failed && {
        ...{ status: 'error', httpStatus: 500, errorCount: 2 },
        error: 'psycopg2.OperationalError: connection to server at "db" failed: Connection refused',
      }),
      ...(endpoint.includes('{device_id}') && { deviceId: `MOCK-${1000 + place}` }),
      correlationId: `f3a1c0de-${place}`,
    });
  });
}

const traffic = (rate: number, errorRate: number, p95Ms: number) => ({ rate, errorRate, p95Ms });
const node = (id: string, type: string, figures: object, more: object = {}) => ({
  ...{ id, title: id, type, ...figures, ...more },
});
const messages = (client: string, server: string, rate: number, failed: number | null) => ({
  ...{ client, server, kind: 'messages', unmeasured: null, requests: 3600 * rate },
  ...{ rate, errorRate: failed === null ? null : failed / (3600 * rate), p95Ms: null, failed: failed ?? 0 },
});
const edge = (client: string, server: string, figures: { readonly errorRate: number }) => ({
  ...{ client, server, requests: 1000, failed: 1000 * figures.errorRate, ...figures },
});
const MAP = {
  nodes: [
    node('client', 'client', traffic(12.4, 0.033, 240)),
    node('gateway', 'gateway', traffic(12.4, 0.033, 240)),
    node('valtronics-api', 'service', traffic(12.4, 0.033, 235)),
    node('postgres', 'database', traffic(9, 0.04, 180)),
    node('redis', 'cache', traffic(4, 0, 1.2)),
    node('broker', 'broker', { rate: null, errorRate: null, p95Ms: null }),
    node('valtronics-exporter', 'service', { rate: null, errorRate: null, p95Ms: null }),
    node('sensor', 'devices', { rate: null, errorRate: null, p95Ms: null }, { devices: 812 }),
    node('camera', 'devices', { rate: null, errorRate: null, p95Ms: null }, { devices: 40 }),
  ],
  edges: [
    edge('client', 'gateway', traffic(12.4, 0.033, 240)),
    edge('gateway', 'valtronics-api', traffic(12.4, 0.033, 235)),
    edge('valtronics-api', 'postgres', traffic(9, 0.04, 180)),
    edge('valtronics-api', 'redis', traffic(4, 0, 1.2)),
    messages('valtronics-api', 'broker', 0.3, null),
    messages('broker', 'valtronics-exporter', 82.3, null),
    messages('sensor', 'broker', 80, 0),
    messages('camera', 'broker', 2, 240),
  ],
  ...{ windowSeconds: 3600, source: 'buffer' },
};

function worldOf(name: ShowTraces['world']): TraceWorld {
  const services = {
    'valtronics-gateway': ROUTES.map(({ labels }) => `${labels.method ?? ''} ${labels.endpoint ?? ''}`),
    'valtronics-exporter': ['scrape', 'collect postgres', 'collect api'],
  };
  switch (name) {
    case 'full':
      return { items: items(), services, kept: 412, map: MAP };
    case 'off':
      return { items: [], source: 'off' };
    case 'none':
      return { items: [], services: {} };
    case 'jaeger down':
      return { items: items(), services, problem: 'connect ECONNREFUSED 127.0.0.1:16686' };
  }
}

function show({ path, mode, world }: ShowTraces): void {
  forgetAlertClients();
  fakeGrafana(traceRoute(worldOf(world)), prometheusRoute(requestAnswers(ROUTES)));
  showOnStage({ path, mode, key: `${path} ${mode} ${world}` });
}

declare global {
  interface Window {
    showTraces: typeof show;
  }
}

window.showTraces = show;
