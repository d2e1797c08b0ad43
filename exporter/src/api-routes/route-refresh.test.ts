import { describe, expect, it } from '@jest/globals';
import { type Logger, silentLogger } from '../log/logger.ts';
import { createRouteRefresh, type RouteRefresh, templatesOf } from './route-refresh.ts';
import type { RouteTable } from './routes.ts';

const MINUTE = 60_000;

interface Fixture {
  readonly refresh: RouteRefresh;
  readonly used: RouteTable[];
  readonly warnings: object[];
  fetches: number;
  answer: () => Promise<unknown>;
  now: number;
  /** Lets a fetch that needs no I/O end. */
  settle(): Promise<void>;
}

function fixture(): Fixture {
  const warnings: object[] = [];
  const logger: Logger = {
    ...silentLogger(),
    warn: (fields) => {
      warnings.push(fields);
    },
  };
  const used: RouteTable[] = [];
  const state: Fixture = {
    used,
    warnings,
    fetches: 0,
    now: 0,
    answer: () => Promise.resolve({ paths: { '/api/v9/things/{thing}': {} } }),
    settle: () => new Promise((resolve) => setImmediate(resolve)),
    refresh: createRouteRefresh({
      fetchDocument: () => {
        state.fetches++;
        return state.answer();
      },
      use: (routes) => used.push(routes),
      logger,
      now: () => state.now,
    }),
  };
  return state;
}

describe('templatesOf', () => {
  it('gives the paths of a document', () => {
    expect(
      templatesOf({
        openapi: '3.1.0',
        paths: { '/a/{id}': { get: {} }, 'x-note': 1, [`/${'a'.repeat(300)}`]: {} },
      }),
    ).toEqual(['/a/{id}']);
  });

  it.each([undefined, null, 'Internal Server Error', [], {}, { paths: [] }, { detail: 'Not Found' }])(
    'refuses %j',
    (document) => {
      expect(() => templatesOf(document)).toThrow('no object "paths"');
    },
  );
});

describe('the refresh of the routes', () => {
  it('brings the documented routes and those that no document has', async () => {
    const test = fixture();
    test.refresh.refreshIfOld();
    await test.settle();
    expect(test.used.at(-1)?.match('/api/v9/things/7')).toBe('/api/v9/things/{thing}');
    expect(test.used.at(-1)?.match('/ws/7')).toBe('/ws/{device_id}');
  });

  it('fetches once at a time and at most hourly', async () => {
    const test = fixture();
    test.refresh.refreshIfOld();
    test.refresh.refreshIfOld();
    await test.settle();
    test.now = 59 * MINUTE;
    test.refresh.refreshIfOld();
    expect(test.fetches).toBe(1);
    test.now = 60 * MINUTE;
    test.refresh.refreshIfOld();
    expect(test.fetches).toBe(2);
  });

  it('keeps what it has after a failure, says so once, and tries again after five minutes', async () => {
    const test = fixture();
    test.answer = () => Promise.reject(new Error('connection refused'));
    for (const minute of [0, 4, 5, 10]) {
      test.now = minute * MINUTE;
      test.refresh.refreshIfOld();
      await test.settle();
    }
    expect(test.fetches).toBe(3);
    expect(test.used).toEqual([]);
    expect(test.warnings).toEqual([{ error: 'connection refused' }]);
  });

  it('gives a fetch up when it is stopped', async () => {
    let aborted = false;
    const refresh = createRouteRefresh({
      fetchDocument: (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            aborted = true;
            reject(new Error('aborted'));
          });
        }),
      use: () => undefined,
      logger: silentLogger(),
      now: () => 0,
    });
    refresh.refreshIfOld();
    await refresh.stop();
    expect(aborted).toBe(true);
  });
});
