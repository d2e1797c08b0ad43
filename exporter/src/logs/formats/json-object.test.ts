import { describe, expect, it } from '@jest/globals';
import { readLogObject } from './json-object.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('an object', () => {
  it('has names of ECS nested, dotted or half of each', () => {
    const expected = { level: 'ERROR', levelText: 'error', logger: 'a', traceId: TRACE, correlationId: 'r' };
    for (const names of [
      { log: { level: 'error', logger: 'a' }, trace: { id: TRACE }, http: { request: { id: 'r' } } },
      { 'log.level': 'error', 'log.logger': 'a', 'trace.id': TRACE, 'http.request.id': 'r' },
      { 'log.level': 'error', log: { logger: 'a' }, trace: { id: TRACE }, 'http.request.id': 'r' },
    ])
      expect(readLogObject({ message: 'm', ...names })).toMatchObject({ message: 'm', ...expected });
  });

  it('counts by the first of the names, wherever it stands, and by none that is empty', () => {
    expect(readLogObject({ msg: 'second', message: 'first' })?.message).toBe('first');
    expect(readLogObject({ message: '', msg: 'second' })?.message).toBe('second');
    expect(readLogObject({ message: null, text: 'third' })?.message).toBe('third');
  });

  it.each([
    [10, 'DEBUG'],
    [30, 'INFO'],
    [60, 'CRITICAL'],
    [3, 'ERROR'],
    [7, 'DEBUG'],
    [-1, 'UNKNOWN'],
    [700, 'UNKNOWN'],
    ['Warn', 'WARNING'],
    ['loud', 'UNKNOWN'],
    [{}, 'UNKNOWN'],
  ])('of level %j is %s', (level, expected) => {
    expect(readLogObject({ message: 'm', level })?.level).toBe(expected);
  });

  it.each([
    ['2026-11-22T23:30:32+01:00', Date.UTC(2026, 10, 22, 22, 30, 32), true],
    ['2026-11-22 23:30:32,250', Date.UTC(2026, 10, 22, 23, 30, 32, 250), false],
    ['22/Nov/2026:23:30:32 +0000', Date.UTC(2026, 10, 22, 23, 30, 32), true],
    [1_795_390_232, 1_795_390_232_000, true],
    ['1795390232.5', 1_795_390_232_500, true],
  ])('of time %j', (time, at, zoned) => {
    expect(readLogObject({ message: 'm', time })?.time).toEqual({ at, zoned });
  });

  it.each(['yesterday', {}, true, -1])('without time, since it is %j', (time) => {
    expect(readLogObject({ message: 'm', time })?.time).toBeUndefined();
  });

  it('has the ids of a traceparent, and none that are none', () => {
    expect(readLogObject({ msg: 'm', traceparent: `00-${TRACE}-${SPAN}-01` })).toMatchObject({
      traceId: TRACE,
      spanId: SPAN,
    });
    expect(readLogObject({ msg: 'm', trace_id: 'none', span_id: 7 })).toMatchObject({
      traceId: undefined,
      spanId: undefined,
    });
  });

  it("has the exception of Python's formatters", () => {
    const stack = 'Traceback (most recent call last):\n  File "a"\nValueError: b';
    expect(readLogObject({ message: 'm', exc_info: stack })?.error).toEqual({
      type: 'ValueError',
      message: 'b',
      stack,
    });
  });

  it('whose message is no text is kept as JSON', () => {
    expect(readLogObject({ message: { a: 1 } })?.message).toBe('{"a":1}');
    expect(readLogObject({ level: 'info', a: 1 })?.message).toBe('{"level":"info","a":1}');
    expect(readLogObject({ message: 7 })?.message).toBe('7');
  });

  it('is no entry when nothing of it is a log', () => {
    expect(readLogObject({})).toBeUndefined();
    expect(readLogObject({ service: 'x', pid: 7, a: { b: 1 } })).toBeUndefined();
  });

  it('takes nothing from the one before', () => {
    readLogObject({ message: 'a', device_id: 'A_001', level: 'error' });
    expect(readLogObject({ message: 'b' })).toMatchObject({ deviceId: undefined, level: 'UNKNOWN' });
  });
});
