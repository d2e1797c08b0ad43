import { describe, expect, it } from '@jest/globals';
import { SPAN_AT, spanIdOf, spanRecord, traceIdOf } from '../../../test/support/span-record.ts';
import { summarize } from './summarize.ts';

const ID = traceIdOf(1);
const child = (id: number, changes: Parameters<typeof spanRecord>[0] = {}) =>
  spanRecord({ spanId: spanIdOf(id), parentSpanId: spanIdOf(1), ...changes });

describe('the summary of a trace', () => {
  it('tells of its first span, whatever the order in which they came', () => {
    const root = spanRecord({
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/api/v1/devices/',
        'http.response.status_code': 200,
      },
    });
    const call = child(2, { at: 5, duration: 25_500, service: 'valtronics-api', kind: 'server' });
    expect(summarize(ID, [call, root])).toEqual({
      ...{ traceId: ID, service: 'valtronics-gateway', operation: 'GET /api/v1/devices/', kind: 'server' },
      ...{ start: SPAN_AT, durationMs: 30.5, status: 'ok', error: null, spanCount: 2, errorCount: 0 },
      services: ['valtronics-gateway', 'valtronics-api'],
      ...{ method: 'GET', route: '/api/v1/devices/', httpStatus: 200, deviceId: null, correlationId: null },
    });
  });

  it('takes the span whose parent is not here for the first one', () => {
    const own = spanRecord({ spanId: spanIdOf(2), parentSpanId: spanIdOf(99), name: 'continued' });
    const inner = child(3, { parentSpanId: spanIdOf(2), at: -1, name: 'of a clock that is behind' });
    expect(summarize(ID, [inner, own]).operation).toBe('continued');
  });

  it('has device and correlation id of any span, the earliest first', () => {
    const spans = [
      spanRecord({ attributes: { 'valtronics.correlation_id': 'abc' } }),
      child(3, { at: 2, attributes: { 'valtronics.device.id': 'late' } }),
      child(2, { at: 1, attributes: { 'valtronics.device.id': 'MOCK-1000' } }),
    ];
    expect(summarize(ID, spans)).toMatchObject({ deviceId: 'MOCK-1000', correlationId: 'abc' });
  });

  it('says what began to go wrong, not what followed from it', () => {
    const spans = [
      spanRecord({ status: 'error', statusMessage: 'answered 500' }),
      child(2, { at: 1, status: 'error', statusMessage: 'connection refused' }),
    ];
    expect(summarize(ID, spans)).toMatchObject({
      ...{ status: 'error', error: 'connection refused', errorCount: 2 },
    });
  });

  const exception = (attributes: Record<string, string>) => [{ name: 'exception', time: 0, attributes }];
  it.each([
    [{ events: exception({ 'exception.message': 'no route', 'exception.type': 'E' }) }, 'no route'],
    [{ events: exception({ 'exception.type': 'ECONNREFUSED' }) }, 'ECONNREFUSED'],
    [{ attributes: { 'http.response.status_code': 502 } }, 'HTTP 502'],
    [{ attributes: { 'error.type': 'timeout' } }, 'timeout'],
    [{ name: 'SELECT devices' }, 'SELECT devices failed'],
  ])('finds words for a failure without a message: %j', (changes, error) => {
    expect(summarize(ID, [spanRecord({ status: 'error', ...changes })])).toMatchObject({ error });
  });

  it('is of one span at least', () => {
    expect(() => summarize(ID, [])).toThrow(RangeError);
  });
});
