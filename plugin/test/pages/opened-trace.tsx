import { setDataSourceSrv, type DataSourceSrv } from '@grafana/runtime';
import { forgetAlertClients } from '../../src/api/clients';
import { fakeGrafana, prometheusRoute } from '../../src/test-support/fakeGrafana';
import { logLine, logRoute } from '../../src/test-support/logAnswers';
import { jaegerSpan, jaegerTrace, traceItem, traceRoute } from '../../src/test-support/traceAnswers';
import { createAppStage } from './appStage';

/** What the page is asked to show; the test calls it from outside the browser. */
export interface ShowTrace {
  /** Below the app's root. */
  readonly path: string;
  readonly mode: 'dark' | 'light';
}

const showOnStage = createAppStage();

const without: Pick<DataSourceSrv, 'getInstanceSettings' | 'getList'> = {
  getInstanceSettings: () => undefined,
  getList: () => [],
};
const isWhole = (service: object): service is DataSourceSrv => 'getInstanceSettings' in service;
if (isWhole(without)) setDataSourceSrv(without);

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const OPERATION = 'GET /api/v1/devices/{device_id}/telemetry';
const DEVICE = 'MOCK-1011';
const REQUEST = 'f3a1c0de-17';

function trace(began: number): object {
  const child = (spanID: string) => ({ references: [{ refType: 'CHILD_OF', traceID: ID, spanID }] });
  const failed = { key: 'error', type: 'bool', value: true };
  const text = (key: string, value: string) => ({ key, type: 'string', value });
  return jaegerTrace(
    ID,
    [
      jaegerSpan('a', began, 1240, {
        operationName: OPERATION,
        tags: [
          ...[failed, { key: 'http.response.status_code', type: 'int64', value: 500 }],
          ...[text('valtronics.device.id', DEVICE), text('valtronics.correlation_id', REQUEST)],
        ],
      }),
      jaegerSpan('b', began + 4, 1232, {
        operationName: OPERATION,
        processID: 'p2',
        tags: [failed],
        ...child('a'),
      }),
      jaegerSpan('c', began + 6, 3, { operationName: 'GET device', processID: 'p2', ...child('b') }),
      jaegerSpan('d', began + 14, 1200, {
        ...{ operationName: 'SELECT telemetry_data', processID: 'p2', ...child('b') },
        tags: [failed, text('otel.status_description', 'canceling statement due to statement timeout')],
      }),
    ],
    {
      p1: { serviceName: 'valtronics-gateway', tags: [] },
      p2: { serviceName: 'valtronics-api', tags: [] },
    },
  );
}

const node = (id: string, type: string, more: object = {}) => ({
  ...{ id, title: id, type, rate: 1, errorRate: 0, p95Ms: 20, devices: null },
  ...more,
});
const edge = (client: string, server: string, rate: number | null, p95Ms: number | null, failed = 0) => ({
  ...{ client, server, rate, p95Ms, errorRate: rate === null ? null : failed / 1000 },
  ...{ requests: rate === null ? 0 : 1000, failed },
});

/** The whole platform: the gateway, the API with its stores, the exporter, and the broker with six types of devices. */
const MAP = {
  nodes: [
    ...[node('client', 'client'), node('gateway', 'gateway'), node('valtronics-exporter', 'service')],
    ...[node('valtronics-api', 'service'), node('postgres', 'database'), node('redis', 'cache')],
    node('broker', 'broker'),
    ...[
      ...(['sensor', 'gateway ', 'actuator', 'controller', 'camera', 'a type with a long name'] as const),
    ].map((type, place) => node(type, 'devices', { devices: 812 >> place })),
  ],
  edges: [
    ...[edge('client', 'gateway', 12.4, 240, 8), edge('gateway', 'valtronics-api', 12.3, 236, 8)],
    ...[edge('valtronics-exporter', 'gateway', 0.21, 31), edge('valtronics-exporter', 'postgres', 0.33, 4.2)],
    ...[edge('valtronics-exporter', 'redis', 0.06, 0.42), edge('valtronics-exporter', 'broker', 124, null)],
    ...[edge('valtronics-api', 'postgres', 31.5, 190, 60), edge('valtronics-api', 'redis', 8.2, 0.9)],
    edge('valtronics-api', 'broker', null, null),
    ...['sensor', 'gateway ', 'actuator', 'controller', 'camera', 'a type with a long name'].map(
      (type, place) => edge(type, 'broker', 120 / 4 ** place, null),
    ),
  ],
  ...{ windowSeconds: 3600, source: 'buffer' },
};

function show({ path, mode }: ShowTrace): void {
  forgetAlertClients();
  const began = Date.now() - 60_000;
  const items = Array.from({ length: 7 }, (_, place) =>
    traceItem(place === 3 ? ID : `${place}`.repeat(32), began + (3 - place) * 41_000, {
      ...{ operation: OPERATION, durationMs: place === 3 ? 1240 : 80 + 7 * place, deviceId: DEVICE },
      ...(place === 3 && { status: 'error', httpStatus: 500, error: 'statement timeout' }),
    }),
  );
  const named = { traceId: ID, correlationId: REQUEST };
  const lines = [
    logLine('l4', began + 1240, `${OPERATION} 500 1.240`, { ...named, category: 'access', level: 'ERROR' }),
    logLine('l3', began + 1215, 'canceling statement due to statement timeout', {
      ...{ service: 'postgres', level: 'ERROR', correlationId: REQUEST },
    }),
    logLine('l2', began + 9, 'cache: nothing known of MOCK-1011', {
      ...named,
      level: 'DEBUG',
      deviceId: DEVICE,
    }),
    logLine('l1', began + 5, 'asked for the telemetry of MOCK-1011', { ...named, deviceId: DEVICE }),
  ];
  fakeGrafana(
    traceRoute({ items, traces: { [ID]: trace(began) }, map: MAP }),
    logRoute({ lines }),
    prometheusRoute({ instant: () => [] }),
  );
  showOnStage({ path, mode, key: `${path} ${mode}` });
}

declare global {
  interface Window {
    showTrace: typeof show;
  }
}

window.showTrace = show;
