import { beforeAll, describe, expect, it } from '@jest/globals';
import { memoryState } from '../test/support/memory-state.ts';
import { temporaryFolder } from '../test/support/server.ts';
import { systemClock } from './base/clock.ts';
import { isObject } from './base/is-object.ts';
import { loadSettings } from './config/load.ts';
import { OPTIONS } from './config/options.ts';
import { gatewayPlan } from './gateway/service/plan.ts';
import { silentLogger } from './log/logger.ts';
import { HEALTH_SCORE, MQTT_CONNECTED } from './metrics/catalogue/platform.ts';
import { createMetrics } from './metrics/registry.ts';
import { createTraceMemory } from './tracing/trace-memory.ts';
import { createWatcher } from './watcher.ts';

const SOURCES = {
  VALTRONICS_API_URL: 'https://127.0.0.1:1',
  VALTRONICS_MQTT_URL: 'mqtts://127.0.0.1:1',
  VALTRONICS_DATABASE_URL: 'postgresql://127.0.0.1:1/d',
  VALTRONICS_REDIS_URL: 'redis://127.0.0.1:1',
  VALTRONICS_LOG_PATHS: '/nowhere/*.log',
  VALTRONICS_ELASTICSEARCH_URL: 'https://127.0.0.1:1',
  VALTRONICS_RULES_OWN: '[{"name":"R","expression":"up == 0"}]',
  VALTRONICS_RECEIVERS_WEBHOOK_URL: 'https://127.0.0.1:1/',
  VALTRONICS_RECEIVERS_PAGERDUTY_ROUTING_KEY: 'key',
  VALTRONICS_RECEIVERS_SLACK_URL: 'https://127.0.0.1:1/',
  VALTRONICS_RECEIVERS_EMAIL_URL: 'smtps://127.0.0.1:1',
  VALTRONICS_RECEIVERS_EMAIL_FROM: 'a@example.org',
  VALTRONICS_RECEIVERS_EMAIL_TO: 'b@example.org',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'https://127.0.0.1:1',
  VALTRONICS_GATEWAY_LISTEN: '127.0.0.1:1',
};

/** The value, which notes the path of all that is read from it. */
function noting<T>(value: T, paths: Set<string>, path: string[] = []): T {
  if (!isObject(value) || Array.isArray(value)) return value;
  return new Proxy(value, {
    get: (target, key) => {
      const inner: unknown = Reflect.get(target, key);
      if (typeof key === 'symbol') return inner;
      paths.add([...path, key].join('.'));
      return noting(inner, paths, [...path, key]);
    },
  });
}

/** Settings that the gateway and the parts of a watcher ask for when they are made and started, by YAML path. */
async function asked(environment: Record<string, string>): Promise<ReadonlySet<string>> {
  const folder = temporaryFolder('watcher');
  const paths = new Set<string>();
  const settings = noting(loadSettings(environment).settings, paths);
  const metrics = createMetrics({ defaultMetrics: false });
  gatewayPlan(settings);
  const watcher = createWatcher(settings, {
    metrics,
    state: memoryState(),
    stateFolder: folder.path,
    logger: silentLogger(),
    clock: systemClock,
    traceMemory: createTraceMemory({ metrics, clock: systemClock }),
  });
  watcher.start();
  await watcher.stop();
  await folder.remove();
  return paths;
}

/** Asked of the watcher's settings at each use, or by the check of the settings alone. */
const ASKED_ELSEWHERE = ['token', 'log.level', 'logs.raw_lines', 'alert_engine'];
describe('a reload makes a watcher anew, and so', () => {
  const paths = new Set(ASKED_ELSEWHERE);

  beforeAll(async () => {
    const alertmanager = { VALTRONICS_ALERTMANAGER_URL: 'https://127.0.0.1:1' };
    for (const environment of [SOURCES, { ...SOURCES, ...alertmanager }])
      for (const path of await asked(environment)) paths.add(path);
  });

  it.each(OPTIONS.map(({ path, needsRestart }) => [path, needsRestart] as const))(
    'takes %s over, or warns that it needs a restart (%s)',
    (path, needsRestart) => expect(needsRestart || paths.has(path)).toBe(true),
  );
});

it('ends every part though one of them fails to', async () => {
  const folder = temporaryFolder('watcher');
  const metrics = createMetrics({ defaultMetrics: false });
  const errors: string[] = [];
  const watcher = createWatcher(loadSettings({ VALTRONICS_MQTT_URL: SOURCES.VALTRONICS_MQTT_URL }).settings, {
    metrics: {
      ...metrics,
      withdraw: (family) => {
        if (family === HEALTH_SCORE) throw new Error('no');
        metrics.withdraw(family);
      },
    },
    state: memoryState(),
    stateFolder: folder.path,
    logger: { ...silentLogger(), error: ({ error }: { error?: unknown }) => void errors.push(String(error)) },
    clock: systemClock,
    traceMemory: createTraceMemory({ metrics, clock: systemClock }),
  });
  watcher.start();
  await watcher.stop();
  expect(errors).toEqual(['no']);
  expect(metrics.samples(MQTT_CONNECTED)).toEqual([]);
  await expect(watcher.alerting.store?.counts()).rejects.toThrow('is closed');
  await folder.remove();
});
