import { describe, expect, it } from '@jest/globals';
import { slowRequest, TRACE_ID, TRACE_START, traceSpan } from './openedTrace.fixture';
import { timeSpent, traceFacts, traceFailures } from './traceFindings';

const traceOf = (...spans: ReturnType<typeof traceSpan>[]) => ({ traceId: TRACE_ID, spans });

describe('the facts of a trace', () => {
  it('are those of its first span, and of any other where that does not say', () => {
    expect(traceFacts(slowRequest())).toMatchObject({
      first: { spanId: 'root' },
      ...{ isWhole: true, start: TRACE_START, duration: 1240, httpStatus: '500', failedSpans: 4 },
      services: ['valtronics-gateway', 'valtronics-api'],
      ...{ deviceId: 'MOCK-1011', correlationId: 'f3a1c0de-17' },
    });
    const told = traceOf(
      traceSpan('a', null, [0, 5]),
      traceSpan('b', 'a', [1, 9], { tags: { 'http.status_code': 204, device_id: 'D1' } }),
    );
    expect(traceFacts(told)).toMatchObject({ httpStatus: '204', deviceId: 'D1', duration: 10 });
  });

  it('say that the beginning was never kept', () => {
    const late = traceOf(traceSpan('a', 'gone', [3, 5]), traceSpan('b', 'a', [4, 1]));
    expect(traceFacts(late)).toMatchObject({ first: { spanId: 'a' }, isWhole: false });
  });

  it('are none without a span', () => {
    expect(traceFacts(traceOf())).toBeUndefined();
  });
});

describe('where a trace failed', () => {
  it('is the lowest span that failed, with its words', () => {
    expect(traceFailures(slowRequest())).toMatchObject([
      { span: { spanId: 'select' }, message: 'canceling statement due to statement timeout' },
    ]);
  });

  it.each([
    [
      { events: [{ at: 0, fields: [{ key: 'exception.message', value: 'reset by peer' }] }] },
      'reset by peer',
    ],
    [{ tags: { 'error.type': 'ECONNREFUSED' } }, 'ECONNREFUSED'],
    [{ events: [{ at: 0, fields: [{ key: 'exception.type', value: 'Timeout' }] }] }, 'Timeout'],
    [{}, null],
  ])('is said as %j says it', (more, message) => {
    expect(traceFailures(traceOf(traceSpan('a', null, [0, 1], { isFailed: true, ...more })))).toMatchObject([
      { message },
    ]);
  });

  it('is each of several that failed by themselves', () => {
    const failed = { isFailed: true };
    const spans = [
      traceSpan('a', null, [0, 9], failed),
      traceSpan('b', 'a', [1, 2], failed),
      traceSpan('c', 'a', [4, 2], failed),
    ];
    expect(traceFailures(traceOf(...spans)).map(({ span }) => span.spanId)).toEqual(['b', 'c']);
  });
});

describe('the time of a trace', () => {
  it('is that of whoever was at work, the most first', () => {
    expect(timeSpent(slowRequest()).map(({ operation, self }) => [operation, self])).toEqual([
      ['SELECT telemetry_data', 1200],
      // Of the API, then of the gateway.
      ['GET /api/v1/devices/{device_id}', 27],
      ['GET /api/v1/devices/{device_id}', 5],
      ['GET', 5],
      ['GET device', 3],
    ]);
  });

  it('counts what runs side by side once for who waits, and nothing beyond its end', () => {
    const spans = [
      traceSpan('a', null, [0, 10]),
      traceSpan('b', 'a', [2, 4], { operation: 'child' }),
      traceSpan('c', 'a', [4, 4], { operation: 'child' }),
      traceSpan('d', 'a', [9, 5], { operation: 'late' }),
    ];
    expect(
      timeSpent(traceOf(...spans)).map(({ operation, self, spans: count }) => [operation, self, count]),
    ).toEqual([
      ['child', 8, 2],
      ['late', 5, 1],
      ['a', 3, 1],
    ]);
  });
});
