import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { freePort, waitFor } from '../../exporter/test/support/server.ts';
import { ROOT } from '../root.ts';
import { PINNED } from '../versions.ts';
import { COMPOSE } from './support/compose.ts';
import { describeWithEngine } from './support/containers/describe.ts';
import { createEngine, type Engine } from './support/containers/engine.ts';
import { CERTIFICATES, importNodeImage, NPM_CACHE } from './support/containers/rootfs.ts';
import { createStack, type Stack } from './support/containers/stack.ts';
import { importStandIn, isStandIn } from './support/containers/stand-ins.ts';

const SEED_FAMILIES = [
  'valtronics_devices_total',
  'valtronics_telemetry_points_total',
  'valtronics_alerts_total',
  'valtronics_api_requests_total',
  'valtronics_api_request_duration_seconds_count',
  'valtronics_database_connections',
  'valtronics_mqtt_messages_total',
  'valtronics_system_health_score',
];
/** Services whose images are built here, and that keep running. */
const OURS = ['exporter', 'gateway', 'simulator'];
const PORTS = [
  ...['EXPORTER_PORT', 'GATEWAY_PORT', 'GATEWAY_ADMIN_PORT', 'PROMETHEUS_PORT', 'ALERTMANAGER_PORT'],
  ...['NODE_EXPORTER_PORT', 'GRAFANA_PORT', 'SIMULATOR_API_PORT', 'SIMULATOR_MQTT_PORT'],
] as const;

/** The scrape pools of the core stack. */
const TARGETS = [
  ...['alertmanager', 'node-exporter', 'postgres-exporter', 'prometheus', 'redis-exporter'],
  'valtronics-api',
];

const samples = z.object({
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
});
const targets = z.object({
  data: z.object({
    activeTargets: z.array(z.object({ scrapePool: z.string(), health: z.string(), lastError: z.string() })),
  }),
});

describeWithEngine('docker-compose.yml in a container engine', () => {
  let engine: Engine;
  let stack: Stack;
  const environment: Record<string, string> = {};
  const url = (port: (typeof PORTS)[number], path: string): string =>
    `http://127.0.0.1:${environment[port]}${path}`;
  const text = async (address: string, headers = {}): Promise<string> =>
    (await fetch(address, { headers })).text();
  const token = (): Promise<string> => text(url('GRAFANA_PORT', '/token'));

  const build = (service: string): Promise<string> => {
    const { image = '', build: source } = COMPOSE.services[service] ?? {};
    return engine.podman(
      // Nothing of a build is used again: what is between its steps need not be stored.
      ...['build', '--pull=never', '--format=docker', '--network=host', '--layers=false'],
      ...['--volume', `${process.env['npm_config_cache'] ?? join(homedir(), '.npm')}:${NPM_CACHE}`],
      ...['--volume', `${CERTIFICATES}:${CERTIFICATES}:ro`],
      ...['--file', join(ROOT, source?.dockerfile ?? ''), '--tag', `localhost/${image}`, ROOT],
    );
  };

  /** Another image under the same name, as a later version would be. */
  const upgradeExporter = async (): Promise<void> => {
    const image = `localhost/${COMPOSE.services['exporter']?.image ?? ''}`;
    const folder = join(engine.folder, 'upgrade');
    mkdirSync(folder);
    writeFileSync(join(folder, 'Dockerfile'), `FROM ${image}\nENV SOURCE_REVISION=upgraded\n`);
    await engine.podman('build', '--pull=never', '--format=docker', '--tag', image, folder);
  };

  beforeAll(async () => {
    engine = createEngine();
    for (const name of PORTS) environment[name] = String(await freePort());
    stack = createStack(engine, ['simulator'], environment);
    await importNodeImage(engine);
    const grafana = PINNED.find(({ image }) => image === 'grafana/grafana');
    const images = new Set(stack.services.map((name) => COMPOSE.services[name]?.image ?? ''));
    for (const name of [`grafana/grafana:${grafana?.version ?? ''}`, ...images])
      if (isStandIn(name)) await importStandIn(engine, name);
    const exporter = build('exporter');
    // Two at a time, and first what most services wait for.
    const built = { exporter, simulator: exporter.then(() => build('simulator')), grafana: build('grafana') };
    const builds = new Map(
      Object.entries(built).map(([name, work]) => [COMPOSE.services[name]?.image ?? '', work]),
    );
    await Promise.all([stack.up(stack.services, (image) => builds.get(image)), ...builds.values()]);
  }, 1_800_000);
  afterAll(() => engine.remove(), 300_000);

  it('has every service up and healthy', async () => {
    for (const name of stack.services) {
      const once = COMPOSE.services[name]?.healthcheck?.disable === true;
      expect([name, await stack.inspect(name, '{{.State.Status}} {{.State.ExitCode}}')]).toEqual([
        name,
        once ? 'exited 0' : 'running 0',
      ]);
    }
  });

  it('gives no process of ours a right that it does not need', async () => {
    for (const name of OURS) {
      const pid = await stack.inspect(name, '{{.State.Pid}}');
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      expect(status).toMatch(/^Uid:\t1000\t/m);
      expect(status).toMatch(/^CapEff:\t0+$/m);
      expect(status).toMatch(/^CapBnd:\t0+$/m);
      expect(status).toMatch(/^NoNewPrivs:\t1$/m);
      expect(readFileSync(`/proc/${pid}/mountinfo`, 'utf8')).toMatch(/ \/ \/ ro,/);
    }
  });

  it('limits the memory of every service', async () => {
    for (const name of stack.services) {
      expect(Number(await stack.inspect(name, '{{.HostConfig.Memory}}'))).toBeGreaterThan(0);
    }
  });

  it('shows the eight families on /metrics', async () => {
    let metrics = '';
    const missing = (): string[] =>
      SEED_FAMILIES.filter((name) => !new RegExp(`^${name}\\{`, 'm').test(metrics));
    await waitFor('the families of all sources', async () => {
      metrics = await text(url('EXPORTER_PORT', '/metrics'));
      return missing().length === 0;
    }).catch(() => undefined);
    expect(missing()).toEqual([]);
    expect(metrics).toMatch(/^valtronics_mqtt_connected 1$/m);
  });

  it('has Prometheus reach every target of the stack', async () => {
    const read = async (): Promise<z.infer<typeof targets>['data']['activeTargets']> =>
      targets.parse(JSON.parse(await text(url('PROMETHEUS_PORT', '/api/v1/targets')))).data.activeTargets;
    let known = await read();
    // A Prometheus that has just started lists no target at all for some seconds.
    await waitFor('all targets were scraped', async () => {
      known = await read();
      return known.length >= TARGETS.length && known.every(({ health }) => health === 'up');
    }).catch(() => undefined);
    expect(known.filter(({ health }) => health !== 'up')).toEqual([]);
    expect(known.map(({ scrapePool }) => scrapePool).sort()).toEqual(TARGETS);
  });

  it('gives exporter and Grafana one token, which the exporter asks for', async () => {
    const secret = await token();
    expect(secret).toMatch(/^[\w-]{32}$/);
    const devices = url('EXPORTER_PORT', '/api/v1/devices');
    expect((await fetch(devices)).status).toBe(401);
    expect((await fetch(devices, { headers: { Authorization: `Bearer ${secret}` } })).status).toBe(200);
  });

  it('starts Grafana on its provisioning, copied from where it is read-only', async () => {
    const files = await text(url('GRAFANA_PORT', '/provisioning'));
    for (const name of ['datasources', 'dashboards', 'plugins'])
      expect(files).toContain(`${name}:\nvaltronics.yml`);
  });

  it('stops each service of ours cleanly, and has it healthy again after a start', async () => {
    const restart = async (name: string): Promise<void> => {
      expect([name, await stack.stop(name)]).toEqual([name, 0]);
      await stack.start(name);
    };
    await Promise.all(OURS.map(restart));
  }, 600_000);

  it('comes back after every other service was stopped and started', async () => {
    const others = stack.services.filter(
      (name) => !OURS.includes(name) && COMPOSE.services[name]?.healthcheck?.disable !== true,
    );
    expect(others.length).toBeGreaterThan(7);
    await Promise.all(others.map((name) => stack.stop(name)));
    await Promise.all(others.map((name) => stack.start(name)));
    await waitFor('all collectors work again', async () => {
      const metrics = await text(url('EXPORTER_PORT', '/metrics'));
      const states = [...metrics.matchAll(/^valtronics_collector_success\{.*\} (\d)$/gm)].map(
        ([, value]) => value,
      );
      return states.length >= 5 && states.every((value) => value === '1');
    });
  }, 600_000);

  it('keeps token, alerts and history over an upgrade of the images', async () => {
    const secret = await token();
    const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' };
    const alerts = url('EXPORTER_PORT', '/api/v1/alerts');
    const body = JSON.stringify({ name: 'BeforeUpgrade', severity: 'warning', message: 'kept' });
    expect((await fetch(alerts, { method: 'POST', headers, body })).ok).toBe(true);
    const before = await text(url('EXPORTER_PORT', '/metrics'));
    const stopped = Date.now() / 1000;

    await stack.down();
    const volumes = (await engine.podman('volume', 'ls', '--quiet')).split('\n');
    expect(volumes.filter((name) => !name.startsWith('valtronics_'))).toEqual([]);
    await upgradeExporter();
    await stack.up();
    expect(await token()).toBe(secret);
    expect(await text(`${alerts}?limit=1000`, headers)).toContain('BeforeUpgrade');
    const after = await text(url('EXPORTER_PORT', '/metrics'));
    expect(before).not.toContain('upgraded');
    expect(after).toMatch(/valtronics_exporter_build_info\{.*revision="upgraded"/);
    const oldest = encodeURIComponent('min(min_over_time(timestamp(up)[1h:5s]))');
    const answer = samples.parse(
      JSON.parse(await text(url('PROMETHEUS_PORT', `/api/v1/query?query=${oldest}`))),
    );
    expect(Number(answer.data.result[0]?.value[1])).toBeLessThan(stopped);
  }, 600_000);

  it('lets Grafana evaluate the alerts with profile grafana-alerting, and Prometheus again without it', async () => {
    const changed = createStack(engine, ['simulator', 'grafana-alerting'], environment);
    const names = ['token', 'grafana-alerting', 'prometheus', 'grafana'];
    const alerts = (): Promise<string> => text(url('PROMETHEUS_PORT', '/api/v1/rules?type=alert'));
    const files = (): Promise<string> => text(url('GRAFANA_PORT', '/provisioning'));
    expect(await alerts()).toContain('DevicesOffline');
    await changed.down(names);
    await changed.up(names);
    expect(await alerts()).not.toContain('DevicesOffline');
    expect(await files()).toContain('alerting:\ncontact-points.yml\nrules.yml');
    await changed.down(names);
    await stack.up(names.filter((name) => name !== 'grafana-alerting'));
    expect(await alerts()).toContain('DevicesOffline');
    expect(await files()).not.toContain('contact-points');
  }, 300_000);
});
