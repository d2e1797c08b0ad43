import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { valueOf } from '../../exporter/test/support/exporter.ts';
import { ALERTMANAGER } from '../../exporter/test/support/require.ts';
import { acceptsConnections, findExecutable, freePort, waitFor } from '../../exporter/test/support/server.ts';
import { ROOT } from '../start/run-folder.ts';

const MAIN = join(ROOT, 'scripts', 'start', 'main.ts');
const PORT_VARIABLES = [
  'EXPORTER_PORT',
  'PROMETHEUS_PORT',
  'NODE_EXPORTER_PORT',
  'ALERTMANAGER_PORT',
  'GRAFANA_PORT',
  'SIMULATOR_API_PORT',
  'SIMULATOR_MQTT_PORT',
  'GATEWAY_PORT',
  'GATEWAY_ADMIN_PORT',
  'JAEGER_PORT',
  'OTLP_PORT',
] as const;
type Ports = Record<(typeof PORT_VARIABLES)[number], number>;

const SEED_FAMILIES = [
  'valtronics_devices_total',
  'valtronics_telemetry_points_total',
  'valtronics_alerts_total',
  'valtronics_api_requests_total',
  'valtronics_api_request_duration_seconds',
  'valtronics_database_connections',
  'valtronics_mqtt_messages_total',
  'valtronics_system_health_score',
];

async function freePorts(): Promise<Ports> {
  const ports = new Map<string, number>();
  for (const name of PORT_VARIABLES) ports.set(name, await freePort());
  const of = (name: (typeof PORT_VARIABLES)[number]): number => ports.get(name) ?? 0;
  return {
    EXPORTER_PORT: of('EXPORTER_PORT'),
    GATEWAY_PORT: of('GATEWAY_PORT'),
    GATEWAY_ADMIN_PORT: of('GATEWAY_ADMIN_PORT'),
    PROMETHEUS_PORT: of('PROMETHEUS_PORT'),
    NODE_EXPORTER_PORT: of('NODE_EXPORTER_PORT'),
    ALERTMANAGER_PORT: of('ALERTMANAGER_PORT'),
    GRAFANA_PORT: of('GRAFANA_PORT'),
    SIMULATOR_API_PORT: of('SIMULATOR_API_PORT'),
    SIMULATOR_MQTT_PORT: of('SIMULATOR_MQTT_PORT'),
    JAEGER_PORT: of('JAEGER_PORT'),
    OTLP_PORT: of('OTLP_PORT'),
  };
}

interface Started {
  readonly process: ChildProcess;
  readonly ended: Promise<number | null>;
  output(): string;
}

function start(ports: Ports, environment: NodeJS.ProcessEnv = {}): Started {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !name.startsWith('VALTRONICS_') && name !== 'NODE_OPTIONS',
    ),
  );
  const variables = Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)]));
  const child = spawn(process.execPath, [MAIN], { env: { ...inherited, ...variables, ...environment } });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { process: child, ended, output: () => text };
}

const metricsOf = async (ports: Ports): Promise<string> =>
  (await fetch(`http://127.0.0.1:${ports.EXPORTER_PORT}/metrics`)).text();

const logPage = z.object({
  items: z.array(z.object({ service: z.string(), traceId: z.string().nullable() })),
});
const tracePage = z.object({
  items: z.array(
    z.object({
      traceId: z.string(),
      correlationId: z.string().nullable(),
      httpStatus: z.number().nullable(),
      route: z.string().nullable(),
    }),
  ),
});
type Known = readonly [z.output<typeof logPage>['items'], z.output<typeof tracePage>['items']];

/** Both log entries and the trace of a request, by its correlation id, as the pages ask for them. */
async function untilKnown(id: string, ports: Ports): Promise<Known> {
  const token = readFileSync(join(ROOT, '.run', `port-${ports.EXPORTER_PORT}`, 'token'), 'utf8');
  const ask = async (path: string): Promise<unknown> => {
    const answer = await fetch(`http://127.0.0.1:${ports.EXPORTER_PORT}/api/v1/${path}?correlation=${id}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    return answer.json();
  };
  let known: Known = [[], []];
  const isKnown = async (): Promise<boolean> => {
    known = [logPage.parse(await ask('logs/search')).items, tracePage.parse(await ask('traces')).items];
    return known[0].length === 2 && known[1].length === 1;
  };
  await waitFor('the request in logs and traces', isKnown).catch(() => undefined);
  return known;
}

describe('npm start', () => {
  let ports: Ports;
  let run: Started;

  beforeAll(async () => {
    ports = await freePorts();
    run = start(ports);
    await waitFor('the table', () => run.output().includes('Stop: Ctrl-C') || run.process.exitCode !== null);
  }, 300_000);

  afterAll(async () => {
    run.process.kill('SIGTERM');
    await run.ended;
    rmSync(join(ROOT, '.run', `port-${ports.EXPORTER_PORT}`), { recursive: true, force: true });
  });

  it('prints one table of what runs where and what is missing', () => {
    expect(run.output()).toContain(`● Exporter`);
    expect(run.output()).toContain(`http://127.0.0.1:${ports.EXPORTER_PORT}/metrics`);
    expect(run.output()).toMatch(/[●○] PostgreSQL/);
    expect(run.output()).toMatch(/[●○] Prometheus/);
  });

  it('shows all eight seed families with living values', async () => {
    let text = '';
    const missing = (): string[] =>
      SEED_FAMILIES.filter(
        (name) => !text.split('\n').some((line) => line.startsWith(name) && !line.endsWith(' 0')),
      );
    await waitFor('living values', async () => {
      text = await metricsOf(ports);
      return missing().length === 0;
    }).catch(() => undefined);
    expect(missing()).toEqual([]);
    expect(valueOf(text, 'valtronics_collector_success{collector="mqtt"}')).toBe(1);
  });

  it('has Prometheus scrape the exporter, where it is installed', async () => {
    if (findExecutable(['prometheus']) === undefined) {
      expect(run.output()).toContain('apt-get install prometheus');
      return;
    }
    const query = encodeURIComponent('sum(up{job="valtronics-api"})');
    await waitFor('the target', async () => {
      const answer = await fetch(`http://127.0.0.1:${ports.PROMETHEUS_PORT}/api/v1/query?query=${query}`);
      return (await answer.text()).includes('"1"]');
    });
  });

  it('has the exporter tell Alertmanager, where that is installed', async () => {
    if (findExecutable(ALERTMANAGER.names) === undefined) {
      expect(run.output()).toContain('apt-get install prometheus-alertmanager');
      return;
    }
    const folder = join(ROOT, '.run', `port-${ports.EXPORTER_PORT}`);
    const answer = await fetch(`http://127.0.0.1:${ports.EXPORTER_PORT}/api/v1/alerts/test`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${readFileSync(join(folder, 'token'), 'utf8')}`,
        'Content-Type': 'application/json',
      },
      body: '{}',
    });
    expect(await answer.json()).toMatchObject({ items: [{ receiver: 'alertmanager', delivered: true }] });
  });

  it('protects the API by a token of its own', async () => {
    const answer = await fetch(`http://127.0.0.1:${ports.EXPORTER_PORT}/api/v1/devices`);
    expect(answer.status).toBe(401);
  });

  it('leads the traffic through the gateway, with one id for a request in answer, logs, span and page', async () => {
    const id = `start-test-${ports.GATEWAY_PORT}`;
    const answer = await fetch(`http://127.0.0.1:${ports.GATEWAY_PORT}/api/v1/devices/stats`, {
      headers: { 'x-request-id': id },
    });
    expect([answer.status, answer.headers.get('x-request-id')]).toEqual([200, id]);
    const [entries, [trace]] = await untilKnown(id, ports);
    expect(entries.map(({ service }) => service).sort()).toEqual(['valtronics-api', 'valtronics-gateway']);
    expect(trace).toMatchObject({ correlationId: id, httpStatus: 200, route: '/api/v1/devices/stats' });
    expect(new Set(entries.map(({ traceId }) => traceId))).toEqual(new Set([trace?.traceId]));
    const admin = `http://127.0.0.1:${ports.GATEWAY_ADMIN_PORT}`;
    expect((await fetch(`${admin}/-/ready`)).status).toBe(200);
    const text = await (await fetch(`${admin}/metrics`)).text();
    // The stand-in's own traffic may be on its way.
    expect(text).toMatch(/^valtronics_gateway_in_flight \d+$/m);
    expect(text).not.toContain('valtronics_devices{');
  });

  it('refuses a taken port with one line and status 1', async () => {
    const second = start(ports);
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(
      `port ${ports.EXPORTER_PORT} for the exporter is taken: stop the program that holds it, or set EXPORTER_PORT`,
    );
  });

  it('stops everything that it started', async () => {
    run.process.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    for (const port of Object.values(ports))
      expect([port, await acceptsConnections(port)]).toEqual([port, false]);
  });
});

describe('npm start with an engine of the alerts', () => {
  it.each([
    ['nagios', '"nagios" is not allowed: prometheus or grafana'],
    ['grafana', 'VALTRONICS_ALERT_ENGINE=grafana needs Grafana, which is not installed: '],
  ])('%s that it cannot have says so and starts nothing', async (engine, words) => {
    const ports = await freePorts();
    const run = start(ports, { VALTRONICS_ALERT_ENGINE: engine, GRAFANA_BIN: '', PATH: '' });
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain(words);
    expect(await acceptsConnections(ports.EXPORTER_PORT)).toBe(false);
  });
});

describe('npm start with a source of the user’s own', () => {
  it('runs no simulator', async () => {
    const ports = await freePorts();
    const port = await freePort();
    const run = start(ports, { VALTRONICS_API_URL: `http://127.0.0.1:${port}` });
    try {
      await waitFor(
        'the table',
        () => run.output().includes('Stop: Ctrl-C') || run.process.exitCode !== null,
      );
      expect(run.output()).not.toContain('simulated');
      expect(await acceptsConnections(ports.SIMULATOR_MQTT_PORT)).toBe(false);
      const text = await metricsOf(ports);
      expect(valueOf(text, 'valtronics_collector_success{collector="api"}')).toBe(0);
    } finally {
      run.process.kill('SIGTERM');
      await run.ended;
      rmSync(join(ROOT, '.run', `port-${ports.EXPORTER_PORT}`), { recursive: true, force: true });
    }
  });
});
