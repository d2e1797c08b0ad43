import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { systemClock } from '../../src/base/clock.ts';
import { createApplication, startApplication } from '../../src/application.ts';
import { loadSettings } from '../../src/config/load.ts';
import { createLogger } from '../../src/log/logger.ts';
import { createMetrics } from '../../src/metrics/registry.ts';
import { openStateStore } from '../../src/state/file-state-store.ts';
import { createTraceMemory } from '../../src/tracing/trace-memory.ts';
import { createWatcher } from '../../src/watcher.ts';
import { cleanEnvironment, valueOf } from '../support/exporter.ts';
import { startFakeApi, type FakeApi } from '../support/fake-api.ts';
import { memoryState } from '../support/memory-state.ts';
import { freePort, temporaryFolder, waitFor } from '../support/server.ts';

const MAKE = join(import.meta.dirname, '..', 'support', 'make-application.ts');

/** Every source, receiver and file there can be; none of them exists. */
const EVERYTHING = {
  VALTRONICS_API_URL: 'https://127.0.0.1:1',
  VALTRONICS_API_CA_FILE: '/nowhere/ca.pem',
  VALTRONICS_MQTT_URL: 'mqtts://127.0.0.1:1',
  VALTRONICS_MQTT_CA_FILE: '/nowhere/ca.pem',
  VALTRONICS_MQTT_CERT_FILE: '/nowhere/cert.pem',
  VALTRONICS_MQTT_KEY_FILE: '/nowhere/key.pem',
  VALTRONICS_DATABASE_URL: 'postgresql://u@127.0.0.1:1/d?sslmode=verify-full&sslrootcert=/nowhere/ca.pem',
  VALTRONICS_REDIS_URL: 'rediss://127.0.0.1:1',
  VALTRONICS_LOG_PATHS: '/nowhere/*.log',
  VALTRONICS_TRACES_BUFFER: '10',
  VALTRONICS_GATEWAY_LISTEN: '127.0.0.1:0',
  VALTRONICS_GATEWAY_ADMIN_LISTEN: '127.0.0.1:0',
  VALTRONICS_GATEWAY_UPSTREAM: 'https://127.0.0.1:1',
  VALTRONICS_GATEWAY_UPSTREAM_CA_FILE: '/nowhere/ca.pem',
  VALTRONICS_GATEWAY_WEB_CONFIG_FILE: '/nowhere/web.yml',
  VALTRONICS_GATEWAY_ACCESS_LOG: '/nowhere/access.log',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'https://127.0.0.1:1',
  OTEL_EXPORTER_OTLP_CERTIFICATE: '/nowhere/ca.pem',
  VALTRONICS_LOG_SOURCES: 'a=/nowhere/*.log',
  VALTRONICS_ELASTICSEARCH_URL: 'https://127.0.0.1:1',
  VALTRONICS_SYSLOG_LISTEN: '127.0.0.1:0',
  VALTRONICS_ELASTICSEARCH_CA_FILE: '/nowhere/ca.pem',
  VALTRONICS_RULES_FILES: '/nowhere/*.yml',
  VALTRONICS_RULES_OWN: '[{"name":"R","expression":"up == 0"}]',
  VALTRONICS_RECEIVERS_WEBHOOK_URL: 'https://127.0.0.1:1/',
  VALTRONICS_RECEIVERS_PAGERDUTY_ROUTING_KEY: 'key',
  VALTRONICS_RECEIVERS_SLACK_URL: 'https://127.0.0.1:1/',
  VALTRONICS_RECEIVERS_EMAIL_URL: 'smtps://127.0.0.1:1',
  VALTRONICS_RECEIVERS_EMAIL_CA_FILE: '/nowhere/ca.pem',
  VALTRONICS_RECEIVERS_EMAIL_FROM: 'a@example.org',
  VALTRONICS_RECEIVERS_EMAIL_TO: 'b@example.org',
  VALTRONICS_WEB_CONFIG_FILE: '/nowhere/web.yml',
  VALTRONICS_STATE_DIR: '/nowhere/state',
};

describe('making the whole application', () => {
  it.each([
    ['every source and receiver', EVERYTHING],
    ['Alertmanager', { ...EVERYTHING, VALTRONICS_ALERTMANAGER_URL: 'https://127.0.0.1:1' }],
    ['no alerts', { ...EVERYTHING, VALTRONICS_ALERTS_ENABLED: 'false' }],
  ])('with %s touches no file, timer, socket or state, and so does ending it', (_name, settings) => {
    const { stdout, stderr } = spawnSync(process.execPath, [MAKE], {
      encoding: 'utf8',
      env: cleanEnvironment(settings),
    });
    expect(stderr.replaceAll(/^.*(?:ExperimentalWarning|--trace-warnings).*\n/gm, '')).toBe('');
    expect(JSON.parse(stdout)).toEqual({ made: [], ended: [] });
  });
});

describe('starting and stopping', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let api: FakeApi;
  let settings: Record<string, string>;
  const logger = createLogger('error', { write: () => undefined });
  const load = () => loadSettings(settings);

  beforeEach(async () => {
    folder = temporaryFolder('lifecycle');
    api = await startFakeApi();
    writeFileSync(join(folder.path, 'access.log'), '');
    const dead = `127.0.0.1:${await freePort()}`;
    settings = {
      VALTRONICS_LISTEN: '127.0.0.1:0',
      VALTRONICS_STATE_DIR: join(folder.path, 'state'),
      VALTRONICS_API_URL: api.url,
      VALTRONICS_MQTT_URL: `mqtt://${dead}`,
      VALTRONICS_DATABASE_URL: `postgresql://u@${dead}/d`,
      VALTRONICS_REDIS_URL: `redis://${dead}`,
      VALTRONICS_LOG_PATHS: join(folder.path, '*.log'),
      VALTRONICS_LOG_SOURCES: `backend=${join(folder.path, '*.log')}`,
      VALTRONICS_ELASTICSEARCH_URL: `http://${dead}`,
      VALTRONICS_SYSLOG_LISTEN: '127.0.0.1:0',
      VALTRONICS_RULES_OWN: '[{"name":"R","expression":"vector(1)"}]',
      VALTRONICS_RECEIVERS_WEBHOOK_URL: `http://${dead}/`,
    };
  });
  afterEach(async () => {
    await Promise.all([api.stop(), folder.remove()]);
  });

  it('withdraws all that it published, for good, though readers still wait', async () => {
    const metrics = createMetrics({ defaultMetrics: false });
    const stateFolder = join(folder.path, 'state');
    const state = openStateStore(stateFolder, logger);
    const watcher = createWatcher(load().settings, {
      metrics,
      logger,
      clock: systemClock,
      state,
      stateFolder,
      traceMemory: createTraceMemory({ metrics, clock: systemClock }),
    });
    const shown = async (): Promise<string[]> =>
      (await metrics.snapshot())
        .filter(({ type }) => type !== 'counter' && type !== 'histogram')
        .map(({ name }) => name);
    expect(await shown()).toEqual([]);
    watcher.start();
    await watcher.attempted();
    await watcher.rules?.evaluate();
    expect(await shown()).toEqual(
      expect.arrayContaining([
        ...[
          'valtronics_access_log_backlog_bytes',
          'valtronics_alert_store_up',
          'valtronics_api_endpoint_success',
        ],
        ...['valtronics_collector_success', 'valtronics_mqtt_connected', 'valtronics_redis_up'],
        ...['valtronics_rules_series', 'valtronics_system_health_score'],
      ]),
    );
    const waiting = watcher.collect(5000);
    await watcher.stop();
    await waiting;
    await watcher.collect(5000);
    expect(await shown()).toEqual([]);
    expect(watcher.fleet.series.flatMap((store) => [...store.chunks()])).toEqual([]);
  });

  it('collects while nobody reads, where somebody is to be told of what is found', async () => {
    settings = {
      ...settings,
      VALTRONICS_COLLECT_MIN_INTERVAL: '0s',
      VALTRONICS_COLLECT_BACKGROUND_INTERVAL: '1s',
      VALTRONICS_RULES_OWN: '',
    };
    const application = await startApplication({ load, logger });
    const pings = (): number => api.requests.filter((request) => request.endsWith('/ping')).length;
    await waitFor('a third attempt', () => pings() >= 3);
    await application.stop();
  });

  it('goes on with the old settings when the new ones cannot be started', async () => {
    const kept = memoryState();
    let broken = false;
    const read = (name: string): unknown => {
      if (!broken) return kept.read(name);
      broken = false;
      throw new Error(`${name} cannot be read`);
    };
    mkdirSync(join(folder.path, 'state'));
    const state = { ...kept, read, problem: () => undefined };
    const application = createApplication({ settings: load().settings, state, load, logger });
    const { url } = await application.start();
    const success = async (): Promise<number | undefined> =>
      valueOf(await (await fetch(`${url}/metrics`)).text(), 'valtronics_collector_success{collector="api"}');
    await waitFor('the first attempt', async () => (await success()) === 1);
    settings = { ...settings, VALTRONICS_API_URL: '' };
    broken = true;
    await expect(application.reload()).rejects.toThrow('fleet-0 cannot be read');
    expect(await success()).toBe(1);
    await application.reload();
    expect(await success()).toBeUndefined();
    await application.stop();
  });

  it('ends, whatever reloads are under way', async () => {
    const application = await startApplication({ load, logger });
    const reloads = [application.reload(), application.reload()];
    await Promise.all([application.stop(), Promise.allSettled(reloads)]);
    await application.stop();
    await expect(application.reload()).rejects.toThrow('the exporter is stopping');
  });

  it('leaves nothing behind when the start fails', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    settings = { ...settings, VALTRONICS_LISTEN: `127.0.0.1:${port}` };
    const before = process.getActiveResourcesInfo();
    await expect(startApplication({ load, logger })).rejects.toThrow('already in use');
    const isOver = (): boolean => process.getActiveResourcesInfo().length <= before.length;
    await waitFor('the end of all that was begun', isOver);
    expect(api.requests).toEqual([]);
    other.close();
    // The state folder is free again, and was not written to.
    settings = { ...settings, VALTRONICS_LISTEN: '127.0.0.1:0' };
    expect(readdirSync(join(folder.path, 'state')).filter((name) => !name.startsWith('in-use'))).toEqual([]);
    const application = await startApplication({ load, logger });
    await application.stop();
  });
});
