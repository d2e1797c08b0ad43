import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type LogApi, startLogApi } from '../../../test/support/log-api.ts';

let api: LogApi;
beforeEach(async () => {
  api = await startLogApi();
});
afterEach(() => api.stop());

const NDJSON = { 'Content-Type': 'application/x-ndjson' };
const SEED = {
  ...{ timestamp: '2026-11-29T11:59:00', level: 'ERROR', service: 'worker', message: 'Database is locked' },
};
const kept = () => api.aggregate.search({}, 100).items;

describe('the intake', () => {
  it('takes one object with the seed’s names', async () => {
    expect(await api.post(JSON.stringify(SEED))).toMatchObject({
      status: 202,
      body: { accepted: 1, rejected: [], rejectedTotal: 0 },
    });
    expect(kept()).toMatchObject([
      {
        ...{ level: 'ERROR', service: 'worker', message: 'Database is locked', category: 'error' },
        ...{ timestamp: Date.UTC(2026, 10, 29, 11, 59), raw: JSON.stringify(SEED), format: 'json' },
        id: expect.stringMatching(/^[\w-]{24}$/),
      },
    ]);
    expect(api.aggregate.errors(1).error_patterns).toMatchObject({ database_error: 1 });
  });

  it('takes ECS, nested as Logstash and Filebeat send it, and dotted', async () => {
    const nested = {
      ...{ '@timestamp': '2026-11-29T11:59:00.123Z', log: { level: 'warn' }, message: 'slow' },
      ...{ service: { name: 'fleet' }, trace: { id: 'A'.repeat(32).toLowerCase() } },
      ...{ labels: { device_id: 'd-1' }, http: { request: { id: 'r-1' } } },
    };
    const dotted = {
      '@timestamp': '2026-11-29T11:59:01Z',
      'log.level': 'info',
      'service.name': 'fleet',
      message: 'b',
    };
    expect((await api.post(JSON.stringify([nested, dotted]))).body).toMatchObject({ accepted: 2 });
    expect(kept()).toMatchObject([
      { level: 'INFO', service: 'fleet', message: 'b' },
      {
        ...{ level: 'WARNING', service: 'fleet', message: 'slow', deviceId: 'd-1', correlationId: 'r-1' },
        ...{ traceId: 'a'.repeat(32), timestamp: Date.UTC(2026, 10, 29, 11, 59, 0, 123) },
      },
    ]);
  });

  it.each([
    [
      'Logstash',
      {
        ...{ '@version': '1', '@timestamp': '2026-11-29T11:59:00.123456789Z', message: 'it broke' },
        ...{ event: { original: 'ERROR it broke' }, host: { name: 'web-1' }, log: { level: 'ERROR' } },
        ...{ service: { name: 'worker' }, tags: ['beats_input_codec_plain_applied'] },
      },
    ],
    [
      'Fluent Bit',
      { '@timestamp': '2026-11-29T11:59:00.123456Z', log: 'it broke', level: 'error', service: 'worker' },
    ],
    [
      'Vector',
      {
        ...{ timestamp: '2026-11-29T11:59:00.123456789Z', source_type: 'file', file: '/var/log/worker.log' },
        ...{ host: 'web-1', message: 'it broke', level: 'error', service: 'worker' },
      },
    ],
    [
      'rsyslog',
      {
        ...{ '@timestamp': '2026-11-29T12:59:00.123456+01:00', 'log.level': 'err', 'service.name': 'worker' },
        ...{ message: 'it broke' },
      },
    ],
    [
      'OpenTelemetry’s names',
      {
        ...{ timestamp: '1795953540123456000', severity_text: 'ERROR', body: 'it broke' },
        'service.name': 'worker',
      },
    ],
  ])('understands what %s sends', async (_sender, event) => {
    expect((await api.post(JSON.stringify(event), NDJSON)).body).toMatchObject({ accepted: 1 });
    const [entry] = kept();
    expect(entry).toMatchObject({
      level: 'ERROR',
      service: 'worker',
      message: 'it broke',
      timeSource: 'line',
    });
    expect(Math.floor(entry?.timestamp ?? 0)).toBe(Date.UTC(2026, 10, 29, 11, 59, 0, 123));
  });

  it('reads the line that a shipper has wrapped as it was', async () => {
    const at = '2026-11-29T11:59:00Z';
    const wrapped = [
      { '@timestamp': at, message: 'ERROR:app.main:it broke', service: { name: 'api' } },
      { time: at, log: 'WARNING:app.main:slow\n', stream: 'stderr' },
      { '@timestamp': at, message: '10.0.0.7 - - [29/Nov/2026:11:58:00 +0000] "GET /x HTTP/1.1" 500 17' },
      { '@timestamp': at, message: '{"level":50,"msg":"inner","time":1795953540000}' },
      {
        '@timestamp': at,
        message: 'ERROR:    Exception in ASGI application\nTraceback (most recent call last):\n  x',
      },
      { '@timestamp': at, message: 'ERROR:app.main:it broke', level: 'info' },
      { '@timestamp': at, message: 'just words' },
    ];
    expect((await api.post(JSON.stringify(wrapped))).body).toMatchObject({ accepted: wrapped.length });
    const byText = new Map(kept().map((entry) => [entry.raw, entry]));
    expect(wrapped.map((event) => byText.get(JSON.stringify(event)))).toMatchObject([
      { level: 'ERROR', service: 'api', logger: 'app.main', message: 'it broke' },
      { level: 'WARNING', logger: 'app.main', message: 'slow' },
      { category: 'access', timestamp: Date.UTC(2026, 10, 29, 11, 58), request: { url: '/x', status: 500 } },
      { level: 'ERROR', message: 'inner' },
      { level: 'ERROR', message: 'Exception in ASGI application\nTraceback (most recent call last):\n  x' },
      { level: 'INFO', message: 'ERROR:app.main:it broke' },
      { level: 'UNKNOWN', message: 'just words', format: 'json' },
    ]);
  });

  it('takes one object a line, also when it is declared as JSON, as omhttp does', async () => {
    const lines = [1, 2, 3].map((n) => JSON.stringify({ ...SEED, message: `line ${n}` })).join('\n');
    expect((await api.post(`${lines}\n`, NDJSON)).body).toMatchObject({ accepted: 3 });
    expect((await api.post(lines)).body).toMatchObject({ accepted: 3 });
    expect(kept()).toHaveLength(3);
    const pretty = JSON.stringify({ ...SEED, message: 'pretty' }, null, 2);
    expect((await api.post(pretty)).body).toMatchObject({ accepted: 1 });
  });

  it('takes what is packed by gzip', async () => {
    const packed = gzipSync(JSON.stringify([SEED]));
    expect((await api.post(packed, { 'Content-Encoding': 'gzip' })).body).toMatchObject({ accepted: 1 });
    const torn = packed.subarray(0, packed.length - 10);
    expect((await api.post(torn, { 'Content-Encoding': 'gzip' })).status).toBe(400);
  });

  it('refuses what cannot be read one by one, and takes the rest', async () => {
    const lines = [
      JSON.stringify(SEED),
      '{"a":',
      '[1]',
      '"text"',
      '{}',
      'null',
      JSON.stringify({ message: 'x' }),
    ];
    expect((await api.post(lines.join('\n'), NDJSON)).body).toEqual({
      accepted: 2,
      rejected: [
        { index: 1, reason: 'no JSON' },
        { index: 2, reason: 'no object' },
        { index: 3, reason: 'no object' },
        { index: 4, reason: 'has neither message nor time, level, request or exception' },
        { index: 5, reason: 'no object' },
      ],
      rejectedTotal: 5,
    });
    expect((await api.post('broken\n{"message":"fine"}', NDJSON)).body).toMatchObject({ accepted: 1 });
  });

  it.each([
    ['nothing', ''],
    ['blank lines', '\n \n'],
    ['no JSON', 'hello'],
    ['a number', '7'],
    ['no entry', '[{}]'],
  ])('answers 400 to %s', async (_what, body) => {
    expect(await api.post(body)).toMatchObject({ status: 400, body: { error: { code: 'bad_request' } } });
  });

  it('answers 202 to an empty list, which has no fault', async () => {
    expect(await api.post(' [ ] ')).toMatchObject({ status: 202, body: { accepted: 0, rejected: [] } });
  });

  it('makes one entry of what is sent twice, and two of what came twice at once', async () => {
    const body = JSON.stringify([SEED, SEED]);
    await api.post(body);
    const first = kept().map(({ id }) => id);
    expect(new Set(first).size).toBe(2);
    expect((await api.post(body)).body).toMatchObject({ accepted: 2 });
    expect(kept().map(({ id }) => id)).toEqual(first);
    // Without a time each sending is another entry, of the time of its coming.
    await api.post('{"message":"now"}');
    await api.post('{"message":"now"}');
    expect(new Set(kept().map(({ id }) => id)).size).toBe(4);
    expect(kept()[0]).toMatchObject({ timeSource: 'read', timestamp: api.clock.wall(), service: 'unknown' });
  });

  it('masks secrets', async () => {
    await api.post(JSON.stringify({ ...SEED, message: 'connecting to amqp://user:hunter2@broker' }));
    expect(JSON.stringify(kept())).not.toContain('hunter2');
  });

  it('is not fooled by hostile keys and depths', async () => {
    const hostile =
      '{"__proto__":{"message":"polluted","level":"ERROR"},"constructor":{"name":"x"},"message":"m","service":"__proto__"}';
    const deep = `{"message":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect((await api.post(`${hostile}\n${deep}\n[${deep}]`, NDJSON)).body).toMatchObject({
      accepted: 1,
      rejected: [{ index: 1, reason: 'nested too deeply' }, { index: 2 }],
    });
    expect((await api.post(`[${deep},{"message":"m"}]`)).body).toMatchObject({ accepted: 1 });
    expect({}).not.toHaveProperty('message');
    expect(kept()[0]).toMatchObject({ message: 'm' });
  });

  it('cuts an entry that is far too long, and says so', async () => {
    await api.post(JSON.stringify({ ...SEED, message: 'x'.repeat(1_000_000) }));
    const [entry] = kept();
    expect(entry).toMatchObject({ truncated: true });
    expect(entry?.raw).toHaveLength(131_072);
  });

  it('refuses a body that is too large, packed or not', async () => {
    const large = JSON.stringify({ ...SEED, message: 'x'.repeat(6 * 1024 * 1024) });
    expect((await api.post(large)).status).toBe(413);
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, ' '));
    expect((await api.post(bomb, { 'Content-Encoding': 'gzip' })).status).toBe(413);
  });

  const refused: Record<string, string>[] = [
    { 'Content-Type': 'text/plain' },
    { 'Content-Type': 'application/json; charset=utf-16' },
    { 'Content-Encoding': 'compress' },
  ];
  it.each(refused)('refuses %j', async (headers) => {
    expect((await api.post(JSON.stringify(SEED), headers)).status).toBe(415);
  });

  it('takes UTF-8 that is declared or not', async () => {
    for (const type of ['application/json; charset=utf-8', 'application/x-ndjson;charset="UTF-8"'])
      expect((await api.post('{"message":"Gerät"}', { 'Content-Type': type })).status).toBe(202);
    expect(kept()).toMatchObject([{ message: 'Gerät' }, { message: 'Gerät' }]);
  });

  it('says when to come again while there is no room, and takes nothing twice then', async () => {
    api.room(false);
    const refused = await api.post(JSON.stringify([SEED]));
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'too_many_requests' } } });
    expect(refused.headers.get('Retry-After')).toBe('5');
    api.room(true);
    expect((await api.post(JSON.stringify([SEED]))).status).toBe(202);
    expect(kept()).toHaveLength(1);
  });

  it('reads some senders at once and tells the others to wait', async () => {
    const { hostname, port } = new URL(api.url);
    const head =
      'POST /api/v1/logs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9';
    const slow = Array.from({ length: 8 }, () => {
      const socket = connect(Number(port), hostname);
      // The server answers it before it waits for the body: the request has its place by then.
      socket.write(`${head}\r\nExpect: 100-continue\r\n\r\n`);
      return socket;
    });
    await Promise.all(slow.map((socket) => once(socket, 'data')));
    expect((await api.post(JSON.stringify(SEED))).status).toBe(429);
    const closed = slow.map((socket) => once(socket, 'close'));
    for (const socket of slow) socket.destroy();
    await Promise.all(closed);
    for (;;) if ((await api.post(JSON.stringify(SEED))).status === 202) break;
  });
});

it('never fails by what it is sent, whatever is declared of it', async () => {
  const json = fc.json({ maxDepth: 4 });
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc
      .array(fc.oneof(json, fc.string({ unit: 'binary' })), { maxLength: 5 })
      .map((parts) => Buffer.from(parts.join('\n'))),
    json.map((text) => gzipSync(text)),
  );
  const type = fc.constantFrom(
    ...[
      'application/json',
      'application/x-ndjson',
      'application/json; charset=utf-8',
      'text/plain',
      'a/b; charset="',
    ],
  );
  const encoding = fc.constantFrom('', 'identity', 'gzip', 'deflate', 'br', 'compress');
  await fc.assert(
    fc.asyncProperty(body, type, encoding, async (bytes, contentType, contentEncoding) => {
      const headers = {
        'Content-Type': contentType,
        ...(contentEncoding === '' ? {} : { 'Content-Encoding': contentEncoding }),
      };
      const { status, body: answer } = await api.post(bytes, headers);
      expect([202, 400, 415]).toContain(status);
      if (status === 202) expect(answer).toMatchObject({ accepted: expect.any(Number) });
      else expect(answer).toMatchObject({ error: { message: expect.any(String) } });
    }),
    { seed: 7, numRuns: 200 },
  );
});

it('needs the token where there is one, and is a 503 while logs are switched off', async () => {
  await api.stop();
  api = await startLogApi({ token: 'a-long-token', dependencies: { intake: () => undefined } });
  expect((await api.post(JSON.stringify(SEED))).status).toBe(401);
  expect((await api.post(JSON.stringify(SEED), { Authorization: 'Bearer a-long-token' })).status).toBe(503);
});
