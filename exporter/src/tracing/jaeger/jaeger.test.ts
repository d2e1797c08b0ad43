import { describe, expect, it } from '@jest/globals';
import { SPAN_AT, spanIdOf, traceIdOf } from '../../../test/support/span-record.ts';
import type { JaegerAnswer } from './jaeger-requests.ts';
import { createJaeger, type JaegerQuery } from './jaeger.ts';

const NO_ROUTE = { status: 404, json: undefined };
const ID = traceIdOf(1);
const { signal } = new AbortController();
const NANO = `${SPAN_AT}000000`;

const ofV3 = (span: object = {}) => ({
  result: {
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'a' } }] },
        scopeSpans: [
          {
            spans: [
              {
                traceId: ID,
                spanId: spanIdOf(1),
                name: 'x',
                startTimeUnixNano: NANO,
                endTimeUnixNano: NANO,
                ...span,
              },
            ],
          },
        ],
      },
    ],
  },
});
const ofV1 = {
  data: [
    {
      traceID: '1',
      spans: [
        ...[
          {
            traceID: '1',
            spanID: '1',
            operationName: 'x',
            startTime: SPAN_AT * 1000,
            duration: 5,
            processID: 'p1',
          },
        ],
      ],
      processes: { p1: { serviceName: 'a' } },
    },
  ],
};

function isAnswer(given: object): given is JaegerAnswer {
  return 'status' in given && 'json' in given;
}

/** A Jaeger that has these answers by path, and no other routes. */
function jaegerOf(answers: Record<string, object>) {
  const asked: [path: string, query: Record<string, string>][] = [];
  const jaeger = createJaeger({
    place: 'jaeger:16686',
    close: () => undefined,
    get: (path, query) => {
      asked.push([path, Object.fromEntries(query)]);
      const given = answers[path];
      if (given === undefined) return Promise.resolve(NO_ROUTE);
      return Promise.resolve(isAnswer(given) ? given : { status: 200, json: given });
    },
  });
  return { jaeger, asked };
}

const QUERY: JaegerQuery = { service: 'a', from: SPAN_AT, to: SPAN_AT + 1000, depth: 7 };

describe('a Jaeger', () => {
  it('is asked over /api/v3 where it has that', async () => {
    const { jaeger, asked } = jaegerOf({
      '/api/v3/services': { services: ['a', 'b'] },
      '/api/v3/operations': {
        operations: [
          { name: 'x', spanKind: 'server' },
          { name: 'x', spanKind: 'client' },
        ],
      },
      '/api/v3/traces': ofV3(),
      [`/api/v3/traces/${ID}`]: ofV3(),
    });
    expect(await jaeger.services(signal)).toEqual(['a', 'b']);
    expect(await jaeger.operations('a', signal)).toEqual(['x']);
    expect(await jaeger.search(QUERY, signal)).toMatchObject([
      { traceId: ID, spans: [{ service: 'a', start: SPAN_AT * 1000 }] },
    ]);
    expect(await jaeger.find(ID, signal)).toMatchObject({ traceId: ID });
    expect(asked.map(([path]) => path)).toEqual([
      ...['/api/v3/services', '/api/v3/operations', '/api/v3/traces', `/api/v3/traces/${ID}`],
    ]);
  });

  it('is asked over the older /api where it has that alone', async () => {
    const { jaeger } = jaegerOf({
      '/api/services': { data: ['a'] },
      '/api/services/a%2Fb/operations': { data: ['x'] },
      '/api/traces': ofV1,
      [`/api/traces/${ID}`]: ofV1,
    });
    expect(await jaeger.services(signal)).toEqual(['a']);
    expect(await jaeger.operations('a/b', signal)).toEqual(['x']);
    expect(await jaeger.search(QUERY, signal)).toMatchObject([
      { traceId: ID, spans: [{ service: 'a', duration: 5 }] },
    ]);
    expect(await jaeger.find(ID, signal)).toMatchObject({ traceId: ID, spans: [{ spanId: spanIdOf(1) }] });
  });

  it('is known to lack a route that it answers with its own page', async () => {
    const { jaeger } = jaegerOf({
      '/api/v3/services': { status: 200, json: undefined },
      '/api/services': { data: null },
    });
    expect(await jaeger.services(signal)).toEqual([]);
  });

  it('is told what is looked for, under the names of all versions', async () => {
    const { jaeger, asked } = jaegerOf({ '/api/v3/traces': ofV3() });
    await jaeger.search({ ...QUERY, operation: 'x', minDurationMs: 2.5 }, signal);
    const times = ['2026-11-29T12:00:00.000Z', '2026-11-29T12:00:01.000Z'];
    expect(asked).toEqual([
      [
        '/api/v3/traces',
        {
          ...{ 'query.service_name': 'a', 'query.serviceName': 'a' },
          ...{ 'query.operation_name': 'x', 'query.operationName': 'x' },
          ...{ 'query.start_time_min': times[0], 'query.startTimeMin': times[0] },
          ...{ 'query.start_time_max': times[1], 'query.startTimeMax': times[1] },
          ...{ 'query.num_traces': '7', 'query.searchDepth': '7' },
          ...{ 'query.duration_min': '2.5ms', 'query.durationMin': '2.5ms' },
        },
      ],
    ]);
  });

  it('is asked for attributes over /api, which all versions before 2.21 have, else over /api/v3', async () => {
    const wanted = { ...QUERY, errors: true, deviceId: 'd', correlationId: 'c' };
    const attributes = { error: 'true', 'valtronics.device.id': 'd', 'valtronics.correlation_id': 'c' };
    const { jaeger, asked } = jaegerOf({ '/api/v3/traces': ofV3() });
    expect(await jaeger.search(wanted, signal)).toMatchObject([{ traceId: ID }]);
    expect(asked).toEqual([
      [
        '/api/traces',
        {
          ...{ service: 'a', limit: '7', start: `${SPAN_AT}000`, end: `${SPAN_AT + 1000}000` },
          tags: JSON.stringify(attributes),
        },
      ],
      ['/api/v3/traces', expect.objectContaining({ 'query.attributes': JSON.stringify(attributes) })],
    ]);
  });

  it('has nothing where it says so', async () => {
    const nothing = { status: 404, json: { error: { httpCode: 404, message: 'No traces found' } } };
    const { jaeger } = jaegerOf({ '/api/v3/traces': nothing, [`/api/v3/traces/${ID}`]: nothing });
    expect(await jaeger.search(QUERY, signal)).toEqual([]);
    expect(await jaeger.find(ID, signal)).toBeUndefined();
  });

  it.each([
    [{ status: 500, json: { error: { message: 'store is down' } } }, /status 500: .*store is down/],
    [{ status: 500, json: { errors: [{ code: 500, msg: 'shards failed' }] } }, /status 500: .*shards failed/],
    [{ status: 502, json: undefined }, /status 502$/],
    [{ status: 200, json: { services: 'x' } }, /not understood: services/],
  ])('is a problem in words when it answers %j', async (answer, words) => {
    const { jaeger } = jaegerOf({ '/api/v3/services': answer });
    await expect(jaeger.services(signal)).rejects.toThrow(words);
  });

  it('is somewhere else when it has neither', async () => {
    await expect(jaegerOf({}).jaeger.services(signal)).rejects.toThrow(
      /correct the base path in jaeger\.url/,
    );
  });
});

describe('OTLP in JSON', () => {
  const read = async (span: object) => {
    const { jaeger } = jaegerOf({ [`/api/v3/traces/${ID}`]: ofV3(span) });
    return (await jaeger.find(ID, signal))?.spans[0];
  };

  it('has enumerations as numbers or names', async () => {
    expect(await read({ kind: 3, status: { code: 2, message: 'm' } })).toMatchObject({
      ...{ kind: 'client', status: 'error', statusMessage: 'm' },
    });
    expect(await read({ kind: 'SPAN_KIND_CONSUMER', status: { code: 'STATUS_CODE_OK' } })).toMatchObject({
      ...{ kind: 'consumer', status: 'ok', statusMessage: undefined },
    });
    expect(await read({})).toMatchObject({ kind: 'internal', status: 'unset' });
  });

  it('has values of all types', async () => {
    const value = (key: string, given: object) => ({ key, value: given });
    const attributes = [
      value('text', { stringValue: 'a' }),
      value('flag', { boolValue: false }),
      value('whole', { intValue: '42' }),
      value('part', { doubleValue: 0.5 }),
      value('list', { arrayValue: { values: [{ stringValue: 'a' }, { intValue: '1' }] } }),
      value('empty', {}),
    ];
    expect((await read({ attributes }))?.attributes).toEqual({
      ...{ text: 'a', flag: false, whole: 42, part: 0.5, list: ['a', '1'], empty: '{}' },
    });
  });

  it('has parents, events and links, and times to the microsecond', async () => {
    expect(
      await read({
        parentSpanId: spanIdOf(9),
        endTimeUnixNano: `${SPAN_AT}001500`,
        events: [{ name: 'exception', timeUnixNano: NANO }],
        links: [{ traceId: traceIdOf(2), spanId: spanIdOf(3) }],
      }),
    ).toMatchObject({
      ...{ parentSpanId: spanIdOf(9), start: SPAN_AT * 1000 },
      events: [{ name: 'exception', time: SPAN_AT * 1000, attributes: {} }],
      links: [{ traceId: traceIdOf(2), spanId: spanIdOf(3) }],
    });
    expect(await read({ parentSpanId: '' })).toMatchObject({ parentSpanId: undefined });
  });
});
