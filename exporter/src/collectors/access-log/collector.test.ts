import { getEventListeners } from 'node:events';
import { appendFileSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { attemptContext } from '../../../test/support/attempt.ts';
import { temporaryFolder } from '../../../test/support/server.ts';
import { silentLogger } from '../../log/logger.ts';
import { createMetrics } from '../../metrics/registry.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import type { Collector } from '../collector.ts';
import { type AccessLogOptions, createAccessLogCollector } from './collector.ts';
import { memoryState } from '../../../test/support/memory-state.ts';

const CAPTURES = new URL('../../../test/captures/logs/', import.meta.url).pathname;

let folder: { path: string; remove: () => Promise<void> };
let metrics: Metrics;
let collector: Collector;
let state: ReturnType<typeof memoryState>;

const log = (name = 'access.log'): string => join(folder.path, name);

function open(options: Partial<AccessLogOptions> = {}): Collector {
  metrics = createMetrics({ defaultMetrics: false });
  collector = createAccessLogCollector({
    patterns: [log()],
    metrics,
    state,
    logger: silentLogger(),
    ...options,
  });
  return collector;
}

async function collect(signal: AbortSignal = new AbortController().signal): Promise<void> {
  const commit = await collector.collect(attemptContext(10_000, signal));
  commit();
}

/** The samples of a family as `labels value`, sorted. */
async function samplesOf(name: string): Promise<string[]> {
  const family = (await metrics.snapshot()).find((candidate) => candidate.name === name);
  return (family?.samples ?? [])
    .map(({ suffix = '', labels, value }) => `${suffix}${Object.values(labels).join(' ')} ${value}`.trim())
    .sort();
}

beforeEach(() => {
  folder = temporaryFolder('access-log');
  state = memoryState();
});
afterEach(async () => {
  await collector.stop?.();
  await folder.remove();
});

describe('the access log collector', () => {
  it('counts no request that the gateway counts, but its clients and lines', async () => {
    appendFileSync(log(), 'INFO:     127.0.0.1:1 - "GET /before HTTP/1.1" 200 OK\n');
    open({ countsRequests: false });
    await collect();
    appendFileSync(log(), 'INFO:     10.0.0.1:1 - "GET /api/v1/devices/1 HTTP/1.1" 200 OK\n');
    await collect();
    expect(await samplesOf('valtronics_api_requests_total')).toEqual([]);
    expect(await samplesOf('valtronics_access_log_lines_total')).toEqual(['uvicorn 1']);
    expect(await samplesOf('valtronics_api_clients')).toEqual(['1']);
  });

  it('counts requests by method, endpoint and status, and clients', async () => {
    appendFileSync(log(), 'INFO:     127.0.0.1:1 - "GET /before HTTP/1.1" 200 OK\n');
    open();
    await collect();
    appendFileSync(
      log(),
      [
        'INFO:     10.0.0.1:1 - "GET /api/v1/devices/1 HTTP/1.1" 200 OK',
        'INFO:     10.0.0.1:2 - "GET /api/v1/devices/2?x=1 HTTP/1.1" 200 OK',
        'INFO:     10.0.0.2:1 - "GET /api/v1/devices/9 HTTP/1.1" 404 Not Found',
        'INFO:     10.0.0.3:1 - "POST /api/v1/alerts/ HTTP/1.1" 422 Unprocessable Entity',
        'INFO:     10.0.0.4:1 - "GET /wp-login.php HTTP/1.1" 404 Not Found',
        'ERROR:    Exception in ASGI application',
        'Traceback (most recent call last):',
        '',
      ].join('\n'),
    );
    await collect();
    expect(await samplesOf('valtronics_api_requests_total')).toEqual([
      'GET /api/v1/devices/{device_id} 200 2',
      'GET /api/v1/devices/{device_id} 404 1',
      'GET unmatched 404 1',
      'POST /api/v1/alerts/ 422 1',
    ]);
    expect(await samplesOf('valtronics_api_clients')).toEqual(['4']);
    expect(await samplesOf('valtronics_access_log_lines_total')).toEqual(['other 2', 'uvicorn 5']);
    expect(await samplesOf('valtronics_api_request_duration_seconds')).toEqual([]);
    expect(await samplesOf('valtronics_access_log_backlog_bytes')).toEqual(['0']);
  });

  it('observes durations where the log has them, not those of WebSockets nor nonsense', async () => {
    open();
    await collect().catch(() => undefined);
    const line = (request: string, status: number, seconds: string): string =>
      `10.0.0.1 - - [22/Nov/2026:23:30:32 +0000] "${request} HTTP/1.1" ${status} 5 "-" "-" ${seconds}\n`;
    appendFileSync(
      log(),
      line('GET /api/v1/devices/1', 200, '0.200') +
        line('GET /api/v1/devices/2', 500, '3.000') +
        line('GET /ws/1', 101, '3600.000') +
        line('GET /api/v1/devices/3', 200, '999999.000'),
    );
    await collect();
    const samples = await samplesOf('valtronics_api_request_duration_seconds');
    expect(samples).toContain('_countGET /api/v1/devices/{device_id} 2');
    expect(samples).toContain('_sumGET /api/v1/devices/{device_id} 3.2');
    expect(samples).toContain('_bucket0.25 GET /api/v1/devices/{device_id} 1');
    expect(samples.some((sample) => sample.includes('/ws'))).toBe(false);
    expect(await samplesOf('valtronics_api_requests_total')).toContain('GET /ws/{device_id} 101 1');
  });

  it('counts the whole log that the running platform wrote', async () => {
    open();
    await collect().catch(() => undefined);
    appendFileSync(log(), readFileSync(`${CAPTURES}backend-stdout.log`));
    await collect();
    const samples = await samplesOf('valtronics_api_requests_total');
    expect(samples.reduce((sum, sample) => sum + Number(sample.split(' ').at(-1)), 0)).toBe(345);
    expect(samples).toContain('POST /api/v1/devices/{device_id}/telemetry 201 60');
    expect(samples).toContain('POST /api/v1/devices/ 400 40');
    expect(samples).toContain('GET unmatched 404 1');
  });

  it('fails while a pattern leads to no file, naming it, and works once there is one', async () => {
    const missing = log('nginx/*.log');
    open({ patterns: [log(), missing] });
    appendFileSync(log(), '');
    await expect(collect()).rejects.toThrow(
      `no file matches ${missing}: the folder ${log('nginx')} does not exist`,
    );
    mkdirSync(log('nginx'));
    await expect(collect()).rejects.toThrow(`no file matches ${missing} (waiting for one)`);
    appendFileSync(log('nginx/access.log'), '');
    await collect();
  });

  it('does not fail between the two steps of a rotation', async () => {
    appendFileSync(log(), '');
    open();
    await collect();
    renameSync(log(), log('access.log.1'));
    await collect();
  });

  it('uses the routes of the OpenAPI document once it is there', async () => {
    appendFileSync(log(), '');
    open({ fetchOpenApi: () => Promise.resolve({ paths: { '/api/v1/devices/{id}': {} } }) });
    await collect();
    appendFileSync(log(), 'INFO:     10.0.0.1:1 - "GET /api/v1/devices/1 HTTP/1.1" 200 OK\n');
    await collect();
    expect(await samplesOf('valtronics_api_requests_total')).toEqual(['GET /api/v1/devices/{id} 200 1']);
  });

  it('counts what is over the cap of endpoints', async () => {
    appendFileSync(log(), '');
    open({ maxEndpoints: 1 });
    await collect();
    appendFileSync(
      log(),
      ['/docs', '/redoc', '/docs']
        .map((path) => `INFO:     10.0.0.1:1 - "GET ${path} HTTP/1.1" 200 OK\n`)
        .join(''),
    );
    await collect();
    expect(await samplesOf('valtronics_api_requests_total')).toEqual(['GET /docs 200 2', 'GET other 200 1']);
    expect(await samplesOf('valtronics_series_dropped_total')).toEqual(['endpoints 1']);
  });

  it('says how many lines it cannot read, and shows one without addresses and queries', async () => {
    appendFileSync(log(), '');
    open();
    await collect();
    const line = '[23:30:32] 10.0.0.1 asks "GET /x?token=secret" from 10.0.0.9:80 and gets 200\n';
    appendFileSync(log(), line.repeat(99));
    await collect();
    appendFileSync(log(), line.repeat(401));
    await expect(collect()).rejects.toThrow(
      `the last 500 lines of ${log()} are in no known format, one of them: ` +
        '[23:30:32] <address> asks "GET /x?…" from <address> and gets 200 (see docs/access-logs.md)',
    );
    appendFileSync(log(), 'INFO:     10.0.0.1:1 - "GET / HTTP/1.1" 200 OK\n' + line.repeat(999));
    await collect();
    appendFileSync(log(), line);
    await expect(collect()).rejects.toThrow('the last 1000 lines');
  });

  it('speaks no more of a file that has been quiet for an hour', async () => {
    let now = 0;
    appendFileSync(log(), '');
    open({ clock: { wall: Date.now, monotonic: () => now } });
    await collect();
    appendFileSync(log(), 'nonsense\n'.repeat(100));
    await expect(collect()).rejects.toThrow('no known format');
    now += 61 * 60_000;
    await collect();
  });

  it('leaves nothing behind at the signals of its attempts', async () => {
    appendFileSync(log(), '');
    open({ fetchOpenApi: () => Promise.resolve({ paths: {} }) });
    const { signal } = new AbortController();
    for (let attempts = 0; attempts < 100; attempts++) await collect(signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('counts clients for five minutes though the clock steps back an hour', async () => {
    let [wall, monotonic] = [Date.now(), 0];
    appendFileSync(log(), '');
    open({ clock: { wall: () => wall, monotonic: () => monotonic } });
    await collect();
    appendFileSync(log(), 'INFO:     10.0.0.1:1 - "GET / HTTP/1.1" 200 OK\n');
    await collect();
    expect(await samplesOf('valtronics_api_clients')).toEqual(['1']);
    wall -= 3_600_000;
    monotonic += 6 * 60_000;
    await collect();
    expect(await samplesOf('valtronics_api_clients')).toEqual(['0']);
  });

  it('gives up when its time is over', async () => {
    open();
    await expect(collect(AbortSignal.abort())).rejects.toThrow(`${log()} could not be read in time`);
  });

  it('takes its gauges away and keeps its counters', async () => {
    appendFileSync(log(), '');
    open();
    await collect();
    appendFileSync(log(), 'INFO:     10.0.0.1:1 - "GET / HTTP/1.1" 200 OK\n');
    await collect();
    collector.withdraw();
    expect(await samplesOf('valtronics_api_clients')).toEqual([]);
    expect(await samplesOf('valtronics_access_log_backlog_bytes')).toEqual([]);
    expect(await samplesOf('valtronics_api_requests_total')).toEqual(['GET / 200 1']);
  });

  it('follows from its start on, between attempts, and goes on after a restart', async () => {
    appendFileSync(log(), '');
    open({ pollInterval: 5 });
    await collector.start?.();
    await collect();
    appendFileSync(log(), 'INFO:     10.0.0.1:1 - "GET / HTTP/1.1" 200 OK\n');
    await collect();
    await collector.stop?.();
    appendFileSync(log(), 'INFO:     10.0.0.1:1 - "GET /docs HTTP/1.1" 200 OK\n');
    open();
    await collect();
    expect(await samplesOf('valtronics_api_requests_total')).toEqual(['GET /docs 200 1']);
  });

  it('writes no address and no path of a request into its state', async () => {
    appendFileSync(log(), '');
    open();
    await collect();
    appendFileSync(log(), 'INFO:     10.9.8.7:1 - "GET /secret HTTP/1.1" 200 OK\n');
    await collect();
    await collector.stop?.();
    const text = [...state.documents.values()].join();
    expect(text).toContain('"offset":');
    expect(text).not.toMatch(/10\.9\.8\.7|secret/);
  });
});
