import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { LOGGED_AT, logEntry } from '../../../test/support/log-entry.ts';
import type { LogEntry } from '../entry.ts';
import { fromEcs, indexOf, toEcs } from './ecs.ts';

/** A document as the store gives it back. */
const stored = (entry: LogEntry): Record<string, unknown> =>
  z.record(z.string(), z.unknown()).parse(JSON.parse(JSON.stringify(toEcs(entry))));

const FULL = logEntry({
  ...{ id: 'x-1', timestamp: LOGGED_AT + 0.25, level: 'ERROR', levelText: 'fatal', timeSource: 'zoneless' },
  ...{ dataset: 'valtronics.access', category: 'access', message: 'GET failed', logger: 'app.main' },
  ...{ deviceId: 'PUMP-1', traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), correlationId: 'req-1' },
  error: { type: 'ValueError', message: 'no', stack: 'Traceback\n  x' },
  ...{
    file: '/var/log/a.log',
    offset: 120,
    raw: 'GET failed\n',
    truncated: true,
    format: 'nginx',
    pattern: 'p1',
  },
});

describe('toEcs', () => {
  it('uses the names of the schema', () => {
    expect(stored({ ...FULL, request: { method: 'GET', url: '/a?b=1', status: 500, bytes: 7 } })).toEqual({
      '@timestamp': '2026-11-29T12:00:00.000250Z',
      message: 'GET failed',
      ecs: { version: '9.0.0' },
      log: { level: 'fatal', logger: 'app.main', file: { path: '/var/log/a.log' }, offset: 120 },
      service: { name: 'valtronics-api' },
      event: {
        ...{ id: 'x-1', kind: 'event', dataset: 'valtronics.access', outcome: 'failure' },
        ...{ created: '2026-11-29T12:00:00.250Z', original: 'GET failed\n' },
      },
      labels: {
        ...{ level: 'ERROR', category: 'access', device_id: 'PUMP-1', pattern: 'p1', format: 'nginx' },
        ...{ time_source: 'zoneless', truncated: 'true' },
      },
      trace: { id: 'a'.repeat(32) },
      span: { id: 'b'.repeat(16) },
      error: { type: 'ValueError', message: 'no', stack_trace: 'Traceback\n  x' },
      http: { request: { method: 'GET', id: 'req-1' }, response: { status_code: 500, body: { bytes: 7 } } },
      url: { original: '/a?b=1', path: '/a' },
    });
  });

  it('has a duration in nanoseconds, and an address of a client only where it is one', () => {
    const of = (clientIp: string) => stored(logEntry({ request: { clientIp, durationSeconds: 0.0125 } }));
    expect(of('10.0.0.1')).toMatchObject({
      event: { duration: 12_500_000 },
      client: { address: '10.0.0.1', ip: '10.0.0.1' },
    });
    expect(of('localhost')['client']).toEqual({ address: 'localhost' });
  });

  it('takes the time of reading where no calendar has that of the line', () => {
    expect(stored(logEntry({ timestamp: 1e300 }))['@timestamp']).toBe('2026-11-29T12:00:00.250Z');
  });
});

describe('fromEcs', () => {
  it.each([
    ['all fields', FULL],
    ['few fields', logEntry({})],
    ['a line without a level', logEntry({ level: 'UNKNOWN' })],
    ['a line whose level is a word', logEntry({ level: 'WARNING', levelText: 'warn' })],
    ['labels of ours alone', logEntry({ category: 'audit', pattern: 'p' })],
    [
      'a client that is no address',
      logEntry({ request: { method: 'GET', url: '/', status: 200, clientIp: 'me' } }),
    ],
    ['a time before 1970', logEntry({ timestamp: -1.5, created: LOGGED_AT })],
  ])('gives back what was shipped: %s', (_, entry) => {
    const levelText = entry.levelText ?? (entry.level === 'UNKNOWN' ? undefined : entry.level);
    expect(fromEcs(entry.id, stored(entry))).toEqual({ ...entry, levelText });
  });

  it('gives back a request', () => {
    const request = {
      ...{
        method: 'POST',
        url: '/api/v1/devices/?x=1',
        status: 201,
        durationSeconds: 0.25,
        upstreamSeconds: 0.2,
        overheadSeconds: 0.0005,
        bytes: 12,
      },
      ...{ clientIp: '10.0.0.1', userAgent: 'curl/8' },
    };
    expect(fromEcs('x', stored(logEntry({ request }))).request).toEqual(request);
  });

  it('reads documents of others as far as it knows their names', () => {
    const document = {
      '@timestamp': '2026-11-29T12:00:00Z',
      'log.level': 'warn',
      service: { name: 'redis' },
      message: 'low memory',
      labels: 'none',
      event: { original: 7 },
    };
    expect(fromEcs('f', document)).toMatchObject({
      ...{ id: 'f', timestamp: LOGGED_AT, level: 'WARNING', service: 'redis', message: 'low memory' },
      ...{ category: 'application', raw: 'low memory', truncated: false },
    });
    expect(fromEcs('g', {})).toMatchObject({ id: 'g', timestamp: 0, level: 'UNKNOWN', service: 'unknown' });
  });
});

describe('indexOf', () => {
  const at = (text: string) => indexOf(logEntry({ timestamp: Date.parse(text) }));

  it('is one a day of the event, in UTC', () => {
    expect(at('2026-11-28T23:59:59.999Z')).toBe('valtronics-logs-2026.11.28');
    expect(at('2026-11-29T00:30:00+01:00')).toBe('valtronics-logs-2026.11.28');
  });

  it('is that of reading for a clock that is years off', () => {
    expect(at('1970-01-01T00:00:00Z')).toBe('valtronics-logs-2026.11.29');
    expect(at('2031-01-01T00:00:00Z')).toBe('valtronics-logs-2026.11.29');
    expect(indexOf(logEntry({ timestamp: NaN }))).toBe('valtronics-logs-2026.11.29');
  });
});
