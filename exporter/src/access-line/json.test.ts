import { describe, expect, it } from '@jest/globals';
import { parseLine } from './parse-line.ts';

const access = (object: object): unknown => parseLine(JSON.stringify(object)).access;
const NGINX = {
  time_iso8601: '2026-11-22T23:30:32+00:00',
  remote_addr: '10.0.0.7',
  request_method: 'GET',
  request_uri: '/api/v1/devices/7?full=1',
  status: '200',
  request_time: '0.005',
  upstream_response_time: '0.004',
};
const READ = {
  method: 'GET',
  path: '/api/v1/devices/7',
  status: '200',
  durationSeconds: 0.005,
  client: '10.0.0.7',
  time: Date.parse('2026-11-22T23:30:32Z'),
};

describe('JSON lines', () => {
  it('of nginx', () => {
    expect(parseLine(JSON.stringify(NGINX))).toEqual({ format: 'json', access: READ });
  });

  it('of nginx with the whole request in one key, a common time, and X-Forwarded-For', () => {
    const line = {
      time_local: '22/Nov/2026:23:30:32 +0000',
      remote_addr: '10.0.0.2',
      http_x_forwarded_for: '10.0.0.7, 10.0.0.2',
      request: 'GET /api/v1/devices/7?full=1 HTTP/1.1',
      status: 200,
      request_time: 0.005,
    };
    expect(access(line)).toEqual(READ);
  });

  it('of caddy', () => {
    const line = {
      level: 'info',
      ts: 1795390232.5,
      logger: 'http.log.access',
      msg: 'handled request',
      request: {
        remote_ip: '10.0.0.7',
        remote_port: '4711',
        client_ip: '10.0.0.7',
        proto: 'HTTP/2.0',
        method: 'GET',
        host: 'valtronics.example.com',
        uri: '/api/v1/devices/7?full=1',
        headers: { 'User-Agent': ['curl/7.82.0'] },
      },
      bytes_read: 0,
      duration: 0.005,
      size: 512,
      status: 200,
    };
    expect(access(line)).toEqual({ ...READ, time: 1795390232500 });
  });

  it('of traefik', () => {
    const line = {
      ClientAddr: '10.0.0.7:49152',
      ClientHost: '10.0.0.7',
      DownstreamStatus: 200,
      Duration: 5_000_000,
      OriginStatus: 200,
      RequestMethod: 'GET',
      RequestPath: '/api/v1/devices/7?full=1',
      StartUTC: '2026-11-22T23:30:32.000000000Z',
      time: '2026-11-22T23:30:32Z',
    };
    expect(access(line)).toEqual(READ);
  });

  it.each([
    [{ duration_ms: 5 }, 0.005],
    [{ durationMs: '5' }, 0.005],
    [{ response_time_ms: 5 }, 0.005],
    [{ responseTime: 5 }, 0.005],
    [{ duration_us: 5000 }, 0.005],
    [{ duration_ns: 5_000_000 }, 0.005],
    [{ duration: 12 }, null],
    [{ duration: '12' }, null],
    [{ duration: 0.005 }, null],
    [{ latency: 12 }, null],
    [{ elapsed: 12 }, null],
    [{ response_time: 12 }, null],
    [{ took: 12 }, null],
    [{ duration: 12, duration_ms: 5 }, 0.005],
    [{ Duration: 5_000_000 }, null],
    [{ Duration: 5_000_000, DownstreamStatus: 200 }, 0.005],
    [{ request_time: 0.005 }, 0.005],
    [{ request_time_ms: 5 }, 0.005],
    [{ request_duration_seconds: 0.005 }, 0.005],
    [{ requestDurationSeconds: 0.005 }, 0.005],
    [{ latency_seconds: 0.005 }, 0.005],
    [{ latencyMs: 5 }, 0.005],
    [{ elapsed_ms: 5 }, 0.005],
    [{ elapsedMilliseconds: 5 }, 0.005],
    [{ time_taken_us: 5000 }, 0.005],
    [{ processing_time_micros: 5000 }, 0.005],
    [{ latency: '5ms' }, 0.005],
    [{ upstream_response_time: '1.004, 0.012' }, 1.016],
    [{ upstream_response_time: '1.004 : -, 0.012' }, 1.016],
    [{ upstream_response_time: '1.004, soon' }, null],
    [{ upstream_response_time: '0.004', request_time: '0.005' }, 0.005],
    [{ duration: 12, response_code: 200, response_flags: '-' }, 0.012],
    [{ duration: '5ms' }, 0.005],
    [{ duration: '1m2.5s' }, 62.5],
    [{ duration: '850µs' }, 0.00085],
    [{ duration: '1h' }, 3600],
    [{ duration: 'soon' }, null],
    [{ duration: '' }, null],
    [{ duration: -1 }, null],
    [{ duration: null }, null],
    [{ request_time: '-', duration_ms: 7 }, 0.007],
    [{ upstream_response_time: '0.004' }, 0.004],
    [{}, null],
  ])('duration %j is %p s', (keys, seconds) => {
    const parsed = parseLine(JSON.stringify({ method: 'GET', path: '/', status: 200, ...keys })).access;
    if (seconds === null) expect(parsed?.durationSeconds).toBeNull();
    else expect(parsed?.durationSeconds).toBeCloseTo(seconds, 9);
  });

  it('of nginx for what it could not read has no path and is no HTTP', () => {
    for (const status of ['400', '408']) {
      const line = { ...NGINX, request_method: '', request_uri: '', status };
      expect(access(line)).toEqual({ ...READ, method: 'other', path: null, status });
    }
    expect(
      access({ ...NGINX, request_method: undefined, request_uri: undefined, request: '', status: 400 }),
    ).toEqual({
      ...READ,
      method: 'other',
      path: null,
      status: '400',
    });
  });

  it('of nginx without escape=json', () => {
    const line = JSON.stringify({ ...NGINX, http_user_agent: 'AGENT \\ x' }).replace('AGENT', 'a\\x22b\\x0A');
    expect(line).toContain('a\\x22b');
    expect(parseLine(line)).toEqual({ format: 'json', access: READ });
  });

  it.each<[string, object]>([
    [
      'nested',
      {
        '@timestamp': '2026-11-22T23:30:32.000Z',
        http: { request: { method: 'GET' }, response: { status_code: 200 } },
        url: { path: '/api/v1/devices/7', query: 'full=1' },
        source: { ip: '10.0.0.7' },
        event: { duration: 5_000_000 },
      },
    ],
    [
      'dotted',
      {
        '@timestamp': '2026-11-22T23:30:32.000Z',
        'http.request.method': 'GET',
        'http.response.status_code': 200,
        'url.original': '/api/v1/devices/7?full=1',
        'client.ip': '10.0.0.7',
        'event.duration': 5_000_000,
      },
    ],
    [
      'half dotted',
      {
        '@timestamp': '2026-11-22T23:30:32.000Z',
        http: { 'request.method': 'GET', response: { status_code: '200' } },
        url: { original: 'http://h/api/v1/devices/7?full=1' },
        source: { address: '10.0.0.7' },
        event: { duration: 5_000_000 },
      },
    ],
  ])('of the Elastic Common Schema, %s', (_, line) => {
    expect(access(line)).toEqual(READ);
  });

  it('of pino', () => {
    const line = {
      level: 30,
      time: READ.time,
      pid: 1,
      hostname: 'h',
      req: { id: 1, method: 'GET', url: '/api/v1/devices/7?full=1', headers: {}, remoteAddress: '10.0.0.7' },
      res: { statusCode: 200 },
      responseTime: 5,
      msg: 'request completed',
    };
    expect(access(line)).toEqual(READ);
    const headers = { 'x-forwarded-for': '203.0.113.9, 10.0.0.7' };
    expect(access({ ...line, req: { ...line.req, headers } })).toMatchObject({ client: '203.0.113.9' });
    expect(access({ ...line, res: undefined, msg: 'incoming request' })).toBeNull();
  });

  it('of Envoy', () => {
    const line = {
      start_time: '2026-11-22T23:30:32.000Z',
      method: 'GET',
      path: '/api/v1/devices/7?full=1',
      protocol: 'HTTP/1.1',
      response_code: 200,
      response_flags: '-',
      duration: 5,
      downstream_remote_address: '10.0.0.7:4711',
      x_forwarded_for: null,
    };
    expect(access(line)).toEqual(READ);
  });

  it.each(['Nov 22 23:30:32 web-1 nginx: ', 'nginx-1  | ', '<190>1 2026-11-22T23:30:32Z h nginx - - - '])(
    'behind %j',
    (prefix) => {
      expect(parseLine(prefix + JSON.stringify(NGINX))).toEqual({ format: 'json', access: READ });
    },
  );

  it.each([
    [{ status: 0 }, { status: '000' }],
    [{ method: 'get' }, { method: 'GET' }],
    [{ method: 'BREW' }, { method: 'other' }],
    [{ path: 'no/slash' }, { path: null }],
    [{ path: '/a#b' }, { path: '/a' }],
    [{ remote_addr: '[::1]:80' }, { client: '::1' }],
    [{ time: '2026-11-22 23:30:32' }, { time: null }],
    [{ time: 1795390232 }, { time: 1795390232000 }],
    [{ time: 1795390232123 }, { time: 1795390232123 }],
    [{ time: true }, { time: null }],
  ])('%j gives %j', (keys, expected) => {
    expect(access({ method: 'GET', path: '/', status: 200, ...keys })).toMatchObject(expected);
  });

  it.each([
    '{"timestamp": "2026-11-22T23:33:38", "level": "WARNING", "logger": "app", "message": "a "quoted" word"}',
    '{"timestamp": "2026-11-22T23:33:38", "level": "INFO", "message": "fine"}',
    '{"method":"GET","path":"/x"}',
    '{"method":"GET","path":"/x","status":"ok"}',
    '{"method":"GET","path":"/x","status":1000}',
    '{"method":{},"path":[],"status":200}',
    '{"method":"GET","status":200}',
    '{"request":null,"status":200}',
    '{"log":5,"stream":"stdout"}',
    '{}',
    '{',
    '{"a":'.repeat(10_000),
  ])('not: %.60s', (line) => {
    expect(parseLine(line)).toEqual({ format: 'other', access: null });
  });
});
