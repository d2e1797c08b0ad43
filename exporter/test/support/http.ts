import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { DeviceView, DeviceQuery } from '../../src/fleet/fleet.ts';
import { createApp } from '../../src/http/app.ts';
import type { CollectorState, HttpDependencies } from '../../src/http/dependencies.ts';
import type { Route } from '../../src/http/route.ts';
import { startHttpServer, type HttpServer } from '../../src/http/server.ts';
import { openWebConfig, type WebConfigSource } from '../../src/http/web-config/web-config-source.ts';
import { silentLogger, type Logger } from '../../src/log/logger.ts';
import { DEVICE_INFO, DEVICE_STATUSES, DEVICE_TELEMETRY } from '../../src/metrics/catalogue/devices.ts';
import type { FamilySnapshot } from '../../src/metrics/family.ts';
import { createMetrics } from '../../src/metrics/registry.ts';
import { createSeriesStore } from '../../src/metrics/series-store.ts';
import { NO_TRACER } from '../../src/trace/tracer.ts';

/** 2026-11-23 14:02:11 UTC. */
export const NOW = Date.UTC(2026, 10, 23, 14, 2, 11);

/** A collector that works, changed as wanted. */
export function collectorState(changes: Partial<CollectorState> = {}): CollectorState {
  return {
    name: 'api',
    target: 'http://127.0.0.1:8000',
    attempted: true,
    success: true,
    since: NOW - 12 * 60_000,
    lastSuccess: NOW - 8000,
    lastDurationSeconds: 0.042,
    lastError: null,
    circuit: 'closed',
    failures: 0,
    nextTry: null,
    ...changes,
  };
}

/** A device, changed as wanted. */
export function deviceView(changes: Partial<DeviceView> = {}): DeviceView {
  return {
    deviceId: 'MOCK-1000',
    name: 'Temperature Sensor 1000',
    deviceType: 'sensor',
    location: 'Lab B',
    manufacturer: 'BMeter',
    model: 'BM-P3000',
    firmwareVersion: '2.1.0',
    status: 'online',
    statusSince: '2026-11-23T13:50:00.000Z',
    reported: [{ source: 'mqtt', status: 'online', at: '2026-11-23T14:02:03.000Z' }],
    lastSeen: '2026-11-23T14:02:03.000Z',
    registered: true,
    values: [{ metric: 'temperature', unit: '°C', value: 21.5, at: '2026-11-23T14:02:03.000Z' }],
    ...changes,
  };
}

/** A small registry with one family of each kind. */
export const FAMILIES: readonly FamilySnapshot[] = [
  {
    name: 'valtronics_api_probe_duration_seconds',
    type: 'histogram',
    help: 'Probe.',
    samples: [
      { suffix: '_bucket', labels: { endpoint: '/x', le: '+Inf' }, value: 2 },
      { suffix: '_sum', labels: { endpoint: '/x' }, value: 0.5 },
      { suffix: '_count', labels: { endpoint: '/x' }, value: 2 },
    ],
  },
  {
    name: 'valtronics_devices_total',
    type: 'untyped',
    help: 'D.',
    samples: [{ labels: { status: 'online' }, value: 3 }],
  },
  {
    name: 'valtronics_mqtt_reconnects_total',
    type: 'counter',
    help: 'R.',
    samples: [{ labels: {}, value: 1 }],
  },
  { name: 'valtronics_redis_ping_seconds', type: 'gauge', help: 'P.', samples: [{ labels: {}, value: NaN }] },
];

function series() {
  const info = createSeriesStore(DEVICE_INFO);
  const telemetry = createSeriesStore(DEVICE_TELEMETRY);
  const { deviceId, name, deviceType, location, manufacturer, model, firmwareVersion } = deviceView({
    name: 'a "quoted" \\ name\nin two lines, {braces} äöü',
  });
  info.set(
    info.add({
      device_id: deviceId,
      name,
      device_type: deviceType,
      location,
      manufacturer,
      model,
      firmware_version: firmwareVersion,
    }),
    1,
  );
  telemetry.set(telemetry.add({ device_id: deviceId, metric_name: 'temperature', unit: '°C' }), 21.5);
  return [info, telemetry];
}

/** Everything that the application needs, with a fleet of the given devices; changed as wanted. */
export function httpDependencies(
  changes: Partial<HttpDependencies> = {},
  devices: readonly DeviceView[] = [deviceView()],
): HttpDependencies {
  const byStatus = { online: 0, warning: 0, error: 0, offline: 0, maintenance: 0, unknown: 0 };
  for (const status of DEVICE_STATUSES) byStatus[status] = devices.filter((d) => d.status === status).length;
  return {
    source: { collect: () => Promise.resolve() },
    collectors: () => [collectorState()],
    fleet: {
      refresh: () => undefined,
      list: (query: DeviceQuery) => ({ items: devices.slice(0, query.limit), nextCursor: null }),
      find: (id) => devices.find((device) => device.deviceId === id),
      counts: () => ({ available: true, byStatus }),
      series: series(),
    },
    unusable: () => ({ since: NOW - 3_600_000, items: [] }),
    metrics: { ...createMetrics({ defaultMetrics: false }), snapshot: () => Promise.resolve(FAMILIES) },
    isLeftOut: () => false,
    problems: () => Promise.resolve([]),
    health: () => [
      { component: 'overall', score: 87, explanation: 'weighted mean of 2 components' },
      { component: 'redis', score: null, explanation: 'not configured' },
    ],
    reload: () => Promise.resolve(),
    logLevel: { get: () => 'info', set: () => undefined },
    token: () => undefined,
    build: { version: '1.2.3', revision: 'abc1234' },
    startedAt: NOW - 3_600_000,
    now: () => NOW,
    logger: silentLogger(),
    tracer: () => NO_TRACER,
    ...changes,
  };
}

export interface TestServer extends HttpServer {
  readonly web: WebConfigSource;
}

export interface TestServerOptions {
  readonly dependencies?: HttpDependencies;
  readonly routes?: readonly Route[];
  readonly webConfigFile?: string;
  readonly listen?: string;
  readonly grace?: number;
}

/** Starts the application on a free port of 127.0.0.1. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { dependencies = httpDependencies(), routes = [], webConfigFile, grace, listen } = options;
  const { logger } = dependencies;
  const web = await openWebConfig({ path: webConfigFile, logger, interval: 3_600_000 });
  const app = createApp(dependencies, () => web.current(), routes);
  const server = await startHttpServer({
    app,
    listen: listen ?? '127.0.0.1:0',
    web,
    logger,
    ...(grace === undefined ? {} : { grace }),
  });
  return { ...server, web };
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
}

/** A request by node:http(s), which, unlike fetch, sends any header and does not unpack the body. */
export function rawRequest(
  url: string,
  options: RequestOptions & { body?: string } = {},
): Promise<RawAnswer> {
  const { body, ...rest } = options;
  const send = url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(url, { agent: false, ...rest }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const whole = Buffer.concat(chunks);
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, body: whole, text: whole.toString() });
      });
    });
    request.once('error', reject);
    request.end(body);
  });
}

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A logger that keeps its lines. */
export function recordingLogger(): Logger & { readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const write =
    (level: LogLine['level']) =>
    (fields: object, message: string): void => {
      lines.push({ level, message, fields: { ...fields } });
    };
  const logger = {
    lines,
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (): Logger => logger,
  };
  return logger;
}
