import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SPAN_AT, spanIdOf, spanRecord, traceIdOf } from '../../../test/support/span-record.ts';
import type { SpanRecord } from '../../trace/span-record.ts';
import { jaegerTraces } from './read-jaeger.ts';
import { toJaeger } from './to-jaeger.ts';

const ID = traceIdOf(1);
const traceOf = (...spans: SpanRecord[]) => ({ traceId: ID, spans, resources: new Map(), warnings: [] });

describe('a trace in Jaeger’s JSON', () => {
  it('has kind and outcome as tags, typed values, events and links', () => {
    const span = spanRecord({
      ...{ parentSpanId: spanIdOf(9), status: 'error', statusMessage: 'refused' },
      attributes: { text: 'a', whole: 3, part: 0.5, flag: false, list: ['a', 'b'] },
      events: [{ name: 'exception', time: 5, attributes: { 'exception.type': 'E' } }],
      links: [{ traceId: traceIdOf(2), spanId: spanIdOf(3) }],
    });
    expect(toJaeger({ ...traceOf(span), resources: new Map([[span.service, { host: 'h' }]]) })).toEqual({
      traceID: ID,
      spans: [
        {
          ...{ traceID: ID, spanID: spanIdOf(1), operationName: 'GET /api/v1/devices/' },
          references: [
            { refType: 'CHILD_OF', traceID: ID, spanID: spanIdOf(9) },
            { refType: 'FOLLOWS_FROM', traceID: traceIdOf(2), spanID: spanIdOf(3) },
          ],
          ...{ startTime: SPAN_AT * 1000, duration: 20_000, processID: 'p1', warnings: null },
          tags: [
            { key: 'text', type: 'string', value: 'a' },
            { key: 'whole', type: 'int64', value: 3 },
            { key: 'part', type: 'float64', value: 0.5 },
            { key: 'flag', type: 'bool', value: false },
            { key: 'list', type: 'string', value: '["a","b"]' },
            { key: 'span.kind', type: 'string', value: 'server' },
            { key: 'otel.status_code', type: 'string', value: 'ERROR' },
            { key: 'error', type: 'bool', value: true },
            { key: 'otel.status_description', type: 'string', value: 'refused' },
          ],
          logs: [
            {
              timestamp: 5,
              fields: [
                { key: 'event', type: 'string', value: 'exception' },
                { key: 'exception.type', type: 'string', value: 'E' },
              ],
            },
          ],
        },
      ],
      processes: {
        p1: {
          serviceName: 'valtronics-gateway',
          tags: [{ key: 'host', type: 'string', value: 'h' }],
        },
      },
      warnings: null,
    });
  });

  it('has its spans in the order of time, with a process a service', () => {
    const late = spanRecord({ spanId: spanIdOf(2), at: 5, service: 'a' });
    const { spans, processes } = toJaeger(traceOf(late, spanRecord()));
    expect(spans.map(({ processID }) => processes[processID]?.serviceName)).toEqual([
      ...['valtronics-gateway', 'a'],
    ]);
  });

  it('is read back as it was', () => {
    const text = fc.string({ maxLength: 20 });
    const key = text.filter(
      (name) => name !== '__proto__' && !/^(span\.kind|error|otel\.status_|event)/.test(name),
    );
    const value = fc.oneof(
      text,
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
    );
    const values = fc.dictionary(key, value);
    const span = fc.record({
      spanId: fc.integer({ min: 1, max: 999 }).map(spanIdOf),
      parentSpanId: fc.option(fc.integer({ min: 1, max: 999 }).map(spanIdOf), { nil: undefined }),
      service: fc.constantFrom('a', 'b'),
      name: text,
      kind: fc.constantFrom('internal', 'server', 'client', 'producer', 'consumer'),
      status: fc.constantFrom('unset', 'ok', 'error'),
      statusMessage: fc.option(text, { nil: undefined }),
      attributes: values,
      events: fc.array(fc.record({ name: text, time: fc.nat(), attributes: values }), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 4 }), (spans) => {
        const trace = traceOf(...spans.map((one) => spanRecord(one)));
        const json: unknown = JSON.parse(JSON.stringify({ data: [toJaeger(trace)] }));
        expect(jaegerTraces.parse(json)[0]?.spans).toEqual(trace.spans);
      }),
    );
  });
});
