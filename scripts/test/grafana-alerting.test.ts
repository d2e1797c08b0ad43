import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { notificationSchema } from '../../exporter/src/alerts/alertmanager/notification.ts';
import { describeWith, PROMETHEUS } from '../../exporter/test/support/require.ts';
import {
  answersOk,
  findExecutable,
  freePort,
  startServer,
  temporaryFolder,
  waitFor,
} from '../../exporter/test/support/server.ts';
import { readRules } from '../generate/prometheus-rules.ts';
import { grafanaHome, serverArguments } from '../start/grafana-home.ts';
import { assembleProvisioning } from '../start/grafana-provisioning.ts';
import { demoSettings, provisioningVariables } from '../start/grafana-settings.ts';
import { portsFrom } from '../start/ports.ts';
import { findProgram, GRAFANA } from '../start/programs.ts';
import { prometheusCommand } from '../start/prometheus.ts';
import { ROOT } from '../start/run-folder.ts';
import type { ServiceCommand } from '../start/service.ts';
import { type LoopbackHttp, startHttpReceiver } from './support/loopback-receivers.ts';

const TOKEN = 'the-token-of-the-store';
const binary = findProgram(GRAFANA, process.env);

const provisioned = z.array(
  z.object({
    uid: z.string(),
    title: z.string(),
    provenance: z.string(),
    isPaused: z.boolean(),
    annotations: z.record(z.string(), z.string()),
  }),
);
const contactPoints = z.array(z.object({ name: z.string(), type: z.string() }));
const evaluated = z.object({
  data: z.object({
    groups: z.array(
      z.object({
        rules: z.array(z.object({ name: z.string(), health: z.string(), lastError: z.string().optional() })),
      }),
    ),
  }),
});
/** The generated file has the watchdog paused, as nobody listens; here somebody does, and at once. */
function letTheWatchdogBark(rules: string): void {
  const text = readFileSync(rules, 'utf8');
  const at = text.indexOf('uid: vt-Watchdog-none');
  const settings = 'isPaused: false\n        notification_settings: { receiver: ops-team, group_wait: 1s }';
  const watchdog = text.slice(at).replace('isPaused: true', settings);
  if (at < 0 || !watchdog.includes(settings)) throw new Error('the rules have no paused watchdog');
  writeFileSync(rules, text.slice(0, at) + watchdog);
}

const suite = (body: () => void): void =>
  binary === undefined
    ? describe.skip(
        'Grafana as the engine of the alerts [skipped: Grafana is not installed; GRAFANA_BIN, GRAFANA_HOME]',
        body,
      )
    : describeWith([PROMETHEUS], 'Grafana as the engine of the alerts', body);

suite(() => {
  const undo: (() => Promise<unknown>)[] = [];
  let store: LoopbackHttp;
  let base: string;

  const get = async <T extends z.ZodType>(path: string, schema: T): Promise<z.infer<T>> => {
    const headers = { Authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` };
    const response = await fetch(`${base}${path}`, { headers });
    return schema.parse(await response.json());
  };

  async function start(
    { command, args, environment, readyUrl }: ServiceCommand,
    port: number,
  ): Promise<void> {
    const server = await startServer({
      command,
      args,
      port,
      env: environment,
      ready: () => answersOk(readyUrl),
    });
    undo.push(() => server.stop());
  }

  beforeAll(async () => {
    const folder = temporaryFolder('grafana-alerting');
    undo.push(folder.remove);
    store = await startHttpReceiver();
    undo.push(store.stop);
    const ports = portsFrom({
      EXPORTER_PORT: new URL(store.base).port,
      PROMETHEUS_PORT: String(await freePort()),
      GRAFANA_PORT: String(await freePort()),
    });
    const prometheus = findExecutable(PROMETHEUS.names) ?? '';
    const parts = { nodeExporter: false, alertmanager: false, engine: 'grafana' } as const;
    await start(prometheusCommand(prometheus, folder.path, ports, parts), ports.prometheus);

    base = `http://127.0.0.1:${ports.grafana}`;
    const own = join(folder.path, 'grafana');
    assembleProvisioning(own, { engine: 'grafana', environment: {} }, false);
    letTheWatchdogBark(join(own, 'provisioning', 'alerting', 'rules.yml'));
    mkdirSync(join(own, 'plugins'));
    const command = binary ?? '';
    const dashboards = join(ROOT, 'dashboards', 'generated');
    const service: ServiceCommand = {
      name: 'Grafana',
      command,
      args: serverArguments(command, grafanaHome(command, process.env)),
      environment: {
        ...process.env,
        ...demoSettings(own, dashboards, ports),
        ...provisioningVariables(dashboards, TOKEN, ports),
      },
      logFile: '',
      readyUrl: `${base}/api/health`,
    };
    await start(service, ports.grafana);
  }, 300_000);
  afterAll(async () => {
    for (const step of undo.toReversed()) await step();
  });

  it('has every alert of the rule files, with the words of its annotations', async () => {
    const rules = await get('/api/v1/provisioning/alert-rules', provisioned);
    const { alerts } = readRules();
    expect(rules.map(({ title }) => title).sort()).toEqual(alerts.map(({ alert }) => alert).sort());
    expect(rules.filter(({ provenance, isPaused }) => provenance !== 'file' || isPaused)).toEqual([]);
    const [offline] = rules.filter(({ title }) => title === 'DevicesOffline');
    expect(offline?.annotations['description']).toContain('{{ $values.A.Value | humanizePercentage }}');
  });

  it('has the contact points, each with the store and none with mail that nobody can send', async () => {
    const points = await get('/api/v1/provisioning/contact-points', contactPoints);
    const ours = points.filter(({ name }) => ['email', 'database-team', 'ops-team'].includes(name));
    expect(ours.map(({ name, type }) => `${name} ${type}`).sort()).toEqual([
      'database-team webhook',
      'email webhook',
      'ops-team webhook',
    ]);
  });

  it('evaluates every rule without error', async () => {
    const rules = async () =>
      (await get('/api/prometheus/grafana/api/v1/rules', evaluated)).data.groups.flatMap(
        (group) => group.rules,
      );
    await waitFor('an evaluation of each', async () => {
      const all = await rules();
      return all.length > 0 && all.every(({ health }) => health !== 'unknown');
    });
    expect((await rules()).filter(({ health }) => health !== 'ok' && health !== 'nodata')).toEqual([]);
  }, 300_000);

  it('brings what fires to the exporter’s store, with the token', async () => {
    const hooks = () => store.deliveries.filter(({ path }) => path !== '/metrics');
    const barked = () =>
      // Prometheus comes by, too, for metrics.
      hooks().find(
        ({ body }) =>
          notificationSchema.parse(JSON.parse(body)).alerts[0]?.labels['alertname'] === 'Watchdog',
      );
    await waitFor('the watchdog barked', () => barked() !== undefined, 80_000);
    expect(barked()).toMatchObject({
      path: '/api/v1/alerts/webhook',
      authorization: `Bearer ${TOKEN}`,
    });
    // What the store understands.
    const [alert] = notificationSchema.parse(JSON.parse(barked()?.body ?? '')).alerts;
    expect(alert).toMatchObject({ status: 'firing', labels: { severity: 'none', service: 'monitoring' } });
  }, 300_000);
});
