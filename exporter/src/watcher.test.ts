import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { memoryState } from '../test/support/memory-state.ts';
import { systemClock } from './base/clock.ts';
import { isObject } from './base/is-object.ts';
import { loadSettings } from './config/load.ts';
import { OPTIONS } from './config/options.ts';
import { silentLogger } from './log/logger.ts';
import { createMetrics } from './metrics/registry.ts';
import { createWatcher } from './watcher.ts';

const SOURCES = {
  VALTRONICS_API_URL: 'https://127.0.0.1:1',
  VALTRONICS_MQTT_URL: 'mqtts://127.0.0.1:1',
  VALTRONICS_DATABASE_URL: 'postgresql://127.0.0.1:1/d',
  VALTRONICS_REDIS_URL: 'redis://127.0.0.1:1',
  VALTRONICS_LOG_PATHS: '/nowhere/*.log',
  VALTRONICS_RULES_OWN: '[{"name":"R","expression":"up == 0"}]',
  VALTRONICS_RECEIVERS_WEBHOOK_URL: 'https://127.0.0.1:1/',
  VALTRONICS_RECEIVERS_PAGERDUTY_ROUTING_KEY: 'key',
  VALTRONICS_RECEIVERS_SLACK_URL: 'https://127.0.0.1:1/',
  VALTRONICS_RECEIVERS_EMAIL_URL: 'smtps://127.0.0.1:1',
  VALTRONICS_RECEIVERS_EMAIL_FROM: 'a@example.org',
  VALTRONICS_RECEIVERS_EMAIL_TO: 'b@example.org',
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

/** Settings that the parts of a watcher ask for, by YAML path. */
function read(environment: Record<string, string>): ReadonlySet<string> {
  const paths = new Set<string>();
  createWatcher(noting(loadSettings(environment).settings, paths), {
    metrics: createMetrics({ defaultMetrics: false }),
    state: memoryState(),
    stateFolder: join('/nowhere', 'state'),
    logger: silentLogger(),
    clock: systemClock,
  });
  return paths;
}

describe('a reload makes a watcher anew, and so', () => {
  const asked = new Set([
    ...read(SOURCES),
    ...read({ ...SOURCES, VALTRONICS_ALERTMANAGER_URL: 'https://127.0.0.1:1' }),
  ]);
  /** Asked of the watcher's settings at each use, or by the check of the settings alone. */
  const OTHERS = ['token', 'log.level', 'alert_engine'];
  const sectionOf = (path: string): string => path.split('.', 1)[0] ?? path;
  /** A section that no part asks for has no effect that a reload could change. */
  const inUse = new Set([...asked, ...OTHERS].map(sectionOf));

  it.each(
    OPTIONS.filter(({ path, needsRestart }) => needsRestart || inUse.has(sectionOf(path))).map(
      ({ path, needsRestart }) => [path, needsRestart] as const,
    ),
  )('takes %s over, or warns that it needs a restart (%s)', (path, needsRestart) => {
    expect(asked.has(path) || OTHERS.includes(path) || needsRestart).toBe(true);
  });
});
